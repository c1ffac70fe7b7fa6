import { DEGREE } from "../units.ts";
import {
  type AircraftReport,
  FLAG_POSITION_FIRST,
  FLAG_POSITION_JUMPED,
  FLAG_POSITION_LOCAL,
  FLAG_POSITION_REFUSED,
  HAS_POSITION,
} from "./aircraft-report.ts";
import type { AircraftState } from "./aircraft-state.ts";
import { type CprPoint, decodeAirborneGlobal, decodeLocal, decodeSurfaceGlobal } from "./cpr.ts";

/** Oldest partner of an even-odd pair, µs (RTCA DO-260B, A.1.7.4 and 2.2.10.3.1). */
const AIRBORNE_PAIR_AGE = 10_000_000;
const SURFACE_PAIR_AGE = 25_000_000;
/** Age of a position, µs, up to which a single report may be resolved against it and judged by it. */
const REFERENCE_AGE = 120_000_000;
/** What an aircraft may cover between two positions: m/s, and metres of coding and timing error. */
const FASTEST_AIRBORNE = 700;
const FASTEST_SURFACE = 75;
const SLACK = 1_000;
/** Unreachable positions in a row, agreeing with each other, after which they are believed. */
const BELIEVED_REFUSALS = 4;
const METRES_PER_DEGREE = 6_371_000 * DEGREE;

/** The receiver's place and reach, where known. */
export interface ReceiverSite {
  /** Degrees, WGS 84. */
  readonly longitude: number;
  readonly latitude: number;
  /** Positions farther away, in metres, are refused. */
  readonly range: number;
}

const candidate: CprPoint = { longitude: 0, latitude: 0 };
const reference: CprPoint = { longitude: 0, latitude: 0 };

/**
 * Turns the compact position of a report into longitude and latitude with what the aircraft said before, checks that
 * it can have flown there, and remembers it. Reports that cannot be resolved or believed keep NaN.
 */
export function resolvePosition(report: AircraftReport, state: AircraftState, site: ReceiverSite | undefined): void {
  const surface = report.register === 0x06;
  const at = report.receivedAt;
  remember(report, state, surface, at);
  const local = !resolveGlobally(report, state, surface, at, site);
  if (local && !resolveLocally(report, state, surface, at)) return;
  if (site !== undefined && distance(site.longitude, site.latitude, candidate) > site.range) {
    report.flags |= FLAG_POSITION_REFUSED;
    return;
  }
  judge(report, state, surface, at, local);
}

function remember(report: AircraftReport, state: AircraftState, surface: boolean, at: number): void {
  if (report.cprOdd === 1) {
    state.oddLatitude = report.cprLatitude;
    state.oddLongitude = report.cprLongitude;
    state.oddAt = at;
    state.oddSurface = surface;
  } else {
    state.evenLatitude = report.cprLatitude;
    state.evenLongitude = report.cprLongitude;
    state.evenAt = at;
    state.evenSurface = surface;
  }
}

function resolveGlobally(
  report: AircraftReport,
  state: AircraftState,
  surface: boolean,
  at: number,
  site: ReceiverSite | undefined,
): boolean {
  if (state.evenSurface !== state.oddSurface) return false;
  const age = Math.abs(state.evenAt - state.oddAt);
  if (!(age <= (surface ? SURFACE_PAIR_AGE : AIRBORNE_PAIR_AGE))) return false;
  const odd = report.cprOdd === 1;
  if (!surface) {
    return decodeAirborneGlobal(
      state.evenLatitude,
      state.evenLongitude,
      state.oddLatitude,
      state.oddLongitude,
      odd,
      candidate,
    );
  }
  if (isRecent(state, at)) setReference(state.longitude, state.latitude);
  else if (site !== undefined) setReference(site.longitude, site.latitude);
  else return false;
  return decodeSurfaceGlobal(
    state.evenLatitude,
    state.evenLongitude,
    state.oddLatitude,
    state.oddLongitude,
    odd,
    reference,
    candidate,
  );
}

function resolveLocally(report: AircraftReport, state: AircraftState, surface: boolean, at: number): boolean {
  if (!isRecent(state, at)) return false;
  setReference(state.longitude, state.latitude);
  return decodeLocal(report.cprLatitude, report.cprLongitude, report.cprOdd === 1, surface, reference, candidate);
}

/** A clock set back leaves a position in the future: it is no reference then. */
function isRecent(state: AircraftState, at: number): boolean {
  return Math.abs(at - state.positionAt) <= REFERENCE_AGE;
}

function setReference(longitude: number, latitude: number): void {
  reference.longitude = longitude;
  reference.latitude = latitude;
}

function judge(report: AircraftReport, state: AircraftState, surface: boolean, at: number, local: boolean): void {
  const fastest = surface ? FASTEST_SURFACE : FASTEST_AIRBORNE;
  if (!isRecent(state, at)) {
    report.flags |= FLAG_POSITION_FIRST;
  } else if (!reachable(state.longitude, state.latitude, state.positionAt, at, fastest)) {
    if (!believedAtLast(state, at, fastest)) {
      report.flags |= FLAG_POSITION_REFUSED;
      return;
    }
    report.flags |= FLAG_POSITION_JUMPED;
  }
  if (local) report.flags |= FLAG_POSITION_LOCAL;
  state.refusals = 0;
  state.longitude = candidate.longitude;
  state.latitude = candidate.latitude;
  state.positionAt = at;
  report.longitude = candidate.longitude;
  report.latitude = candidate.latitude;
  report.has |= HAS_POSITION;
}

/** Counts positions that cannot be reached from the accepted one but can from each other. */
function believedAtLast(state: AircraftState, at: number, fastest: number): boolean {
  const follows =
    state.refusals > 0 && reachable(state.refusedLongitude, state.refusedLatitude, state.refusedAt, at, fastest);
  state.refusals = follows ? state.refusals + 1 : 1;
  state.refusedLongitude = candidate.longitude;
  state.refusedLatitude = candidate.latitude;
  state.refusedAt = at;
  return state.refusals >= BELIEVED_REFUSALS;
}

function reachable(longitude: number, latitude: number, from: number, at: number, fastest: number): boolean {
  const seconds = Math.abs(at - from) / 1e6;
  return distance(longitude, latitude, candidate) <= SLACK + fastest * seconds;
}

/** Metres on a sphere: good to half a percent, which is enough to judge by. */
function distance(longitude: number, latitude: number, point: CprPoint): number {
  const north = point.latitude - latitude;
  let east = Math.abs(point.longitude - longitude);
  if (east > 180) east = 360 - east;
  // Near enough that the chord on the flat map is the distance.
  if (Math.abs(north) < 2 && east < 2) {
    const scaled = east * Math.cos((latitude + north / 2) * DEGREE);
    return METRES_PER_DEGREE * Math.sqrt(north * north + scaled * scaled);
  }
  const halfNorth = Math.sin((north * DEGREE) / 2);
  const halfEast = Math.sin((east * DEGREE) / 2);
  const haversine =
    halfNorth * halfNorth + Math.cos(latitude * DEGREE) * Math.cos(point.latitude * DEGREE) * halfEast * halfEast;
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(haversine)));
}
