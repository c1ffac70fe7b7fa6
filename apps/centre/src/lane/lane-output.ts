/** What fusion gives: rows of the picture, decisions of its rules, bytes for sensors that must be answered. */
import type { AlertDecision } from "@openjmc/agreement";
import type { CoverageRow, CueRow, EventRow, SourceRow, TrackRow, WeatherRow } from "@openjmc/model";
import type { Still } from "./ground-sink.ts";
import type { SourceTap } from "./source-proof.ts";

/** What one tick brought. Rows are final for that tick. */
export interface LaneOutput {
  /** In order of time; a track may stand in it more than once. */
  readonly tracks: readonly TrackRow[];
  readonly events: readonly EventRow[];
  readonly cues: readonly CueRow[];
  readonly weather: readonly WeatherRow[];
  /** Pictures that the cues speak of. */
  readonly stills: readonly Still[];
  readonly sources: readonly SourceRow[];
  readonly coverage: readonly CoverageRow[];
  readonly decisions: readonly LaneDecision[];
  /** Events that expect no more arrivals. */
  readonly settled: readonly EventRow[];
  /** Signed batches by minute, of minutes that have ended. */
  readonly taps: readonly SourceTap[];
}

export const NO_OUTPUT: LaneOutput = {
  ...{ tracks: [], events: [], cues: [], weather: [], stills: [], sources: [], coverage: [] },
  ...{ decisions: [], settled: [], taps: [] },
};

/** Bytes for the sender of a connection: what a sensor must be told to go on. A replay makes the same and sends none. */
export interface LaneAnswer {
  readonly connection: string;
  /** Undefined where the connection is to end: the next one asks anew. */
  readonly bytes: Uint8Array | undefined;
}

/** A judge's decision with the stable id of the alert it speaks of. */
export interface LaneDecision {
  readonly alert: string;
  readonly decision: AlertDecision;
}
