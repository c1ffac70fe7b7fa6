/** What the tracker remembers of a told track besides its hypotheses: plain data, so that a snapshot is a copy. */
import { type HeightReference, type Instant, MICROSECONDS_PER_SECOND, type TrackStatus } from "@openjmc/model";
import type { Offset } from "./allies.ts";
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
  /** Radar → looks in a row that showed the target far from where it reported to be. */
  displaced: Record<string, number>;
  /** Suspicion → instant of its last sign. */
  suspicions: Partial<Record<SuspicionKind, Instant>>;
  /** Last report of its own position: place in the plane, velocity where known, and accuracy category. */
  fix: TrackFix | undefined;
  /** Journal frame of the newest plot. */
  lastFrame: number;
  /** Sources without names that tell of it beside where it is. */
  allies: Record<string, Offset>;
  /** Begun with a name that another track bore, where that one could not be. */
  claim: NameClaim | undefined;
  /** As last told. */
  told: TrackState | undefined;
}

/** How a track began under a name that was not free. */
export interface NameClaim {
  /** Serial number and key of the track that bore the name, and the journal frame of its last plot. */
  readonly id: number;
  readonly key: number;
  readonly frame: number;
  readonly at: Instant;
  readonly distanceMetres: number;
  /** Since the other was last heard. */
  readonly seconds: number;
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
    displaced: {},
    suspicions: {},
    fix: undefined,
    lastFrame: Math.floor(key / PLOTS_PER_FRAME),
    allies: {},
    claim: undefined,
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

/** One record of two tracks that turned out to be one: estimates are those of `kept`, the key that of the older. */
export function mergeRecords(kept: TrackRecord, gone: TrackRecord): TrackRecord {
  const older = gone.key < kept.key ? gone : kept;
  const newer = gone.at > kept.at ? gone : kept;
  const higher = kept.altitudeMetres === undefined || gone.altitudeAt > kept.altitudeAt ? gone : kept;
  return {
    ...kept,
    key: older.key,
    firstFrame: older.firstFrame,
    firstAt: older.firstAt,
    at: newer.at,
    lastFrame: newer.lastFrame,
    status: kept.status === "confirmed" || gone.status === "confirmed" ? "confirmed" : kept.status,
    hits: kept.hits + gone.hits,
    identity: mergeIdentity(gone.identity, kept.identity),
    altitudeMetres: higher.altitudeMetres,
    altitudeReference: higher.altitudeReference,
    altitudeAt: higher.altitudeAt,
    velocityUp: higher.velocityUp,
    onGround: newer.onGround ?? older.onGround,
    sources: latest(kept.sources, gone.sources),
    missed: {},
    displaced: kept.displaced,
    suspicions: latest(kept.suspicions, gone.suspicions),
    fix: (gone.fix?.at ?? 0) > (kept.fix?.at ?? 0) ? gone.fix : kept.fix,
    allies: { ...gone.allies, ...kept.allies },
    claim: undefined,
    told: older.told,
  };
}

function latest<Name extends string>(
  left: Partial<Record<Name, Instant>>,
  right: Partial<Record<Name, Instant>>,
): Record<Name, Instant> {
  const both = { ...left } as Record<Name, Instant>;
  for (const name of Object.keys(right) as Name[]) both[name] = Math.max(both[name] ?? 0, right[name]!);
  return both;
}
