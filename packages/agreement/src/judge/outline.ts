/** The facts that stand beside an alert, in whole numbers and plain words. */
import type { InsideProbability } from "@openjmc/geo";
import { degreesOf, type EventRow, type FlightDeviation, type NotifiedFlight, type SourceRow } from "@openjmc/model";
import type { JudgedTrack } from "./encounter.ts";
import { altitudeDeviation, routeDeviation, timeDeviation } from "./flight-deviation.ts";
import { isAllowed } from "./match-flight.ts";
import type { WatchedZone } from "./watched-zones.ts";

type Outline = Record<string, string | number>;

/** Facts of a track in a zone; `expected` is a notified flight of the same aircraft that it does not keep to. */
export function outlineOfTrack(
  track: JudgedTrack,
  zone: WatchedZone,
  inside: InsideProbability,
  expected: NotifiedFlight | undefined,
  toleranceMetres: number,
): Outline {
  return {
    ...motionFacts(track),
    insideMetres: Math.round(-inside.signedDistanceMetres),
    ...zoneFacts(zone, inside),
    ...(expected === undefined ? {} : departure(expected, track, zone.version.zone, toleranceMetres)),
    sources: track.sources.join(" "),
  };
}

/** Facts of a flight that does not keep to its notice outside of any zone that it may not be in. */
export function outlineOfFlight(track: JudgedTrack, flight: NotifiedFlight, deviation: FlightDeviation): Outline {
  return {
    ...motionFacts(track),
    departsFromFlight: flight.id,
    ...deviation,
    ...(isAllowed(flight) ? {} : { clearance: flight.clearance! }),
    sources: track.sources.join(" "),
  };
}

function motionFacts(track: JudgedTrack): Outline {
  const speed = Math.hypot(track.velocityEast, track.velocityNorth);
  const heading = (degreesOf(Math.atan2(track.velocityEast, track.velocityNorth)) + 360) % 360;
  return {
    ...(track.icao === undefined ? {} : { icao: track.icao }),
    ...(track.callsign === undefined ? {} : { callsign: track.callsign }),
    ...(track.altitudeReference === undefined ? {} : { altitudeReference: track.altitudeReference }),
    speedMetresPerSecond: Math.round(speed),
    headingDegrees: Math.round(heading) % 360,
  };
}

/** Which flight it departs from, and by how much: in place, time and altitude, or because the zone was not notified at all. */
function departure(flight: NotifiedFlight, track: JudgedTrack, zone: string, toleranceMetres: number): Outline {
  return {
    departsFromFlight: flight.id,
    ...timeDeviation(flight, track.at),
    ...altitudeDeviation(flight, track, toleranceMetres),
    ...routeDeviation(flight, track, 0),
    ...(flight.zones.includes(zone) ? {} : { zoneNotNotified: zone }),
    ...(isAllowed(flight) ? {} : { clearance: flight.clearance! }),
  };
}

/** Facts of an event in a zone. */
export function outlineOfEvent(event: EventRow, zone: WatchedZone, inside: InsideProbability): Outline {
  return {
    observation: event.kind,
    count: event.count,
    countUnit: event.countUnit,
    stations: event.stations.length,
    semiMajorMetres: Math.round(event.ellipse.semiMajorMetres),
    semiMinorMetres: Math.round(event.ellipse.semiMinorMetres),
    ...zoneFacts(zone, inside),
  };
}

/** Facts of a source's trouble. */
export function outlineOfSource(source: SourceRow): Outline {
  return {
    state: source.state,
    means: source.means,
    framesTotal: source.framesTotal,
    ...(source.heldBy === undefined ? {} : { heldBy: source.heldBy }),
  };
}

function zoneFacts(zone: WatchedZone, inside: InsideProbability): Outline {
  return {
    zonePrecisionMetres: Math.round(zone.version.precisionMetres),
    atLeastPerMille: Math.round(inside.atLeast * 1000),
    atMostPerMille: Math.round(inside.atMost * 1000),
  };
}
