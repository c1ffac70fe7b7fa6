/** A contingent's declarations, replayed from the record. */
import {
  type Instant,
  type PostBody,
  parseDegrees,
  parseInstant,
  type RotationBody,
  type StrengthBody,
} from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import type { DeskState } from "../state.ts";

/** Applies `strength.declared`. */
export function applyStrength(state: DeskState, entry: RecordedEntry): RowChange[] {
  const body = entry.body as unknown as StrengthBody;
  const until = body.until === undefined ? Number.POSITIVE_INFINITY : instantOf(body.until, entry.claimedAt);
  state.contingent.strengths.push({ body, from: instantOf(body.from, entry.claimedAt), until, mark: markOf(entry) });
  return [];
}

/** Applies `post.declared`. */
export function applyPost(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { name, by, place, from, until } = entry.body as unknown as PostBody;
  const [lon, lat] = [parseDegrees(place.lon, 180), parseDegrees(place.lat, 90)];
  if (!lon.ok || !lat.ok) return [];
  state.contingent.posts.push({
    ...{ code: entry.subject, name, by, lon: lon.value, lat: lat.value, uncertaintyMetres: place.uncertaintyMetres },
    from: instantOf(from, entry.claimedAt),
    ...(until === undefined ? {} : { until: instantOf(until, entry.claimedAt) }),
    mark: markOf(entry),
  });
  return [];
}

/** Applies `rotation.declared`. */
export function applyRotation(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { at, ...rest } = entry.body as unknown as RotationBody;
  const mark = markOf(entry);
  state.contingent.rotations.push({ id: entry.subject, at: instantOf(at, entry.claimedAt), ...rest, mark });
  return [];
}

function instantOf(text: string, otherwise: Instant): Instant {
  const parsed = parseInstant(text);
  return parsed.ok ? parsed.value : otherwise;
}
