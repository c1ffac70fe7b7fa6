/** Gating: which plots of a look each hypothesis could have given, and how likely. */
import { widenFloats, widenInts } from "./hypotheses.ts";
import { advance, answer, plotError, plotPlace } from "./kernels.ts";
import type { Look } from "./look.ts";
import { markFactor } from "./marks.ts";
import type { ForestParts } from "./parts.ts";
import { LEAVES } from "./track-table.ts";
import { Vicinity } from "./vicinity.ts";

/** Half-width of the box about a prediction, in standard deviations of its widest model. */
const GATE_DEVIATIONS = 5;
/** The same about a single plot, whose spread comes from the speeds that targets have. */
const POINT_DEVIATIONS = 3.5;
/** What no sensor can see is believed in for about so long, seconds: it may land or turn unnoticed. */
const UNSEEN_SECONDS = 60;
/** A plot is weighed if it is at least this much as likely as a miss. */
const GATE_RATIO = 1e-4;
const POINT_GATE_RATIO = 1e-2;

export class Gatherer {
  readonly #parts: ForestParts;
  /** Which tracks the look can concern. */
  readonly vicinity: Vicinity;
  /** Pairs of hypothesis and plot, by track in the order of `vicinity.near`: from `pairStart[i]` to `pairStart[i + 1]`. */
  pairLeaf: Int32Array<ArrayBuffer> = new Int32Array(1024);
  pairPlot: Int32Array<ArrayBuffer> = new Int32Array(1024);
  /** Density of the plot under the hypothesis over that of plots that belong to no track. */
  pairRatio: Float64Array<ArrayBuffer> = new Float64Array(1024);
  pairStart: Int32Array<ArrayBuffer> = new Int32Array(256);
  /** Number of tracks that could have given the plot. */
  claims: Int32Array<ArrayBuffer> = new Int32Array(256);
  /** Detection probability, by hypothesis. */
  detection: Float64Array<ArrayBuffer> = new Float64Array(512);
  #pairCount = 0;
  #claimant: Int32Array<ArrayBuffer> = new Int32Array(256);
  readonly #box = new Float64Array(4);
  /** Probability that the hypothesis in hand has given a plot: in an array, for a number handed over is allocated. */
  readonly #detected = new Float64Array(1);
  /** Mean number per square metre of plots that belong to targets not yet found. */
  #foundDensity = 0;

  constructor(parts: ForestParts) {
    this.#parts = parts;
    const { tracks, pool, bank, motion } = parts;
    this.vicinity = new Vicinity(tracks, pool, bank.estimateStride, motion.maximumSpeed);
  }

  /** Predicts every hypothesis to the look and pairs it with plots. */
  gather(look: Look, undetected: number): void {
    const { tracks } = this.#parts;
    const { vicinity } = this;
    vicinity.list(look);
    this.#reserve(look.count);
    this.#foundDensity = undetected * look.detectionProbability;
    this.#pairCount = 0;
    for (let index = 0; index < vicinity.count; index++) {
      const slot = vicinity.near[index]!;
      this.pairStart[index] = this.#pairCount;
      const end = slot * LEAVES + tracks.leafCount[slot]!;
      for (let leaf = slot * LEAVES; leaf < end; leaf++) this.#gatherOne(look, slot, tracks.leaves[leaf]!);
    }
    this.pairStart[vicinity.count] = this.#pairCount;
  }

