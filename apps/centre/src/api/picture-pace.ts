/**
 * When one object of the picture may go out again: at most four times in a second. What moves all the time goes out evenly; after a
 * quiet moment a second update may follow the first at once, so that two sensors that see one thing at nearly the same time are
 * both shown before either is old.
 */

/** Four periods are a little less than a second, as beats are never exact. Times are monotonic milliseconds. */
const PERIOD_MILLISECONDS = 245;
const MOST_IN_A_SECOND = 4;
/** Two updates so far apart had a quiet moment between them; less than two periods, for the same reason. */
const QUIET_MILLISECONDS = 400;

export class PicturePace {
  /** When the last updates went out, the newest first. */
  readonly #went = new Float64Array(MOST_IN_A_SECOND).fill(Number.NEGATIVE_INFINITY);

  /** Whether what waits now has waited before, and whether the last update had. */
  #isWaiting = false;
  #hadWaited = false;

  /** Asked when there is something to go. */
  mayGo(milliseconds: number): boolean {
    const may = this.#isDue(milliseconds);
    if (!may) this.#isWaiting = true;
    return may;
  }

  #isDue(milliseconds: number): boolean {
    const [last, beforeLast] = this.#went as unknown as readonly [number, number];
    if (milliseconds - this.#went[MOST_IN_A_SECOND - 1]! < MOST_IN_A_SECOND * PERIOD_MILLISECONDS) return false;
    // Before a first update there is nothing, which is the longest quiet.
    const wasQuiet = !this.#hadWaited && !(last - beforeLast < QUIET_MILLISECONDS);
    const isEven = milliseconds - last >= PERIOD_MILLISECONDS && milliseconds - beforeLast >= 2 * PERIOD_MILLISECONDS;
    return wasQuiet || isEven;
  }

  went(milliseconds: number): void {
    this.#went.copyWithin(1, 0);
    this.#went[0] = milliseconds;
    this.#hadWaited = this.#isWaiting;
    this.#isWaiting = false;
  }
}
