/** A possible event while it is being built: state with covariance, arrivals taken so far, odds so far. */
import type { ClassWeights, Evidence } from "./evidence.ts";
import { STATE_SIZE } from "./travel.ts";

export class Hypothesis {
  readonly state = new Float64Array(STATE_SIZE);
  readonly covariance = new Float64Array(STATE_SIZE * STATE_SIZE);
  /** Square roots of the covariance's diagonal, as of the last `noteDeviations`. */
  readonly deviations = new Float64Array(STATE_SIZE);
  readonly classes: ClassWeights;
  /** Arrival number per channel, or -1. */
  picks = new Int32Array(0);
  hits = 0;
  /** Log odds without the classes' part. */
  score = 0;

  constructor(evidence: Evidence) {
    this.classes = evidence.newWeights();
  }

  /** Log odds so far under the likeliest class. */
  odds(): number {
    return this.score + this.classes.weights[this.classes.best()]!;
  }

  /** Brings the deviations up to date with the covariance. */
  noteDeviations(): void {
    for (let index = 0; index < STATE_SIZE; index++)
      this.deviations[index] = Math.sqrt(Math.max(0, this.covariance[index * (STATE_SIZE + 1)]!));
  }

  clearPicks(channels: number): void {
    if (this.picks.length !== channels) this.picks = new Int32Array(channels);
    this.picks.fill(-1);
    this.hits = 0;
  }

  copyFrom(from: Hypothesis): void {
    this.state.set(from.state);
    this.covariance.set(from.covariance);
    this.deviations.set(from.deviations);
    this.classes.copyFrom(from.classes);
    if (this.picks.length !== from.picks.length) this.picks = new Int32Array(from.picks.length);
    this.picks.set(from.picks);
    this.hits = from.hits;
    this.score = from.score;
  }
}