  /** Makes room for the children of the look in hand. */
  follow(): void {
    if (this.detection.length < this.#parts.pool.time.length)
      this.detection = widenFloats(this.detection, this.#parts.pool.time.length);
  }

  #gatherOne(look: Look, slot: number, hypothesis: number): void {
    const { pool, tracks, lives } = this.#parts;
    const single = pool.hits[hypothesis] === 1;
    const inside = single ? this.#preparePoint(look, hypothesis) : this.#prepare(look, hypothesis);
    this.detection[hypothesis] = inside ? look.detectionProbability : 0;
    const unwatched = Math.max(0, look.at - tracks.survivedAt[slot]!);
    const survived = pool.existence[hypothesis]! * Math.exp(-unwatched / (inside ? lives.meanSeconds : UNSEEN_SECONDS));
    pool.share[hypothesis] = survived;
    // A plot from outside the stated coverage is possible, if less likely; its absence says nothing.
    this.#detected[0] = survived * look.detectionProbability * (inside ? 1 : 0.5);
    this.#visit(look, slot, hypothesis, single);
  }

  /** Predicts and prepares; returns whether the prediction lies in the coverage. */
  #prepare(look: Look, hypothesis: number): boolean {
    const { bank, pool } = this.#parts;
    const e = hypothesis * bank.estimateStride;
    const w = hypothesis * bank.innovationStride;
    const seconds = look.at - pool.time[hypothesis]!;
    if (seconds < 0) return this.#prepareLate(look, hypothesis);
    advance[0] = seconds;
    bank.foretell(pool.estimate, e, pool.predicted, e);
    const x = pool.predicted[e + 1]!;
    const y = pool.predicted[e + 2]!;
    look.errorAt(x, y);
    plotError[0] = look.xx;
    plotError[1] = look.xy;
    plotError[2] = look.yy;
    plotError[3] = GATE_DEVIATIONS;
    bank.gate(pool.predicted, e, pool.prepared, w, this.#box);
    return covers(look, x, y);
  }

  #prepareLate(look: Look, hypothesis: number): boolean {
    const { bank, pool } = this.#parts;
    const { estimate, prepared } = pool;
    const e = hypothesis * bank.estimateStride;
    const w = hypothesis * bank.innovationStride;
    const seconds = look.at - pool.time[hypothesis]!;
    const box = this.#box;
    look.errorAt(estimate[e + 1]! + seconds * estimate[e + 3]!, estimate[e + 2]! + seconds * estimate[e + 4]!);
    bank.prepareLate(estimate, e, seconds, look.xx, look.xy, look.yy, prepared, w);
    const reach = 2_000 + GATE_DEVIATIONS * Math.sqrt(estimate[e + 5]! + estimate[e + 9]! + look.xx + look.yy);
    box[0] = prepared[w + 1]! - reach;
    box[1] = prepared[w + 1]! + reach;
    box[2] = prepared[w + 2]! - reach;
    box[3] = prepared[w + 2]! + reach;
    return covers(look, prepared[w + 1]!, prepared[w + 2]!);
  }

