/** Whether a track is a flight of which the centre was told. */
import type { Instant, NotifiedFlight } from "@openjmc/model";
import { altitudeAbove, type ToldAltitude } from "./altitude-band.ts";

/** What the match looks at. */
export interface FlownTrack extends ToldAltitude {
  readonly icao?: string;
  readonly callsign?: string;
  readonly serial?: string;
}

/**
 * The first notified flight that a track in a zone matches: notified before it entered (`enteredAt`), inside its window, for this zone, within its
 * altitudes, of its identity, and, if it is a sortie, cleared. Address, callsign and serial number must not contradict the
 * notification and one of them must agree.
 * GAP: a notification without any of them matches nothing; a clone of a notified identity matches like the original
 * (the tracker reports clones as a suspicion of their own).
 */
export function matchFlight(
  flights: readonly NotifiedFlight[],
  track: FlownTrack,
  zone: string,
  at: Instant,
  altitudeToleranceMetres: number,
  enteredAt: Instant = at,
): NotifiedFlight | undefined {
  return flights.find(
    (flight) =>
      at >= flight.from &&
      at <= flight.until &&
      flight.notifiedAt <= enteredAt &&
      flight.zones.includes(zone) &&
      isAllowed(flight) &&
      isSameAircraft(flight, track) &&
      isAtNotifiedAltitude(flight, track, altitudeToleranceMetres),
  );
}

/** The flight of the same aircraft whose time is nearest, not farther from it than `reach` microseconds; the first of equals. */
export function nearestFlight(
  flights: readonly NotifiedFlight[],
  track: FlownTrack,
  at: Instant,
  reach: number,
): NotifiedFlight | undefined {
  let nearest: NotifiedFlight | undefined;
  let least = reach;
  for (const flight of flights) {
    const away = Math.max(flight.from - at, at - flight.until, 0);
    if (away > least || (nearest && away === least) || !isSameAircraft(flight, track)) continue;
    nearest = flight;
    least = away;
  }
  return nearest;
}

/** Whether it may fly: a sortie that waits for its clearance, or was refused it, may not. */
export function isAllowed({ clearance }: NotifiedFlight): boolean {
  return clearance === undefined || clearance === "cleared";
}

/** Whether identities agree: nothing contradicts, something matches. */
export function isSameAircraft(flight: NotifiedFlight, track: FlownTrack): boolean {
  const same = [
    compare(flight.icao, track.icao),
    compare(flight.callsign, track.callsign?.trim()),
    compare(flight.serial, track.serial),
  ];
  return !same.includes(false) && same.includes(true);
}

function compare(notified: string | undefined, heard: string | undefined): boolean | undefined {
  if (notified === undefined || heard === undefined || heard === "") return undefined;
  return notified.toUpperCase() === heard.toUpperCase();
}

function isAtNotifiedAltitude(flight: NotifiedFlight, track: FlownTrack, toleranceMetres: number): boolean {
  const altitude = altitudeAbove(track, flight.altitudeReference);
  if (altitude === undefined) return true;
  const tolerance = toleranceMetres + altitude.doubtMetres;
  const lowest = flight.floorMetres ?? Number.NEGATIVE_INFINITY;
  const highest = flight.ceilingMetres ?? Number.POSITIVE_INFINITY;
  return altitude.metres >= lowest - tolerance && altitude.metres <= highest + tolerance;
}
