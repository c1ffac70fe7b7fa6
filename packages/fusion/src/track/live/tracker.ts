/** The live tracker's door: plots in, in journal order; tracks and findings out. Nothing in it reads a clock. */
import type { Instant } from "@openjmc/model";
import type { TrackerConfiguration } from "../configuration.ts";
import type { ForestSnapshot } from "../forest.ts";
import type { Bearings } from "./bearings.ts";
import type { Impostors } from "./findings/impostors.ts";
import { LiveTracker } from "./live-tracker.ts";
import type { Neighbourhood } from "./neighbours.ts";
import type { TrackFinding, TrackState } from "./picture.ts";
import type { Plot } from "./plot.ts";
import type { TrackRecord } from "./record.ts";
import type { Registration, Registrations } from "./registration.ts";
import type { Sector } from "./sectors.ts";

/** Everything a tracker knows, as plain data. */
export interface TrackerSnapshot {
  readonly version: 4;
  readonly now: Instant;
  readonly lastFrame: number;
  readonly ordinal: number;
  readonly forest: ForestSnapshot;
  readonly records: readonly TrackRecord[];
  readonly changed: readonly number[];
  readonly endedStates: readonly TrackState[];
  readonly findings: readonly TrackFinding[];
  readonly sectors: readonly Sector[];
  readonly sectorAt: readonly (readonly [string, Instant])[];
  readonly registrations: ReturnType<Registrations["snapshot"]>;
  readonly neighbours: ReturnType<Neighbourhood["snapshot"]>;
  readonly impostors: ReturnType<Impostors["snapshot"]>;
  readonly triangulation: ReturnType<Bearings["triangulation"]["snapshot"]>;
  readonly jamming: unknown;
  readonly statistics: TrackerStatistics;
}

/** What became of the plots: none is lost without being counted. */
export interface TrackerStatistics {
  /** Plots told. */
  readonly plots: number;
  /** Of them: too late to be used; from a radar or direction finder that nobody configured; bearings that fit no track. */
  readonly late: number;
  readonly unknownSource: number;
  readonly unusedBearings: number;
}

/** A tracker. The same calls in the same order give the same answers, byte for byte. */
export interface Tracker {
  report(plot: Plot): void;
  /** Whoever wants to know which plots feed which track, by its key at that time; radars' plots come corrected by what is known of them. */
  onFed: ((key: number, plot: Plot) => void) | undefined;
  /** Says that time has reached `at`: sectors are closed, misses counted, tracks coasted and ended. */
  tick(at: Instant): void;
  /** Tracks that changed since the last call, in the order of their keys; ended ones appear once. */
  changes(): TrackState[];
  /** All living tracks that are likely enough to be told, in the order of their keys. */
  tracks(): TrackState[];
  /** Findings since the last call. */
  findings(): TrackFinding[];
  /** What is known of each radar's errors. */
  registrations(): Registration[];
  statistics(): TrackerStatistics;
  snapshot(): TrackerSnapshot;
  restore(snapshot: TrackerSnapshot): void;
}

export function createTracker(configuration: TrackerConfiguration): Tracker {
  return new LiveTracker(configuration);
}