  /** A track of one plot has no velocity yet: its next plot lies within a circle that grows. */
  #preparePoint(look: Look, hypothesis: number): boolean {
    const { bank, pool, motion } = this.#parts;
    const seconds = look.at - pool.time[hypothesis]!;
    const e = hypothesis * bank.estimateStride;
    const w = hypothesis * bank.innovationStride;
    const { estimate, prepared } = pool;
    const spread = (motion.speedDeviation * seconds) ** 2;
    const x = estimate[e + 1]!;
    const y = estimate[e + 2]!;
    look.errorAt(x, y);
    const s00 = estimate[e + 5]! + look.xx + spread;
    const s01 = estimate[e + 6]! + look.xy;
    const s11 = estimate[e + 9]! + look.yy + spread;
    const inverse = 1 / (s00 * s11 - s01 * s01);
    prepared[w] = Math.sqrt(inverse) / (2 * Math.PI);
    prepared[w + 1] = x;
    prepared[w + 2] = y;
    prepared[w + 3] = s11 * inverse;
    prepared[w + 4] = -s01 * inverse;
    prepared[w + 5] = s00 * inverse;
    const box = this.#box;
    // A late second plot would turn the order round: the first waits for one that is not late.
    const reach = seconds < 0 ? -1 : POINT_DEVIATIONS;
    box[0] = x - reach * Math.sqrt(s00);
    box[1] = x + reach * Math.sqrt(s00);
    box[2] = y - reach * Math.sqrt(s11);
    box[3] = y + reach * Math.sqrt(s11);
    return covers(look, x, y);
  }

  /** Notes the plots in the box that are likely enough. */
  #visit(look: Look, slot: number, hypothesis: number, single: boolean): void {
    const detected = this.#detected[0]!;
    const { bank, pool } = this.#parts;
    const w = hypothesis * bank.innovationStride;
    const { columns, cellStart, order, x, y, offset, clutter } = look;
    const box = this.#box;
    const scale = look.cellsPerMetre;
    const fromColumn = Math.max(0, Math.floor((box[0]! - look.originX) * scale));
    const untilColumn = Math.min(columns - 1, Math.floor((box[1]! - look.originX) * scale));
    const fromRow = Math.max(0, Math.floor((box[2]! - look.originY) * scale));
    const untilRow = Math.min(look.rows - 1, Math.floor((box[3]! - look.originY) * scale));
    if (fromColumn > untilColumn) return;
    const least = (1 - detected) * (single ? POINT_GATE_RATIO : GATE_RATIO);
    for (let row = fromRow; row <= untilRow; row++) {
      const end = cellStart[row * columns + untilColumn + 1]!;
      for (let place = cellStart[row * columns + fromColumn]!; place < end; place++) {
        const plot = order[place]!;
        const px = x[plot]!;
        const py = y[plot]!;
        if (px < box[0]! || px > box[1]! || py < box[2]! || py > box[3]!) continue;
        plotPlace[0] = px;
        plotPlace[1] = py;
        plotPlace[2] = offset[plot]!;
        if (single) weighPoint(pool.prepared, w);
        else bank.weigh(pool.prepared, w);
        const likely = look.hasMarks ? detected * this.#markFactor(look, slot, plot) : detected;
        const ratio = (likely * answer[0]!) / (clutter[plot]! + this.#foundDensity);
        if (ratio < least) continue;
        const pair = this.#pair(slot, hypothesis, plot);
        this.pairRatio[pair] = ratio;
      }
    }
  }

  #markFactor(look: Look, slot: number, plot: number): number {
    const { code, height } = this.#parts.tracks;
    return markFactor(code[slot]!, look.code[plot]!, height[slot]!, look.height[plot]!);
  }

  #pair(slot: number, hypothesis: number, plot: number): number {
    if (this.#pairCount === this.pairLeaf.length) this.#growPairs();
    const pair = this.#pairCount++;
    this.pairLeaf[pair] = hypothesis;
    this.pairPlot[pair] = plot;
    if (this.#claimant[plot] === slot) return pair;
    this.#claimant[plot] = slot;
    this.claims[plot]!++;
    return pair;
  }

  #growPairs(): void {
    const length = this.pairLeaf.length * 2;
    this.pairLeaf = widenInts(this.pairLeaf, length);
    this.pairPlot = widenInts(this.pairPlot, length);
    this.pairRatio = widenFloats(this.pairRatio, length);
  }

  #reserve(plots: number): void {
    if (this.claims.length < plots) {
      this.claims = new Int32Array(plots * 2);
      this.#claimant = new Int32Array(plots * 2);
    }
    this.claims.fill(0, 0, plots);
    this.#claimant.fill(-1, 0, plots);
    if (this.pairStart.length <= this.vicinity.count) this.pairStart = new Int32Array(2 * this.vicinity.count + 1);
    this.follow();
  }
}

/** As `ModelBank.weigh`, for a track of one plot. */
function weighPoint(p: Float64Array, w: number): void {
  const dx = plotPlace[0]! - p[w + 1]!;
  const dy = plotPlace[1]! - p[w + 2]!;
  answer[0] = p[w]! * Math.exp(-0.5 * (dx * dx * p[w + 3]! + 2 * dx * dy * p[w + 4]! + dy * dy * p[w + 5]!));
}

function covers(look: Look, x: number, y: number): boolean {
  const squared = (x - look.sensorX) ** 2 + (y - look.sensorY) ** 2;
  return squared > look.minimumRange ** 2 && squared < look.maximumRange ** 2;
}
