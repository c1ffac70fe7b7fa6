/** What the tracker remembers of a told track besides its hypotheses: plain data, so that a snapshot is a copy. */
import { type HeightReference, type Instant, MICROSECONDS_PER_SECOND, type TrackStatus } from "@openjmc/model";
import { mergeIdentity } from "./identity.ts";
import type { SuspicionKind, TrackState } from "./picture.ts";
import type { Plot, PlotIdentity } from "./plot.ts";

export interface TrackRecord {
  /** Serial number in the forest. */
  readonly id: number;
  readonly key: number;
  readonly firstFrame: number;
  readonly firstAt: Instant;
  /** Time of the newest plot. */
  at: Instant;
  status: TrackStatus;
  hits: number;
  identity: PlotIdentity;
  altitudeMetres: number | undefined;
  altitudeReference: HeightReference | undefined;
  altitudeAt: Instant;
  velocityUp: number;
  onGround: boolean | undefined;
  /** Source → instant of its last plot here. */
  sources: Record<string, Instant>;
  /** Radar → looks in a row that should have shown the target and did not. */
  missed: Record<string, number>;
  /** Suspicion → instant of its last sign. */
  suspicions: Partial<Record<SuspicionKind, Instant>>;
  /** Last report of its own position: place in the plane, velocity where known, and accuracy category. */
  fix: TrackFix | undefined;
  /** Journal frame of the newest plot. */
  lastFrame: number;
  /** As last told. */
  told: TrackState | undefined;
}

export interface TrackFix {
  readonly at: Instant;
  readonly x: number;
  readonly y: number;
  readonly u: number | undefined;
  readonly v: number | undefined;
  readonly deviation: number;
}

/** A frame may hold many plots (an ASTERIX block): keys stay apart by the plot's ordinal in its frame. */
export const PLOTS_PER_FRAME = 4096;

/** A suspicion without new signs lapses after this. */
const SUSPICION_LIFE = 120 * MICROSECONDS_PER_SECOND;

export function createRecord(id: number, key: number, firstAt: Instant): TrackRecord {
  return {
    id,
    key,
    firstFrame: Math.floor(key / PLOTS_PER_FRAME),
    firstAt,
    at: firstAt,
    status: "tentative",
    hits: 0,
    identity: {},
    altitudeMetres: undefined,
    altitudeReference: undefined,
    altitudeAt: 0,
    velocityUp: 0,
    onGround: undefined,
    sources: {},
    missed: {},
    suspicions: {},
    fix: undefined,
    lastFrame: Math.floor(key / PLOTS_PER_FRAME),
    told: undefined,
  };
}

/** Notes what a plot of the track says besides where it is; heights apart. */
export function notePlot(record: TrackRecord, plot: Plot): void {
  record.hits++;
  record.at = Math.max(record.at, plot.at);
  record.identity = mergeIdentity(record.identity, plot.identity);
  record.sources[plot.source] = Math.max(record.sources[plot.source] ?? 0, plot.at);
  if (record.missed[plot.source] !== undefined) record.missed[plot.source] = 0;
  record.lastFrame = plot.frame;
  if (plot.onGround !== undefined) record.onGround = plot.onGround;
}

/** Suspicions that have had a sign of late, in the order of their names. */
export function liveSuspicions(record: TrackRecord, at: Instant): SuspicionKind[] {
  const kinds = Object.keys(record.suspicions) as SuspicionKind[];
  return kinds.filter((kind) => at - record.suspicions[kind]! < SUSPICION_LIFE).sort();
}
