/** One track meets one zone under one rule: how surely inside, and whether anybody was told. */
import { type InsideProbability, probabilityInside } from "@openjmc/geo";
import type { AlertRule, HeightCircumstances, Instant, NotifiedFlight, TrackRow } from "@openjmc/model";
import { type BandJudgement, type BandVerdict, judgeBand } from "./altitude-band.ts";
import { isExempt } from "./exemption.ts";
import { matchFlight } from "./match-flight.ts";
import type { WatchedZone } from "./watched-zones.ts";

/** A track with the covariance of its position: east-east, east-north, north-north, square metres. */
export type JudgedTrack = Omit<TrackRow, "zones" | "flight"> & {
  readonly positionCovariance: readonly [number, number, number];
  /** What is known where it is of how heights above several references compare. */
  readonly heights?: HeightCircumstances;
};

/** Inside and outside are both certain; what clips the edge within its precision, or the band within its tolerance, is neither. */
export type Standing = "inside" | "outside" | "undetermined";

export interface Encounter {
  readonly rule: AlertRule;
  readonly zone: WatchedZone;
  readonly track: JudgedTrack;
  /** Instant of the decision; the track speaks of its own. */
  readonly at: Instant;
  readonly inside: InsideProbability;
  readonly band: BandVerdict;
  /** Of being inside the drawn edge and inside the band. */
  readonly probability: number;
  /** The notified flight that it is, if it is one; then it stands outside the rule. */
  readonly flight: NotifiedFlight | undefined;
  readonly standing: Standing;
}

/** Where a rule names no tolerance of altitudes. */
export const DEFAULT_TOLERANCE_METRES = 250;

/** Judges a track in a zone. `enteredAt`: since when it has been inside, if it has: later notifications come too late. */
export function meet(
  rule: AlertRule,
  zone: WatchedZone,
  track: JudgedTrack,
  at: Instant,
  flights: readonly NotifiedFlight[],
  enteredAt: Instant | undefined,
): Encounter {
  const [eastEast, eastNorth, northNorth] = track.positionCovariance;
  const covariance = { eastEast, eastNorth, northNorth };
  const inside = probabilityInside(zone.area, track, covariance, zone.version.precisionMetres);
  const tolerance = rule.altitudeToleranceMetres ?? DEFAULT_TOLERANCE_METRES;
  const { verdict: band, probability: share } = bandOf(rule, zone, track, tolerance);
  const flight =
    inside.atMost === 0 ? undefined : matchFlight(flights, track, zone.version.zone, track.at, tolerance, enteredAt);
  const standing = flight || isExempt(zone.version, track) ? "outside" : standingOf(rule, inside, band);
  return { rule, zone, track, at, inside, band, probability: inside.probability * share, flight, standing };
}

/** Radars that tell no height would never raise anything in a zone with a ceiling: a rule may say that they do. */
function bandOf(rule: AlertRule, { version }: WatchedZone, track: JudgedTrack, tolerance: number): BandJudgement {
  if (track.onGround) return { verdict: "outside", probability: 0 };
  const isTaken = track.altitudeMetres === undefined && rule.unknownAltitude === "inside";
  return isTaken ? { verdict: "inside", probability: 1 } : judgeBand(version, track, tolerance);
}

/** As sure of the way out as of the way in: a track on the edge whose place wavers stays what it was. */
function standingOf(rule: AlertRule, inside: InsideProbability, band: BandVerdict): Standing {
  const surelyOut = Math.min(rule.minimumProbability, 1 - rule.minimumProbability);
  if (band === "outside" || inside.atMost <= surelyOut) return "outside";
  return band === "inside" && inside.atLeast >= rule.minimumProbability ? "inside" : "undetermined";
}
