/** How long targets stay, learned from those that have gone: where nobody ever leaves, three looks without a plot mean little. */

/** Weight of what was expected beforehand, in targets gone. */
const SHAPE = 0.5;
/** However long nobody has left, a target may; and however many leave, a missed plot is no farewell. */
const MOST_TIMES = 10;
const LEAST_TIMES = 0.5;

export class Lives {
  readonly #expected: number;
  #gone = 0;
  #watched = 0;
  #mean: number;

  /** `expectedSeconds`: mean life before anything has been seen. */
  constructor(expectedSeconds: number) {
    this.#expected = expectedSeconds;
    this.#mean = expectedSeconds;
  }

  /** Mean life of a target inside the coverage, seconds (mean of the Gamma posterior of the rate). */
  get meanSeconds(): number {
    return this.#mean;
  }

  /** Sure targets have been watched together for so long, and so many of them have gone. */
  note(watchedSeconds: number, gone: number): void {
    this.#watched += watchedSeconds;
    this.#gone += gone;
    this.#renew();
  }

  #renew(): void {
    const mean = (SHAPE * this.#expected + this.#watched) / (SHAPE + this.#gone);
    this.#mean = Math.min(MOST_TIMES * this.#expected, Math.max(LEAST_TIMES * this.#expected, mean));
  }

  snapshot(): readonly [number, number] {
    return [this.#gone, this.#watched];
  }

  restore([gone, watched]: readonly [number, number]): void {
    this.#gone = gone;
    this.#watched = watched;
    this.#renew();
  }
}
