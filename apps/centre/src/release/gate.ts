/**
 * The one gate out. Whatever leaves the two components passes `release`: places no finer than the mission's grid, nothing
 * about a place sooner than its delay. It works on values before they are written in any format, so that every format
 * inherits it.
 */
import { coarsen, coarseningErrorMetres } from "@openjmc/geo";
import { type Audience, formatDegrees, type Instant, type LonLat, parseInstant } from "@openjmc/model";
import { withoutCoordinates } from "./without-coordinates.ts";

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
  "serial",
  "heightMetres",
  "outline",
  "leaf",
  "payload",
  // Through whose hands a file went names people, and where it was taken is as fine as a device tells it.
  "custody",
  "derivation",
  // Who has spoken to the centre, and who belongs to whom.
  "sourceGroups",
  "tie",
  // Where nobody would hear what is done.
  "hearing",
  "noiseDecibels",
]);
/**
 * Of a round: how far off it landed narrows both ends down; a flight of an aircraft is a name. What another system says of a thing
 * names people and patrols.
 */
const FINE_PARTS = new Set(["flight", "thing"]);
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
  if (typeof value === "string") return withoutCoordinates(value);
  if (Array.isArray(value))
    return value.filter((item) => !isTooNew(item, rule, now)).map((item) => coarse(item, rule, now));
  if (typeof value !== "object" || value === null) return value;
  if (isTooNew(value, rule, now)) return null;
  const result: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (FINE_FIELDS.has(name) || (FINE_PARTS.has(name) && typeof inner === "object")) continue;
    result[name] = name === "coordinates" ? coarseCoordinates(inner, rule) : coarse(inner, rule, now);
  }
  return withCoarsePlace(value as Readonly<Record<string, unknown>>, result, rule);
}

/** GeoJSON positions at whatever depth (RFC 7946: longitude, latitude, perhaps height). */
function coarseCoordinates(value: unknown, rule: ReleaseRule): unknown {
  if (!Array.isArray(value)) return null;
  const [lon, lat] = value as readonly unknown[];
  if (typeof lon !== "number" || typeof lat !== "number") return value.map((inner) => coarseCoordinates(inner, rule));
  const place = coarsePlace({ lon, lat }, rule.gridMetres);
  return [place.lon, place.lat];
}

/**
 * The middle of the grid's cell with as many digits as the grid bears: to about a fiftieth of a cell, so that no reader takes
 * it for finer than it is. Passing it through again gives the same place.
 */
export function coarsePlace(place: LonLat, gridMetres: number): LonLat {
  const { lon, lat } = coarsen(place, gridMetres);
  const digits = Math.min(7, Math.max(0, Math.ceil(Math.log10(METRES_PER_DEGREE / (gridMetres / 50)))));
  return { lon: Number(lon.toFixed(digits)), lat: Number(lat.toFixed(digits)) };
}

const METRES_PER_DEGREE = 111_000;

/** Puts the middle of the grid's cell in the place of the position, and says how far the truth may lie from it. */
function withCoarsePlace(
  fine: Readonly<Record<string, unknown>>,
  record: Record<string, unknown>,
  rule: ReleaseRule,
): Record<string, unknown> {
  const lon = numberOf(fine.lon);
  const lat = numberOf(fine.lat);
  if (lon === undefined || lat === undefined) {
    // Half a place cannot be coarsened, and is a line on the map all the same.
    const { lon: _lon, lat: _lat, ...rest } = record;
    return rest;
  }
  const place = coarsePlace({ lon, lat }, rule.gridMetres);
  const uncertaintyMetres = uncertaintyOf(fine);
  const asText = typeof fine.lon === "string";
  return {
    ...record,
    lon: asText ? formatDegrees(place.lon) : place.lon,
    lat: asText ? formatDegrees(place.lat) : place.lat,
    ...(uncertaintyMetres !== undefined
      ? { uncertaintyMetres: Math.max(uncertaintyMetres, Math.ceil(coarseningErrorMetres(place, rule.gridMetres))) }
      : {}),
  };
}

/** As stated, or from the ellipse, which itself does not go out. */
function uncertaintyOf({ uncertaintyMetres, ellipse }: Readonly<Record<string, unknown>>): number | undefined {
  if (typeof uncertaintyMetres === "number") return uncertaintyMetres;
  const semiMajor = (ellipse as { readonly semiMajorMetres?: unknown } | null | undefined)?.semiMajorMetres;
  return typeof semiMajor === "number" && Number.isFinite(semiMajor) ? Math.ceil(semiMajor) : undefined;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d{1,3}\.\d+$/.test(value) ? Number(value) : undefined;
}

/**
 * A placed thing whose time is not yet old enough, or a thing one of whose parts is (a finding with its proposal, an allegation
 * with its body). Lists in it are not its parts: their items are judged one by one. Without a place there is nothing to protect.
 */
function isTooNew(value: unknown, rule: ReleaseRule, now: Instant): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const record = value as Readonly<Record<string, unknown>>;
  if (!holdsPlace(record)) return false;
  const times = TIME_FIELDS.map((name) => instantOf(record[name])).filter((time) => time !== undefined);
  if (times.length > 0 && Math.max(...times) > now - rule.delay) return true;
  return Object.values(record).some((part) => isTooNew(part, rule, now));
}

function holdsPlace(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsPlace);
  const record = value as Record<string, unknown>;
  if (numberOf(record.lon) !== undefined && numberOf(record.lat) !== undefined) return true;
  if (Array.isArray(record.coordinates)) return true;
  return Object.values(record).some(holdsPlace);
}

function instantOf(value: unknown): Instant | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const parsed = parseInstant(value);
  return parsed.ok ? parsed.value : undefined;
}
