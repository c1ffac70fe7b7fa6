/** An accepted event in the local frame: its solution, what it predicts at each channel, and its history's number. */
import type { Evidence } from "./evidence.ts";
import { Solution } from "./solution.ts";

export type EventStatus = "live" | "settled" | "withdrawn" | "merged";

export interface PlaneEventSnapshot {
  readonly key: number;
  readonly firstFrame: number;
  readonly status: EventStatus;
  readonly mergedInto: number | null;
  readonly version: number;
  readonly changed: boolean;
  readonly final: boolean;
  readonly information: {
    readonly knot: number;
    readonly matrix: readonly number[];
    readonly vector: readonly number[];
  } | null;
  readonly state: readonly number[];
  readonly covariance: readonly number[];
  readonly picks: readonly number[];
  readonly score: number;
  readonly weights: readonly number[];
  readonly other: readonly number[];
}

export class PlaneEvent extends Solution {
  /** Running number within the locator, never used twice. */
  readonly key: number;
  /** Journal frame of the arrival that opened it: its identity outside. */
  readonly firstFrame: number;
  status: EventStatus = "live";
  mergedInto: number | undefined;
  version = 0;
  /** How often it was taken apart for a better whole. */
  looked = 0;
  /** Whether its last revision was made. */
  final = false;
  /** Whether the solution changed since changes were last told. */
  changed = true;
  /** Predicted arrival time per channel (NaN: out of range) and its variance without the onset's own. */
  dueTime: Float64Array;
  dueVariance: Float64Array;
  distance: Float64Array;
  bestClass = 0;
  /** Time up to which its picks were looked over again. */
  polishedAt = Number.NEGATIVE_INFINITY;

  constructor(key: number, firstFrame: number, channels: number, evidence: Evidence) {
    super(channels, evidence);
    this.key = key;
    this.firstFrame = firstFrame;
    this.dueTime = new Float64Array(channels).fill(Number.NaN);
    this.dueVariance = new Float64Array(channels);
    this.distance = new Float64Array(channels);
  }

  override resize(channels: number): void {
    super.resize(channels);
    this.dueTime = new Float64Array(channels).fill(Number.NaN);
    this.dueVariance = new Float64Array(channels);
    this.distance = new Float64Array(channels);
  }

  snapshot(): PlaneEventSnapshot {
    const { key, firstFrame, status, version, changed, score } = this;
    return {
      key,
      firstFrame,
      status,
      mergedInto: this.mergedInto ?? null,
      version,
      changed,
      final: this.final,
      information:
        this.information === undefined
          ? null
          : {
              knot: this.information.knot,
              matrix: [...this.information.matrix],
              vector: [...this.information.vector],
            },
      score,
      state: [...this.state],
      covariance: [...this.covariance],
      picks: [...this.picks],
      weights: [...this.classes.weights],
      other: [...this.classes.other],
    };
  }

  restore(saved: PlaneEventSnapshot): void {
    this.status = saved.status;
    this.mergedInto = saved.mergedInto ?? undefined;
    this.version = saved.version;
    this.changed = saved.changed;
    this.final = saved.final;
    if (saved.information !== null) {
      const { knot, matrix, vector } = saved.information;
      this.information = { knot, matrix: Float64Array.from(matrix), vector: Float64Array.from(vector) };
    }
    this.state.set(saved.state);
    this.covariance.set(saved.covariance);
    this.picks.set(saved.picks);
    this.hits = saved.picks.filter((number) => number >= 0).length;
    this.score = saved.score;
    this.classes.weights.set(saved.weights);
    this.classes.other.set(saved.other);
  }
}
