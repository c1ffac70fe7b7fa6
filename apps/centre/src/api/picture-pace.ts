/**
 * When one object of the picture may go out again: at most four times in a second. What moves all the time goes out evenly; after a
 * quiet moment a second update may follow the first at once, so that two sensors that see one thing at nearly the same time are
 * both shown before either is old.
 */

/** A little less than a quarter of a second, as beats are never exact. */
const PERIOD_MILLISECONDS = 245;

/**
 * Between any two updates with one between them lie two periods at least; so do four periods between any two with three between them.
 * Times are monotonic milliseconds.
 */
export class PicturePace {
  #last = Number.NEGATIVE_INFINITY;
  #beforeLast = Number.NEGATIVE_INFINITY;

  mayGo(milliseconds: number): boolean {
    // Before a first update there is nothing, which is the longest quiet.
    const wasQuiet = !(this.#last - this.#beforeLast < 2 * PERIOD_MILLISECONDS);
    const isEven = milliseconds - this.#last >= PERIOD_MILLISECONDS;
    return wasQuiet || (isEven && milliseconds - this.#beforeLast >= 2 * PERIOD_MILLISECONDS);
  }

  went(milliseconds: number): void {
    this.#beforeLast = this.#last;
    this.#last = milliseconds;
  }
}
