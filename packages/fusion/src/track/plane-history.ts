/** What each track of a plane tracker was made of, kept for the report: its plots as they were decided, smoothed when all is over. */
import type { ModelBank } from "./bank.ts";
import { PLOT_NUMBERS } from "./parts.ts";
import { type SmoothedPoint, type SmoothingPlot, smooth, unseenAt } from "./smooth.ts";

/** One track over its whole life, from its first plot to its last: one point per scan that it was there for. */
export interface PlaneTrackHistory {
  readonly id: number;
  readonly points: readonly SmoothedPoint[];
}

/** Filled by a `PlaneTracker` that was asked to keep a history. */
export class PlaneHistory {
  readonly #bank: ModelBank;
  readonly #speedDeviation: number;
  readonly #plots: SmoothingPlot[] = [];
  readonly #plotsOf = new Map<number, number[]>();
  readonly #scans: number[] = [];

  constructor(bank: ModelBank, speedDeviation: number) {
    this.#bank = bank;
    this.#speedDeviation = speedDeviation;
  }

  scan(at: number): void {
    this.#scans.push(at);
  }

  plot(plot: SmoothingPlot): void {
    this.#plots.push(plot);
  }

  /** A plot, by the order in which plots came, is a track's. */
  decided(track: number, plot: number): void {
    const list = this.#plotsOf.get(track);
    if (list) list.push(plot);
    else this.#plotsOf.set(track, [plot]);
  }

  /**
   * The smoothed course of a track that began with the plot `first`. `undecided` are plots that it would still use. Plots are counted
   * modulo 2³⁰: a history of more of them is not kept apart.
   */
  smoothed(track: number, first: number, undecided: readonly number[]): PlaneTrackHistory {
    const numbers = new Set(
      [first, ...(this.#plotsOf.get(track) ?? []), ...undecided].map((one) => one % PLOT_NUMBERS),
    );
    const plots = [...numbers].map((number) => this.#plots[number]!).sort((left, right) => left.at - right.at);
    const [from, until] = [plots[0]!.at, plots.at(-1)!.at];
    const seen = new Set(plots.map(({ at }) => at));
    const unseen = [...new Set(this.#scans)].filter((at) => at > from && at < until && !seen.has(at)).map(unseenAt);
    const all = [...plots, ...unseen].sort((left, right) => left.at - right.at);
    const points = smooth(this.#bank, all, this.#speedDeviation);
    // Plots of one instant give the same point more than once.
    return { id: track, points: points.filter((point, index) => point.at !== points[index + 1]?.at) };
  }
}
