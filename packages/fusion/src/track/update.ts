/** What becomes of a hypothesis when a look brings it a plot, or none. */
import { lesson, MODEL_STRIDE } from "./kernels.ts";
import type { Look } from "./look.ts";
import type { ForestParts } from "./parts.ts";

/** Only tracks of more plots teach how often targets turn. */
const SURE_HITS = 5;
const NIS_MEMORY = 0.1;

export class Updater {
  readonly #parts: ForestParts;
  readonly #model = new Float64Array(MODEL_STRIDE);

  constructor(parts: ForestParts) {
    this.#parts = parts;
  }

  /** The look passed without a plot of this hypothesis. `detection`: probability that it would have given one. */
  miss(hypothesis: number, detection: number): void {
    const { pool } = this.#parts;
    const existence = pool.share[hypothesis]!;
    pool.existence[hypothesis] = (existence * (1 - detection)) / (1 - existence * detection);
  }

  /** Makes `child` what `parent` becomes with the plot; the two may be one. Slot −1: nobody's innovation is to be noted. */
  hit(look: Look, parent: number, child: number, plot: number, slot: number): void {
    const { bank, pool } = this.#parts;
    const seconds = look.at - pool.time[parent]!;
    if (pool.hits[parent] === 1) this.#second(look, parent, child * bank.estimateStride, plot, seconds);
    else if (seconds < 0) this.#late(look, parent, child, plot, seconds);
    else this.#correct(look, parent, child, plot, slot, seconds);
    pool.time[child] = Math.max(look.at, pool.time[parent]!);
    pool.existence[child] = 1;
    pool.hits[child] = Math.min(255, pool.hits[parent]! + 1);
  }

  #correct(look: Look, parent: number, child: number, plot: number, slot: number, seconds: number): void {
    const { bank, pool, tracks } = this.#parts;
    const alone = child === parent;
    const nis = bank.correct(
      pool.predicted,
      parent * bank.estimateStride,
      pool.prepared,
      parent * bank.innovationStride,
      look.x[plot]!,
      look.y[plot]!,
      look.offset[plot]!,
      seconds,
      pool.estimate,
      child * bank.estimateStride,
    );
    if (alone && pool.hits[parent]! > SURE_HITS) bank.learn(lesson, 0);
    if (alone && slot >= 0) tracks.nis[slot]! += NIS_MEMORY * (nis - tracks.nis[slot]!);
  }

  #late(look: Look, parent: number, child: number, plot: number, seconds: number): void {
    const { bank, pool } = this.#parts;
    bank.correctLate(
      pool.estimate,
      parent * bank.estimateStride,
      pool.prepared,
      parent * bank.innovationStride,
      look.x[plot]!,
      look.y[plot]!,
      seconds,
      pool.estimate,
      child * bank.estimateStride,
    );
  }

  /** The second plot gives the velocity. */
  #second(look: Look, parent: number, to: number, plot: number, seconds: number): void {
    const { bank, pool, motion } = this.#parts;
    const { estimate } = pool;
    const e = parent * bank.estimateStride;
    const m = this.#model;
    const variance = motion.speedDeviation ** 2;
    look.errorAt(look.x[plot]!, look.y[plot]!);
    m.fill(0);
    m[1] = estimate[e + 1]!;
    m[2] = estimate[e + 2]!;
    m[5] = estimate[e + 5]! + variance * seconds * seconds;
    m[6] = estimate[e + 6]!;
    m[7] = variance * seconds;
    m[9] = estimate[e + 9]! + variance * seconds * seconds;
    m[11] = variance * seconds;
    m[12] = variance + motion.turnNoise * seconds;
    m[14] = variance + motion.turnNoise * seconds;
    bank.correctPlain(m, 0, look.x[plot]!, look.y[plot]!, look.xx, look.xy, look.yy);
    bank.start(m, 1, estimate, to);
  }

  /** Notes the chosen plot (−1: none) of a track, and the hypothesis it came from. */
  remember(slot: number, parent: number, plot: number): void {
    const { tracks } = this.#parts;
    tracks.lastPlot[slot] = plot;
    tracks.lastParent[slot] = parent;
  }
}
