/** Calendar days in the time zones of the tz database, by the runtime's own tables. */
import { type Instant, MICROSECONDS_PER_MINUTE } from "@openjmc/model";

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The instant at which a day begins in a time zone: 00:00, or the first moment after it where the clocks skip midnight. */
export function startOfDay(day: Day, timeZone: string): Instant {
  const key = `${day} ${timeZone}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  // An agreement asks for few days, many times; should it ask for very many, remembering begins anew.
  if (starts.size >= 10_000) starts.clear();
  const start = findStart(day, timeZone);
  starts.set(key, start);
  return start;
}

const starts = new Map<string, Instant>();

function findStart(day: Day, timeZone: string): Instant {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Offsets differ by at most a day from UTC and change at most once nearby: try what holds on either side.
  const candidates = [-1, 0, 1].map(
    (days) => midnight - offsetMinutes(midnight + days * 86_400_000, timeZone) * 60_000,
  );
  const exact = candidates.filter((instant) => instant + offsetMinutes(instant, timeZone) * 60_000 === midnight);
  if (exact.length > 0) return Math.min(...exact) * 1000;
  return firstInstantOf(day, timeZone, Math.min(...candidates), Math.max(...candidates)) * 1000;
}

/** The day that an instant falls on in a time zone. */
export function dayOf(at: Instant, timeZone: string): Day {
  const milliseconds = Math.floor(at / 1000);
  return isoDay(milliseconds + offsetMinutes(milliseconds, timeZone) * 60_000);
}

/** A day moved by whole days. */
export function addDays(day: Day, days: number): Day {
  return isoDay(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000);
}

/** A day moved by whole months; a day that the target month lacks becomes that month's last (29 February becomes 28). */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const total = year * 12 + (month - 1) + months;
  const last = new Date(Date.UTC(Math.floor(total / 12), (((total % 12) + 12) % 12) + 1, 0)).getUTCDate();
  return isoDay(Date.UTC(Math.floor(total / 12), ((total % 12) + 12) % 12, Math.min(date, last)));
}

/** Whole days from one day to another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

function isoDay(milliseconds: number): Day {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Local time minus UTC, in minutes (seconds of historic local mean times are rounded away). */
function offsetMinutes(milliseconds: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(milliseconds)
      .map(({ type, value }) => [type, value]),
  );
  const local = Date.UTC(+parts.year!, +parts.month! - 1, +parts.day!, +parts.hour!, +parts.minute!, +parts.second!);
  return Math.round((local - Math.floor(milliseconds / 1000) * 1000) / 60_000);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-u-ca-iso8601", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formats.set(timeZone, format);
  return format;
}

/** Where midnight itself does not exist: the first minute of the day, by halving. */
function firstInstantOf(day: Day, timeZone: string, low: number, high: number): number {
  let before = low - 86_400_000;
  let after = high + 86_400_000;
  while (after - before > MICROSECONDS_PER_MINUTE / 1000) {
    const middle = Math.floor((before + after) / 2 / 60_000) * 60_000;
    if (dayOf(middle * 1000, timeZone) < day) before = middle;
    else after = middle;
  }
  return after;
}
