/** How well events fit altogether: where they fit worse than their stated errors allow, errors are larger than stated, and ellipses too. */
import type { PlaneEvent } from "./plane-event.ts";

/** Degrees of freedom for which it is presumed that errors are as stated, and with which earlier events are outweighed by later ones. */
const PRESUMED = 60;
const MEMORY = 1500;
/** An event counts from so many arrivals on, and no single one for more than so much chi-square per degree of freedom. */
const FEWEST_HITS = 6;
const MOST_MISFIT = 6;

export class Fit {
  misfit = 0;
  freedom = 0;

  /** Notes an event that is settled. */
  note(event: PlaneEvent): void {
    if (event.hits < FEWEST_HITS) return;
    const freedom = event.hits + event.bearings - 3;
    const keep = Math.max(0, 1 - freedom / MEMORY);
    this.misfit = keep * this.misfit + Math.min(event.misfit, MOST_MISFIT * freedom);
    this.freedom = keep * this.freedom + freedom;
  }

  /** By how much variances are larger than stated: at least 1 (Birge 1932). */
  get ratio(): number {
    return Math.max(1, (this.misfit + PRESUMED) / (this.freedom + PRESUMED));
  }
}
