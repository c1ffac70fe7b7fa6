/** What the tracker remembers of one track besides its estimate: plain data, so that a snapshot is a copy. */
import type { HeightReference, Instant, TrackStatus } from "@openjmc/model";
import type { SuspicionKind } from "./picture.ts";
import type { PlotIdentity } from "./plot.ts";

export interface TrackRecord {
  readonly key: number;
  /** Journal frame of the first plot. */
  readonly firstFrame: number;
  readonly firstAt: Instant;
  /** Place of its estimate in the pool. */
  slot: number;
  /** Time of the estimate: that of the newest plot. */
  at: Instant;
  status: TrackStatus;
  existence: number;
  hits: number;
  /** Running mean of the normalised innovation squared. */
  nis: number;
  identity: PlotIdentity;
  altitudeMetres: number | undefined;
  altitudeReference: HeightReference | undefined;
  altitudeAt: Instant;
  velocityUp: number;
  onGround: boolean | undefined;
  /** Source → instant of its last plot here. */
  sources: Record<string, Instant>;
  /** Suspicion → instant since when. */
  suspicions: Partial<Record<SuspicionKind, Instant>>;
  /** Journal frame of the newest plot. */
  lastFrame: number;
}
