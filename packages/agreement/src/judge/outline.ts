/** The facts that stand beside an alert, in whole numbers and plain words. */
import type { InsideProbability } from "@openjmc/geo";
import { degreesOf, type EventRow, type NotifiedFlight, type SourceRow } from "@openjmc/model";
import type { JudgedTrack } from "./encounter.ts";
import type { WatchedZone } from "./watched-zones.ts";

type Outline = Record<string, string | number>;

/** Facts of a track in a zone; `expected` is a notified flight of the same aircraft that it does not keep to. */
export function outlineOfTrack(
  track: JudgedTrack,
  zone: WatchedZone,
  inside: InsideProbability,
  expected: NotifiedFlight | undefined,
): Outline {
  const speed = Math.hypot(track.velocityEast, track.velocityNorth);
  const heading = (degreesOf(Math.atan2(track.velocityEast, track.velocityNorth)) + 360) % 360;
  return {
    ...(track.icao === undefined ? {} : { icao: track.icao }),
    ...(track.callsign === undefined ? {} : { callsign: track.callsign }),
    ...(track.altitudeReference === undefined ? {} : { altitudeReference: track.altitudeReference }),
    speedMetresPerSecond: Math.round(speed),
    headingDegrees: Math.round(heading) % 360,
    insideMetres: Math.round(-inside.signedDistanceMetres),
    ...zoneFacts(zone, inside),
    ...(expected === undefined ? {} : { departsFromFlight: expected.id }),
    sources: track.sources.join(" "),
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
