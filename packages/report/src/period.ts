/** The day that a report covers: from one cut-off to the next, in the mission's time zone. */
import {
  bad,
  type Fault,
  good,
  type Instant,
  MICROSECONDS_PER_DAY,
  MICROSECONDS_PER_HOUR,
  type Result,
} from "@openjmc/model";

export interface Period {
  readonly from: Instant;
  readonly until: Instant;
}

const malformed = (field: string, expected: string, got: string): Fault => ({
  code: "report.date",
  what: "report",
  where: { field },
  expected,
  got: got.slice(0, 20),
});

/**
 * The period that ends at the cut-off of a local date ("2021-03-01", "19:30", IANA zone). Its length is a local day, so 23 or
 * 25 hours where clocks change. Error: `report.date`.
 */
export function dailyPeriod(date: string, cutOff: string, timeZone: string): Result<Period> {
  const until = localInstant(date, cutOff, timeZone);
  if (until === undefined) return bad(malformed("date", "a date as 2021-03-01", date));
  const before = new Date(Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10) - 1))
    .toISOString()
    .slice(0, 10);
  const from = localInstant(before, cutOff, timeZone)!;
  return good({ from, until });
}

/** Instant of a wall-clock time in a zone; of two candidates (clocks set back) the first. Undefined for no date. */
export function localInstant(date: string, time: string, timeZone: string): Instant | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  const clock = /^(\d\d):(\d\d)$/.exec(time);
  if (!match || !clock) return undefined;
  const [year, month, day] = [+match[1]!, +match[2]!, +match[3]!];
  const asUtc = Date.UTC(year, month - 1, day, +clock[1]!, +clock[2]!) * 1000;
  const made = new Date(asUtc / 1000);
  if (made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day) return undefined;
  for (
    let offset = 14 * MICROSECONDS_PER_HOUR;
    offset >= -MICROSECONDS_PER_DAY / 2;
    offset -= MICROSECONDS_PER_HOUR / 4
  ) {
    if (offsetAt(asUtc - offset, timeZone) === offset) return asUtc - offset;
  }
  return asUtc - offsetAt(asUtc, timeZone);
}

/** How far a zone's wall clock is ahead of UTC at an instant, microseconds. */
function offsetAt(instant: Instant, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(instant / 1000);
  const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const wall =
    Date.UTC(value("year"), value("month") - 1, value("day"), value("hour"), value("minute"), value("second")) * 1000;
  return wall - Math.floor(instant / 1_000_000) * 1_000_000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Kept, as making one takes longer than a hundred readings of it. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  clocks.set(timeZone, made);
  return made;
}
