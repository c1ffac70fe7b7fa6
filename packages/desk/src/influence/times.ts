/** Times of bodies that the desk has checked; a record of another desk may hold what this one would not have taken. */
import { type Instant, type PlaceBody, parseDegrees, parseInstant } from "@openjmc/model";
import type { RecordedEntry } from "../entry.ts";

/** The time in a field, or the statement's own where it cannot be read. */
export function instantIn(entry: RecordedEntry, field: string): Instant {
  const parsed = parseInstant(String(entry.body[field]));
  return parsed.ok ? parsed.value : entry.claimedAt;
}

/** The field's point as rows hold it. */
export function pointIn(entry: RecordedEntry): { readonly lon: number; readonly lat: number } | object {
  const place = entry.body.place as PlaceBody | undefined;
  if (!place) return {};
  const lon = parseDegrees(place.lon, 180);
  const lat = parseDegrees(place.lat, 90);
  return lon.ok && lat.ok ? { lon: lon.value, lat: lat.value } : {};
}
