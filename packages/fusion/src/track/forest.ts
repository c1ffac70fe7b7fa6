/**
 * Track-oriented multiple hypothesis tracking (Kurien 1990) with the weights of the Poisson multi-Bernoulli mixture (Williams 2015):
 * every track is a tree of hypotheses about which plots were its own; what plots are contested is weighed by belief
 * propagation over the undecided looks (Williams & Lau 2016), decided jointly, and decided finally some looks later.
 */
import { MODEL_STRIDE, MOMENT_STRIDE, ModelBank } from "./bank.ts";
import { Belief } from "./belief.ts";
import type { ExistenceConfiguration, FormationConfiguration, MotionConfiguration } from "./configuration.ts";
import { Formation } from "./formation.ts";
import { HISTORY, HypothesisPool, MISSED, widenFloats, widenInts } from "./hypotheses.ts";
import type { Look } from "./look.ts";
import { LEAVES, TrackTable } from "./trackTable.ts";

/** Told when a track's plot is decided for good. `plot` is the number given by `Forest.plotNumber`. */
export type DecisionListener = (trackId: number, plot: number) => void;

/** Gate of a track in standard deviations of its widest model. */
const GATE_DEVIATIONS = 5;
/** A plot is weighed if it is at least this much as likely as a miss. */
const GATE_RATIO = 1e-4;
/** A lone plot is taken without asking if a miss is so much less likely. */
const CERTAIN_RATIO = 1000;
const PLOT_NUMBERS = 0x3fffffff;

export class Forest {
  readonly bank: ModelBank;
  readonly pool: HypothesisPool;
  readonly tracks: TrackTable;
  readonly #motion: MotionConfiguration;
  readonly #existence: ExistenceConfiguration;
  readonly #belief: Belief;
  readonly #formation: Formation;
  #listener: DecisionListener | undefined;
  /** Of the last look, by plot: slot of the track that it was given to, or −1; share of all tracks' claims on it. */
  assigned: Int32Array<ArrayBuffer> = new Int32Array(256);
  claimed: Float64Array<ArrayBuffer> = new Float64Array(256);
  /** Number of the first plot of the last look. */
  firstNumber = 0;
  #nextNumber = 0;
  #claims: Int32Array<ArrayBuffer> = new Int32Array(256);
  #claimant: Int32Array<ArrayBuffer> = new Int32Array(256);
  #pairLeaf: Int32Array<ArrayBuffer> = new Int32Array(1024);
  #pairPlot: Int32Array<ArrayBuffer> = new Int32Array(1024);
  #pairRatio: Float64Array<ArrayBuffer> = new Float64Array(1024);
  #pairCount = 0;
  #pairStart: Int32Array<ArrayBuffer> = new Int32Array(256);
  /** Detection probability at each hypothesis of the look in hand. */
  #detection: Float64Array<ArrayBuffer> = new Float64Array(512);
  #box = new Float64Array(4);
  readonly #pairMoments = new Float64Array(2 * MOMENT_STRIDE);
  #moments = new Float64Array(MODEL_STRIDE * 2);
  /** Targets not yet found: per square metre. */
  #undetected: number;
  #birthRate: number;
  #lastLook = Number.NEGATIVE_INFINITY;

  constructor(
    motion: MotionConfiguration,
    existence: ExistenceConfiguration,
    formation: FormationConfiguration,
    listener?: DecisionListener,
  ) {
    this.#motion = motion;
    this.#existence = existence;
    this.bank = new ModelBank(motion);
    this.pool = new HypothesisPool(this.bank);
    this.tracks = new TrackTable(this.bank.models);
    this.#belief = new Belief(this.pool, this.tracks);
    this.#formation = new Formation(this.bank, this.pool, this.tracks, formation);
    this.#listener = listener;
    this.#undetected = existence.initialPerSquareKilometre * 1e-6;
    this.#birthRate = (existence.birthsPerSquareKilometreHour * 1e-6) / 3600;
  }

