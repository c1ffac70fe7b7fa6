/** Earlier allegations that may be the same one told again: near in time and place, of the same accused. */
import { type AllegationRow, type Instant, MICROSECONDS_PER_HOUR, parseInstant } from "@openjmc/model";

const NEAR_TIME = 3 * MICROSECONDS_PER_HOUR;
const NEAR_METRES = 3_000;
const METRES_PER_DEGREE = 111_195;

/** Those received before it that are not duplicates themselves, the nearest in time first. */
export function similarTo(row: AllegationRow, rows: readonly AllegationRow[]): AllegationRow[] {
  const at = timeOf(row);
  if (at === undefined) return [];
  return rows
    .filter((other) => other.mark.index < row.mark.index && other.duplicateOf === undefined)
    .filter((other) => other.body.accused === row.body.accused || other.body.accused === undefined)
    .filter((other) => Math.abs((timeOf(other) ?? Number.POSITIVE_INFINITY) - at) <= NEAR_TIME && isNear(row, other))
    .sort((a, b) => Math.abs(timeOf(a)! - at) - Math.abs(timeOf(b)! - at));
}

function timeOf({ body }: AllegationRow): Instant | undefined {
  const parsed = body.occurredAt === undefined ? undefined : parseInstant(body.occurredAt);
  return parsed?.ok ? parsed.value : undefined;
}

/** Where one of the two names no place, time alone decides. */
function isNear(one: AllegationRow, other: AllegationRow): boolean {
  const [a, b] = [one.body.place, other.body.place];
  if (a === undefined || b === undefined) return true;
  const north = (Number(a.lat) - Number(b.lat)) * METRES_PER_DEGREE;
  const east = (Number(a.lon) - Number(b.lon)) * METRES_PER_DEGREE * Math.cos((Number(a.lat) * Math.PI) / 180);
  return Math.hypot(north, east) <= NEAR_METRES + a.uncertaintyMetres + b.uncertaintyMetres;
}
