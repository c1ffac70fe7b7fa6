/** One hypothetical or accepted event: where and when, with which arrivals, how probable. */
import type { ClassWeights, Evidence } from "./evidence.ts";
import type { EventInformation } from "./information.ts";
import { STATE_SIZE } from "./travel.ts";

export class Solution {
  /** East, north, origin time, then the medium's four components at that time. */
  readonly state = new Float64Array(STATE_SIZE);
  readonly covariance = new Float64Array(STATE_SIZE * STATE_SIZE);
  /** Arrival number per channel, or -1. */
  picks: Int32Array;
  /** The arrival that a search started from. */
  seed = -1;
  hits = 0;
  bearings = 0;
  /** Chi-square of its arrivals and the medium's departure from its estimate. */
  misfit = 0;
  /** Log odds of being an event rather than chance. */
  score = Number.NEGATIVE_INFINITY;
  readonly classes: ClassWeights;
  /** What it told about the medium and the stations' terms. */
  information: EventInformation | undefined;

  constructor(channels: number, evidence: Evidence) {
    this.picks = new Int32Array(channels).fill(-1);
    this.classes = evidence.newWeights();
  }

  /** Makes room for more channels; those there keep their arrivals. */
  resize(channels: number): void {
    const picks = new Int32Array(channels).fill(-1);
    picks.set(this.picks.subarray(0, channels));
    this.picks = picks;
  }

  copyFrom(from: Solution): void {
    this.state.set(from.state);
    this.covariance.set(from.covariance);
    this.picks.set(from.picks);
    this.hits = from.hits;
    this.bearings = from.bearings;
    this.score = from.score;
    this.misfit = from.misfit;
    this.classes.copyFrom(from.classes);
  }

  clearPicks(): void {
    this.picks.fill(-1);
    this.hits = 0;
    this.bearings = 0;
  }
}