  /** Takes in one look; afterwards `assigned` and `claimed` tell about its plots. */
  take(look: Look): void {
    const elapsed = look.at - this.#lastLook;
    if (elapsed > 0 && elapsed < 1e6) this.#undetected += this.#birthRate * elapsed;
    this.#lastLook = Math.max(look.at, this.#lastLook);
    this.firstNumber = this.#nextNumber;
    this.#nextNumber = (this.#nextNumber + look.count) & PLOT_NUMBERS;
    look.sort();
    this.#reserve(look.count);
    this.#gather(look);
    this.#settleCertain(look);
    this.#settleContested(look);
    this.#formation.share(look.at);
    this.#noteHits();
    this.#endDuplicates(look);
    this.#beginTracks(look);
    this.#endTracks();
    this.#undetected *= 1 - look.detectionProbability;
  }

  #reserve(plots: number): void {
    if (this.assigned.length < plots) {
      this.assigned = new Int32Array(plots * 2);
      this.claimed = new Float64Array(plots * 2);
      this.#claims = new Int32Array(plots * 2);
      this.#claimant = new Int32Array(plots * 2);
    }
    this.assigned.fill(-1, 0, plots);
    this.claimed.fill(0, 0, plots);
    this.#claims.fill(0, 0, plots);
    this.#claimant.fill(-1, 0, plots);
    if (this.#pairStart.length < this.tracks.aliveCount + 1)
      this.#pairStart = new Int32Array(this.tracks.alive.length + 1);
    if (this.#detection.length < this.pool.time.length)
      this.#detection = widenFloats(this.#detection, this.pool.time.length);
  }

  /** Predicts every hypothesis to the look and finds the plots that it could have given. */
  #gather(look: Look): void {
    const { tracks } = this;
    this.#pairCount = 0;
    for (let index = 0; index < tracks.aliveCount; index++) {
      const slot = tracks.alive[index]!;
      this.#pairStart[index] = this.#pairCount;
      for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++)
        this.#gatherOne(look, slot, tracks.leaves[slot * LEAVES + leaf]!);
    }
    this.#pairStart[tracks.aliveCount] = this.#pairCount;
  }

  #gatherOne(look: Look, slot: number, hypothesis: number): void {
    const { bank, pool } = this;
    const estimate = hypothesis * bank.estimateStride;
    const prepared = hypothesis * bank.innovationStride;
    const seconds = look.at - pool.time[hypothesis]!;
    const single = pool.hits[hypothesis] === 1;
    const box = this.#box;
    if (single) this.#preparePoint(look, hypothesis, seconds);
    else bank.predict(pool.estimate, estimate, pool.predicted, estimate, seconds);
    const place = single ? pool.estimate : pool.predicted;
    const dx = place[estimate + 1]! - look.sensorX;
    const dy = place[estimate + 2]! - look.sensorY;
    const squared = dx * dx + dy * dy;
    const inside = squared > look.minimumRange ** 2 && squared < look.maximumRange ** 2;
    this.#detection[hypothesis] = inside ? look.detectionProbability : 0;
    if (!single) {
      const across = squared * look.azimuthVariance;
      const along = (look.rangeVariance - across) / Math.max(squared, 1);
      bank.prepare(
        pool.predicted,
        estimate,
        across + along * dx * dx,
        along * dx * dy,
        across + along * dy * dy,
        pool.prepared,
        prepared,
        GATE_DEVIATIONS,
        box,
      );
    }
    const existence = pool.existence[hypothesis]! * Math.exp(-Math.max(0, seconds) / this.#existence.meanLifeSeconds);
    pool.share[hypothesis] = existence;
    const detected = existence * (inside ? look.detectionProbability : 0.5 * look.detectionProbability);
    this.#visit(look, slot, hypothesis, prepared, detected, single);
  }

  /** A track of one plot has no velocity yet: its next plot lies within a circle that grows. */
  #preparePoint(look: Look, hypothesis: number, seconds: number): void {
    const { bank, pool } = this;
    const e = hypothesis * bank.estimateStride;
    const w = hypothesis * bank.innovationStride;
    const estimate = pool.estimate;
    const spread = (this.#motion.speedDeviation * seconds) ** 2;
    const x = estimate[e + 1]!;
    const y = estimate[e + 2]!;
    // The second plot errs as the first did, near enough.
    const s00 = 2 * estimate[e + 5]! + spread;
    const s01 = 2 * estimate[e + 6]!;
    const s11 = 2 * estimate[e + 9]! + spread;
    const inverse = 1 / (s00 * s11 - s01 * s01);
    const prepared = pool.prepared;
    prepared[w] = Math.sqrt(inverse) / (2 * Math.PI);
    prepared[w + 1] = x;
    prepared[w + 2] = y;
    prepared[w + 3] = s11 * inverse;
    prepared[w + 4] = -s01 * inverse;
    prepared[w + 5] = s00 * inverse;
    const box = this.#box;
    const reach = 3.5;
    box[0] = x - reach * Math.sqrt(s00);
    box[1] = x + reach * Math.sqrt(s00);
    box[2] = y - reach * Math.sqrt(s11);
    box[3] = y + reach * Math.sqrt(s11);
    void look;
  }

  /** Notes the plots in the box that are likely enough. */
  #visit(look: Look, slot: number, hypothesis: number, prepared: number, detected: number, single: boolean): void {
    const { bank, pool } = this;
    const box = this.#box;
    const { columns, cellStart, order, x, y, offset, clutter } = look;
    const scale = look.cellsPerMetre;
    const fromColumn = Math.max(0, Math.floor((box[0]! - look.originX) * scale));
    const untilColumn = Math.min(columns - 1, Math.floor((box[1]! - look.originX) * scale));
    const fromRow = Math.max(0, Math.floor((box[2]! - look.originY) * scale));
    const untilRow = Math.min(look.rows - 1, Math.floor((box[3]! - look.originY) * scale));
    if (fromColumn > untilColumn) return;
    const missed = 1 - detected;
    const prep = pool.prepared;
    for (let row = fromRow; row <= untilRow; row++) {
      const end = cellStart[row * columns + untilColumn + 1]!;
      for (let place = cellStart[row * columns + fromColumn]!; place < end; place++) {
        const plot = order[place]!;
        const px = x[plot]!;
        const py = y[plot]!;
        if (px < box[0]! || px > box[1]! || py < box[2]! || py > box[3]!) continue;
        let density: number;
        if (single) {
          const dx = px - prep[prepared + 1]!;
          const dy = py - prep[prepared + 2]!;
          density =
            prep[prepared]! *
            Math.exp(
              -0.5 *
                (dx * dx * prep[prepared + 3]! + 2 * dx * dy * prep[prepared + 4]! + dy * dy * prep[prepared + 5]!),
            );
        } else density = bank.density(prep, prepared, px, py, offset[plot]!);
        const expected = clutter[plot]! + this.#undetected * look.detectionProbability;
        const ratio = (detected * density) / expected;
        if (ratio < missed * (single ? 0.01 : GATE_RATIO)) continue;
        if (this.#pairCount === this.#pairLeaf.length) this.#growPairs();
        const pair = this.#pairCount++;
        this.#pairLeaf[pair] = hypothesis;
        this.#pairPlot[pair] = plot;
        this.#pairRatio[pair] = ratio;
        if (this.#claimant[plot] !== slot) {
          this.#claimant[plot] = slot;
          this.#claims[plot]!++;
        }
      }
    }
  }

  #growPairs(): void {
    const length = this.#pairLeaf.length * 2;
    this.#pairLeaf = widenInts(this.#pairLeaf, length);
    this.#pairPlot = widenInts(this.#pairPlot, length);
    this.#pairRatio = widenFloats(this.#pairRatio, length);
  }

  /** Settles at once what nobody contests; the rest goes to the belief. */
  #settleCertain(look: Look): void {
    const { tracks, pool } = this;
    const belief = this.#belief;
    belief.begin(this.firstNumber);
    for (let index = 0; index < tracks.aliveCount; index++) {
      const slot = tracks.alive[index]!;
      const from = this.#pairStart[index]!;
      const until = this.#pairStart[index + 1]!;
      const only = tracks.leaves[slot * LEAVES]!;
      if (tracks.leafCount[slot] === 1) {
        if (from === until) {
          tracks.lastPlot[slot] = -1;
          tracks.nullWeight[slot]! /= 1 - pool.share[only]! * this.#detection[only]!;
          this.#miss(only);
          tracks.existence[slot] = pool.existence[only]! / (1 + tracks.nullWeight[slot]!);
          continue;
        }
        const plot = this.#pairPlot[from]!;
        const certain =
          until - from === 1 &&
          this.#claims[plot] === 1 &&
          this.#pairRatio[from]! > CERTAIN_RATIO * (1 - pool.share[only]! * this.#detection[only]!);
        if (certain) {
          this.#remember(slot, only, plot);
          this.#hit(look, only, only, plot, slot);
          tracks.nullWeight[slot] = tracks.nullWeight[slot]! / this.#pairRatio[from]!;
          tracks.existence[slot] = 1 / (1 + tracks.nullWeight[slot]!);
          this.assigned[plot] = slot;
          this.claimed[plot] = 1;
          this.#listener?.(tracks.id[slot]!, this.plotNumber(plot));
          continue;
        }
      }
      belief.add(slot, from, until, this.#pairLeaf, this.#pairPlot, this.#pairRatio, this.#detection);
    }
  }

  plotNumber(plot: number): number {
    return (this.firstNumber + plot) & PLOT_NUMBERS;
  }

  /** Notes the chosen plot and what the models were worth before it. */
  #remember(slot: number, parent: number, plot: number): void {
    const { bank, pool, tracks } = this;
    tracks.lastPlot[slot] = plot;
    tracks.lastParent[slot] = parent;
    const e = parent * bank.estimateStride;
    for (let model = 0; model < bank.models; model++)
      tracks.lastShares[slot * bank.models + model] =
        pool.hits[parent] === 1 ? bank.firstShare(model) : pool.predicted[e + model * MODEL_STRIDE]!;
  }

  /** The look passed without a plot of this hypothesis. */
  #miss(hypothesis: number): void {
    const { pool } = this;
    const existence = pool.share[hypothesis]!;
    const missed = 1 - existence * this.#detection[hypothesis]!;
    pool.existence[hypothesis] = (existence * (1 - this.#detection[hypothesis]!)) / missed;
  }

  /** Makes `child` what `parent` becomes with the plot; the two may be one. */
  #hit(look: Look, parent: number, child: number, plot: number, slot: number): void {
    const { bank, pool, tracks } = this;
    const from = parent * bank.estimateStride;
    const to = child * bank.estimateStride;
    const x = look.x[plot]!;
    const y = look.y[plot]!;
    if (pool.hits[parent] === 1) this.#second(look, parent, to, x, y);
    else {
      const nis = bank.correct(
        pool.predicted,
        from,
        pool.prepared,
        parent * bank.innovationStride,
        x,
        y,
        look.offset[plot]!,
        look.at - pool.time[parent]!,
        pool.estimate,
        to,
        child === parent && pool.hits[parent]! > 5,
      );
      if (child === parent) tracks.nis[slot]! += 0.1 * (nis - tracks.nis[slot]!);
    }
    pool.time[child] = look.at;
    pool.existence[child] = 1;
    pool.hits[child] = Math.min(255, pool.hits[parent]! + 1);
  }

  /** The second plot gives the velocity. */
  #second(look: Look, parent: number, to: number, x: number, y: number): void {
    const { bank, pool } = this;
    const e = parent * bank.estimateStride;
    const m = this.#moments;
    const dt = look.at - pool.time[parent]!;
    const variance = this.#motion.speedDeviation ** 2;
    const estimate = pool.estimate;
    const dx = x - look.sensorX;
    const dy = y - look.sensorY;
    const squared = Math.max(1, dx * dx + dy * dy);
    const across = squared * look.azimuthVariance;
    const along = (look.rangeVariance - across) / squared;
    m.fill(0);
    m[1] = estimate[e + 1]!;
    m[2] = estimate[e + 2]!;
    m[5] = estimate[e + 5]! + variance * dt * dt;
    m[6] = estimate[e + 6]!;
    m[7] = variance * dt;
    m[9] = estimate[e + 9]! + variance * dt * dt;
    m[11] = variance * dt;
    m[12] = variance + this.#motion.turnNoise * dt;
    m[14] = variance + this.#motion.turnNoise * dt;
    bank.correctPlain(m, 0, x, y, across + along * dx * dx, along * dx * dy, across + along * dy * dy);
    bank.start(m, 1, estimate, to);
  }

  /** Weighs, chooses and prunes what was contested. */
  #settleContested(look: Look): void {
    const belief = this.#belief;
    if (belief.trackCount === 0) return;
    belief.propagate();
    belief.choose();
    for (let index = 0; index < belief.trackCount; index++) this.#renew(look, index);
  }

  /** Replaces a contested track's hypotheses by the children that are kept. */
  #renew(look: Look, index: number): void {
    const { pool, tracks } = this;
    const belief = this.#belief;
    const slot = belief.slotOf[index]!;
    const from = belief.childStart[index]!;
    const until = belief.childStart[index + 1]!;
    const look0 = tracks.looks[slot]! % HISTORY;
    const best = belief.best[index]!;
    const kept = belief.keep(index, LEAVES);
    this.#remember(slot, belief.childParent[best]!, belief.childPlot[best]!);
    let existence = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (let child = from; child < until; child++) {
      const plot = belief.childPlot[child]!;
      if (plot >= 0) this.claimed[plot]! += belief.childShare[child]!;
    }
    const made = belief.made;
    // Hits first: they read what their parents predicted.
    for (let place = 0; place < kept; place++) {
      const child = belief.kept[place]!;
      const parent = belief.childParent[child]!;
      const plot = belief.childPlot[child]!;
      if (plot === MISSED) continue;
      const hypothesis = this.#take();
      pool.copyMemory(parent, hypothesis);
      this.#hit(look, parent, hypothesis, plot, slot);
      pool.score[hypothesis] = belief.childScore[child]!;
      pool.history[hypothesis * HISTORY + look0] = this.plotNumber(plot);
      made[place] = hypothesis;
    }
    for (let place = 0; place < kept; place++) {
      const child = belief.kept[place]!;
      if (belief.childPlot[child] !== MISSED) continue;
      const parent = belief.childParent[child]!;
      this.#miss(parent);
      pool.score[parent] = belief.childScore[child]!;
      pool.history[parent * HISTORY + look0] = MISSED;
      made[place] = parent;
    }
    // Parents whose own miss was not kept are gone.
    for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++) {
      const parent = tracks.leaves[slot * LEAVES + leaf]!;
      let lives = false;
      for (let place = 0; place < kept; place++) if (made[place] === parent) lives = true;
      if (!lives) pool.release(parent);
    }
    let total = 0;
    for (let place = 0; place < kept; place++) {
      const hypothesis = made[place]!;
      tracks.leaves[slot * LEAVES + place] = hypothesis;
      const share = belief.childShare[belief.kept[place]!]!;
      pool.share[hypothesis] = share;
      total += share;
      existence += share * pool.existence[hypothesis]!;
      most = Math.max(most, pool.score[hypothesis]!);
    }
    void total;
    for (let place = 0; place < kept; place++) pool.score[made[place]!]! -= most;
    tracks.nullWeight[slot]! *= Math.exp(-most);
    tracks.leafCount[slot] = kept;
    tracks.existence[slot] = existence;
    const chosen = belief.childPlot[best]!;
    if (chosen >= 0) this.assigned[chosen] = slot;
    tracks.looks[slot]!++;
    tracks.depth[slot] = Math.min(tracks.depth[slot]! + 1, HISTORY);
    this.#decide(slot);
  }

  /** Keeps for each track the share of looks that gave it a plot. */
  #noteHits(): void {
    const { tracks } = this;
    for (let index = 0; index < tracks.aliveCount; index++) {
      const slot = tracks.alive[index]!;
      const chosen = tracks.leaves[slot * LEAVES]!;
      if (tracks.lastPlot[slot]! >= 0) tracks.hitRate[slot]! += 0.15 * (1 - tracks.hitRate[slot]!);
      else if (this.#detection[chosen]! > 0) tracks.hitRate[slot]! -= 0.15 * tracks.hitRate[slot]!;
    }
  }

  /** Two tracks that share the plots of one target: the younger goes. */
  #endDuplicates(look: Look): void {
    const { tracks, pool } = this;
    for (let index = 0; index < tracks.aliveCount; index++) {
      const slot = tracks.alive[index]!;
      const chosen = tracks.leaves[slot * LEAVES]!;
      if (pool.hits[chosen]! < 2) continue;
      for (let pair = this.#pairStart[index]!; pair < this.#pairStart[index + 1]!; pair++) {
        const plot = this.#pairPlot[pair]!;
        const other = this.assigned[plot]!;
        if (this.#claims[plot]! < 2 || other === slot || other < 0) continue;
        if (tracks.hitRate[slot]! + tracks.hitRate[other]! > 1.25) continue;
        const younger = tracks.id[slot]! > tracks.id[other]! ? slot : other;
        if (tracks.existence[younger] === 0 || !this.#coincide(slot, other, look.at)) continue;
        tracks.existence[younger] = 0;
        break;
      }
    }
  }

  /** Whether two tracks' estimates differ by no more than they may err. */
  #coincide(one: number, other: number, at: number): boolean {
    const m = this.#pairMoments;
    this.moments(one, at, m, 0);
    this.moments(other, at, m, MOMENT_STRIDE);
    const n = MOMENT_STRIDE;
    const position = mahalanobis(
      m[0]! - m[n]!,
      m[1]! - m[n + 1]!,
      m[4]! + m[n + 4]!,
      m[5]! + m[n + 5]!,
      m[8]! + m[n + 8]!,
    );
    if (position > 9) return false;
    return (
      mahalanobis(m[2]! - m[n + 2]!, m[3]! - m[n + 3]!, m[11]! + m[n + 11]!, m[12]! + m[n + 12]!, m[13]! + m[n + 13]!) <
      9
    );
  }

  #take(): number {
    const hypothesis = this.pool.take();
    if (this.#detection.length < this.pool.time.length)
      this.#detection = widenFloats(this.#detection, this.pool.time.length);
    return hypothesis;
  }

  /** Decides old looks: those on which all hypotheses agree, and those that have waited long enough, as the chosen one has it. */
  #decide(slot: number): void {
    const { tracks, pool } = this;
    const base = slot * LEAVES;
    while (tracks.depth[slot]! > 0) {
      const place = (tracks.looks[slot]! - tracks.depth[slot]!) % HISTORY;
      const chosen = pool.history[tracks.leaves[base]! * HISTORY + place]!;
      let agree = true;
      for (let leaf = 1; leaf < tracks.leafCount[slot]!; leaf++)
        if (pool.history[tracks.leaves[base + leaf]! * HISTORY + place] !== chosen) agree = false;
      if (!agree) {
        if (tracks.depth[slot]! < this.#existence.deferredLooks) return;
        this.#dropOthers(slot, place, chosen);
      }
      tracks.depth[slot]!--;
      if (chosen !== MISSED) {
        this.#belief.own(chosen, slot);
        this.#listener?.(tracks.id[slot]!, chosen);
      }
    }
  }

  #dropOthers(slot: number, place: number, chosen: number): void {
    const { tracks, pool } = this;
    const base = slot * LEAVES;
    let kept = 0;
    for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++) {
      const hypothesis = tracks.leaves[base + leaf]!;
      if (pool.history[hypothesis * HISTORY + place] === chosen) tracks.leaves[base + kept++] = hypothesis;
      else {
        // That there was no target is not decided by deciding whose plot it was.
        if (pool.hits[hypothesis] === 1)
          tracks.nullWeight[slot]! += Math.exp(pool.score[hypothesis]!) * (1 - pool.existence[hypothesis]!);
        pool.release(hypothesis);
      }
    }
    tracks.leafCount[slot] = kept;
  }

  /** Every plot that nobody surely owns may be the first of a new target. */
  #beginTracks(look: Look): void {
    const { bank, pool, tracks } = this;
    for (let plot = 0; plot < look.count; plot++) {
      const free = 1 - this.claimed[plot]!;
      if (free < 0.3) continue;
      const found = this.#undetected * look.detectionProbability;
      const existence = found / (found + look.clutter[plot]!);
      const hypothesis = this.#take();
      const e = hypothesis * bank.estimateStride;
      const dx = look.x[plot]! - look.sensorX;
      const dy = look.y[plot]! - look.sensorY;
      const squared = Math.max(1, dx * dx + dy * dy);
      const across = squared * look.azimuthVariance;
      const along = (look.rangeVariance - across) / squared;
      const estimate = pool.estimate;
      estimate.fill(0, e, e + bank.estimateStride);
      estimate[e + 1] = look.x[plot]!;
      estimate[e + 2] = look.y[plot]!;
      estimate[e + 5] = across + along * dx * dx;
      estimate[e + 6] = along * dx * dy;
      estimate[e + 9] = across + along * dy * dy;
      pool.time[hypothesis] = look.at;
      pool.score[hypothesis] = 0;
      pool.existence[hypothesis] = existence;
      pool.share[hypothesis] = 1;
      pool.hits[hypothesis] = 1;
      const slot = tracks.begin(hypothesis, existence * free, 1 / free - 1);
      this.#listener?.(tracks.id[slot]!, this.plotNumber(plot));
    }
  }

  #endTracks(): void {
    const { tracks, pool } = this;
    let kept = 0;
    for (let index = 0; index < tracks.aliveCount; index++) {
      const slot = tracks.alive[index]!;
      const single = pool.hits[tracks.leaves[slot * LEAVES]!] === 1 && tracks.leafCount[slot] === 1;
      if (tracks.existence[slot]! > (single ? this.#existence.forgetBelow : this.#existence.endBelow)) {
        tracks.alive[kept++] = slot;
        continue;
      }
      for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++) pool.release(tracks.leaves[slot * LEAVES + leaf]!);
      tracks.release(slot);
    }
    tracks.aliveCount = kept;
  }

  /** Mean and covariance of a track's chosen hypothesis at a time not before its last plot. Writes `MOMENT_STRIDE` numbers. */
  moments(slot: number, at: number, target: Float64Array, to: number): void {
    const { bank, pool, tracks } = this;
    const hypothesis = tracks.leaves[slot * LEAVES]!;
    const e = hypothesis * bank.estimateStride;
    if (pool.hits[hypothesis] === 1) {
      for (let i = 0; i < MOMENT_STRIDE; i++) target[to + i] = pool.estimate[e + 1 + i]!;
      return;
    }
    const seconds = at - pool.time[hypothesis]!;
    if (seconds <= 0) {
      bank.collapse(pool.estimate, e, target, to);
      return;
    }
    bank.predict(pool.estimate, e, pool.predicted, e, seconds);
    bank.collapse(pool.predicted, e, target, to);
  }
}

function mahalanobis(dx: number, dy: number, xx: number, xy: number, yy: number): number {
  return (dx * dx * yy - 2 * dx * dy * xy + dy * dy * xx) / (xx * yy - xy * xy);
}
