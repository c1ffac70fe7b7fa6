/**
 * The one gate out. Whatever leaves the two components passes `release`: places no finer than the mission's grid, nothing
 * about a place sooner than its delay. It works on values before they are written in any format, so that every format
 * inherits it.
 */
import { coarsen } from "@openjmc/geo";
import { type Audience, formatDegrees, type Instant, parseInstant } from "@openjmc/model";

/** The mission's release rule for everybody outside the two components. */
export interface ReleaseRule {
  readonly gridMetres: number;
  /** Microseconds that must have passed since the time a thing speaks of. */
  readonly delay: number;
}

/** Fields that say where more finely than a coarsened place, or let the place be computed; never released outside. */
const FINE_FIELDS = new Set([
  "ellipse",
  "arrivals",
  "stations",
  "residualSeconds",
  "bearingDegrees",
  "rangeMetres",
  "bearingUncertaintyDegrees",
  "rangeUncertaintyMetres",
  "observer",
  "velocityEast",
  "velocityNorth",
  "velocityUp",
  "semiMajorMetres",
  "semiMinorMetres",
  "azimuth",
  "azimuthDegrees",
  "covariance",
  "sources",
  "link",
  "heightMetres",
  "outline",
  "leaf",
  "payload",
]);
/** Fields that tell the time a thing speaks of. */
const TIME_FIELDS = ["at", "originTime", "occurredAt", "raisedAt", "claimedAt", "receivedAt", "from"];

/** True for the people and programs of the two components, who see everything of the common room. */
export function isInside(audience: Audience): boolean {
  return audience === "common" || audience === "component";
}

/**
 * Gives the value as the audience may have it: the same object for the components; for all others a copy in which every
 * place is coarsened, every finer field is gone, and things placed and newer than the delay are left out of lists
 * (or become null).
 */
export function release(value: unknown, audience: Audience, rule: ReleaseRule, now: Instant): unknown {
  return isInside(audience) ? value : coarse(value, rule, now);
}

function coarse(value: unknown, rule: ReleaseRule, now: Instant): unknown {
  if (Array.isArray(value))
    return value.filter((item) => !isTooNew(item, rule, now)).map((item) => coarse(item, rule, now));
  if (typeof value !== "object" || value === null) return value;
  if (isTooNew(value, rule, now)) return null;
  const result: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (!FINE_FIELDS.has(name)) result[name] = coarse(inner, rule, now);
  }
  return withCoarsePlace(result, rule);
}

function withCoarsePlace(record: Record<string, unknown>, rule: ReleaseRule): Record<string, unknown> {
  const lon = numberOf(record.lon);
  const lat = numberOf(record.lat);
  if (lon === undefined || lat === undefined) return record;
  const place = coarsen({ lon, lat }, rule.gridMetres);
  const asText = typeof record.lon === "string";
  return {
    ...record,
    lon: asText ? formatDegrees(place.lon) : place.lon,
    lat: asText ? formatDegrees(place.lat) : place.lat,
  };
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d{1,3}\.\d+$/.test(value) ? Number(value) : undefined;
}

/** A placed thing whose time is not yet old enough. Things without a place carry no position to protect. */
function isTooNew(value: unknown, rule: ReleaseRule, now: Instant): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const record = value as Record<string, unknown>;
  if (!holdsPlace(record)) return false;
  const times = TIME_FIELDS.map((name) => instantOf(record[name])).filter((time) => time !== undefined);
  return times.length > 0 && Math.max(...times) > now - rule.delay;
}

function holdsPlace(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsPlace);
  const record = value as Record<string, unknown>;
  if (numberOf(record.lon) !== undefined && numberOf(record.lat) !== undefined) return true;
  return Object.values(record).some(holdsPlace);
}

function instantOf(value: unknown): Instant | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const parsed = parseInstant(value);
  return parsed.ok ? parsed.value : undefined;
}
