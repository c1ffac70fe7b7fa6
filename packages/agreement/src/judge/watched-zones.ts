/** Zones prepared for judging, by the version in force at an instant. */
import { type Area, prepareArea } from "@openjmc/geo";
import type { Instant, ZoneKind, ZoneVersion } from "@openjmc/model";

/** One version of a zone with its area. */
export interface WatchedZone {
  readonly version: ZoneVersion;
  readonly area: Area;
}

/** Prepares every version that has an inside; lines and points cannot hold anything. */
export function prepareZones(versions: readonly ZoneVersion[]): readonly WatchedZone[] {
  return versions
    .filter(({ geometry }) => geometry.type === "Polygon" || geometry.type === "MultiPolygon")
    .map((version) => ({ version, area: prepareArea(version.geometry) }));
}

/** Whether a version is in force: from its beginning on, up to but not at its end. */
export function isInForce(version: ZoneVersion, at: Instant): boolean {
  return version.validFrom <= at && (version.validUntil === undefined || at < version.validUntil);
}

/** Zones of some kinds. */
export function ofKinds(zones: readonly WatchedZone[], kinds: readonly ZoneKind[]): readonly WatchedZone[] {
  return zones.filter((zone) => kinds.includes(zone.version.kind));
}
