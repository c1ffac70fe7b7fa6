import { type Area, prepareArea } from "@openjmc/geo";
import type { HeightReference, Instant, MissionView, ZoneVersion } from "@openjmc/model";
import { type FlightPath, STATE_LENGTH } from "./flight-path.ts";

/** A no-fly zone as the exercise's flights see it: a band in metres above the sea over an area. */
export interface NoFlyZone {
  readonly id: string;
  readonly version: number;
  readonly area: Area;
  readonly floorMetres: number;
  readonly ceilingMetres: number;
  /** Within this distance of the edge nobody can tell inside from outside. */
  readonly precisionMetres: number;
}

/** Clearances of traffic that must be beyond doubt outside: beyond the zone's precision, and below floor or above ceiling. */
const LATERAL_CLEARANCE = 2500;
const VERTICAL_CLEARANCE = 700;

/** The no-fly zones in force at an instant. `groundMetres`: height of the ground above the sea, for bands given from there. */
export function noFlyZonesAt(mission: MissionView, at: Instant, groundMetres: number): NoFlyZone[] {
  return mission.zones
    .filter((zone) => isPlayed(zone, mission) && zone.kind === "no-fly" && isInForce(zone, at))
    .map((zone) => ({
      id: zone.zone,
      version: zone.version,
      area: prepareArea(zone.geometry),
      floorMetres: aboveSea(zone.floorMetres ?? Number.NEGATIVE_INFINITY, zone.altitudeReference, groundMetres),
      ceilingMetres: aboveSea(zone.ceilingMetres ?? Number.POSITIVE_INFINITY, zone.altitudeReference, groundMetres),
      precisionMetres: zone.precisionMetres,
    }));
}

/** Whether the centre judges by a zone: in an exercise by the fictional ones only. */
export function isPlayed(zone: ZoneVersion, mission: MissionView): boolean {
  return zone.fictional === mission.exercise;
}

export function isInForce(zone: ZoneVersion, at: Instant): boolean {
  return zone.validFrom <= at && (zone.validUntil === undefined || at < zone.validUntil);
}

function aboveSea(metres: number, reference: HeightReference | undefined, groundMetres: number): number {
  return reference === "ground" ? metres + groundMetres : metres;
}

/** Whether a point lies in the zone as drawn. */
export function isInside(zone: NoFlyZone, lon: number, lat: number, heightMetres: number): boolean {
  return heightMetres >= zone.floorMetres && heightMetres <= zone.ceilingMetres && zone.area.contains(lon, lat);
}

/** Whether a flight stays so far from every zone that no honest observer can take it for inside. */
export function staysClear(path: FlightPath, zones: readonly NoFlyZone[]): boolean {
  const state = new Float64Array(STATE_LENGTH);
  for (let seconds = path.startSeconds; seconds <= path.endSeconds; seconds += 2) {
    path.stateAt(seconds, state);
    const [lon, lat, height] = [state[0]!, state[1]!, state[2]!];
    if (zones.some((zone) => isNear(zone, lon, lat, height))) return false;
  }
  return true;
}

function isNear(zone: NoFlyZone, lon: number, lat: number, height: number): boolean {
  if (height > zone.ceilingMetres + VERTICAL_CLEARANCE || height < zone.floorMetres - VERTICAL_CLEARANCE) return false;
  const limit = zone.precisionMetres + LATERAL_CLEARANCE;
  return zone.area.signedDistanceMetres(lon, lat, limit * 2) < limit;
}
