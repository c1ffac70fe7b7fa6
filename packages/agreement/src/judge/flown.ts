/** A notified flight in the air, as far as it has been seen. Plain data. */
import type { Clearance, FlightDeviation, Instant, NotifiedFlight } from "@openjmc/model";
import type { ZoneMembership } from "./decision.ts";
import type { JudgedTrack } from "./encounter.ts";
import { worseOf } from "./flight-deviation.ts";

export interface Flown {
  readonly flight: string;
  readonly name: string;
  /** As it stood when it was first seen. */
  readonly clearance: Clearance | undefined;
  readonly from: Instant;
  readonly tracks: string[];
  until: Instant;
  /** Microseconds inside each watched zone. */
  readonly zones: Record<string, number>;
  worst: FlightDeviation;
  /** Since when it has not kept, or has kept again, to its notice. */
  since: Instant | undefined;
  keptSince: Instant | undefined;
  /** Key of the alert that says so. */
  alert: string | undefined;
}

/** Between two sightings of a flight so far apart nobody knows where it was. */
const LONGEST_STEP = 30_000_000;
const MOST_TRACKS = 20;
const INSIDE = 0.5;

export function beginFlown(flight: NotifiedFlight, track: JudgedTrack): Flown {
  return {
    flight: flight.id,
    name: [flight.callsign ?? flight.icao ?? flight.serial, flight.type].filter(Boolean).join(" · "),
    clearance: flight.clearance,
    ...{ from: track.at, until: track.at, tracks: [], zones: {}, worst: {} },
    ...{ since: undefined, keptSince: undefined, alert: undefined },
  };
}

/** Takes one sighting in: time since the last one counts for the zones that hold it now. */
export function addSighting(
  flown: Flown,
  track: JudgedTrack,
  zones: readonly ZoneMembership[],
  deviation: FlightDeviation,
): void {
  const step = Math.max(0, track.at - flown.until);
  if (step <= LONGEST_STEP)
    for (const { zone, probability } of zones)
      if (probability >= INSIDE) flown.zones[zone] = (flown.zones[zone] ?? 0) + step;
  flown.until = Math.max(flown.until, track.at);
  flown.worst = worseOf(flown.worst, deviation);
  if (!flown.tracks.includes(track.id) && flown.tracks.length < MOST_TRACKS) flown.tracks.push(track.id);
}
