/** Instants: integer microseconds since 1970-01-01T00:00:00Z, and their one written form. */
import { bad, good, type Result } from "./fault.ts";

/** Integer microseconds since 1970 UTC. Exact up to the year 2255 within safe integers. */
export type Instant = number;

/** A length of time in integer microseconds. */
export type Duration = number;

export const MICROSECONDS_PER_MILLISECOND = 1_000;
export const MICROSECONDS_PER_SECOND = 1_000_000;
export const MICROSECONDS_PER_MINUTE = 60 * MICROSECONDS_PER_SECOND;
export const MICROSECONDS_PER_HOUR = 60 * MICROSECONDS_PER_MINUTE;
export const MICROSECONDS_PER_DAY = 24 * MICROSECONDS_PER_HOUR;

const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));
const DAY_BEGINS = "00:00:00.000Z";
/** Rows that are written one after the other are mostly of one day: its text is made once. */
let writtenDay = Number.NaN;
let writtenDate = "";

/** RFC 3339 in UTC with exactly six fractional digits and `Z`: the only form allowed in statements. */
export function formatInstant(instant: Instant): string {
  const day = Math.floor(instant / MICROSECONDS_PER_DAY);
  if (day !== writtenDay) {
    writtenDate = new Date(day * (MICROSECONDS_PER_DAY / 1000)).toISOString().slice(0, -DAY_BEGINS.length);
    writtenDay = day;
  }
  const inDay = instant - day * MICROSECONDS_PER_DAY;
  const seconds = Math.floor(inDay / MICROSECONDS_PER_SECOND);
  const minutes = Math.floor(seconds / 60);
  const fraction = String(inDay - seconds * MICROSECONDS_PER_SECOND).padStart(6, "0");
  const [hour, minute, second] = [Math.floor(minutes / 60), minutes % 60, seconds % 60];
  return `${writtenDate}${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[second]}.${fraction}Z`;
}

const FORM = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|z|[+-]\d\d:\d\d)$/;

/**
 * Reads RFC 3339 (zero to nine fractional digits, any offset; seconds may be missing). Digits beyond the microsecond are
 * cut off. A leap second (`:60`) is read as the first instant of the next minute.
 * Errors: `instant.malformed`, `instant.impossible` (a day that the calendar does not have).
 */
export function parseInstant(text: string): Result<Instant> {
  const match = FORM.exec(text);
  if (!match)
    return bad({
      code: "instant.malformed",
      what: "time",
      expected: "RFC 3339, as 2021-03-01T03:40:00.000000Z",
      got: text.slice(0, 40),
    });
  const [, year, month, day, hour, minute, second = "0", fraction = "", zone = "Z"] = match;
  const base = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, 0);
  const check = new Date(base);
  const possible =
    check.getUTCMonth() === +month! - 1 &&
    check.getUTCDate() === +day! &&
    +hour! < 24 &&
    +minute! < 60 &&
    +second <= 60;
  if (!possible)
    return bad({
      code: "instant.impossible",
      what: "time",
      expected: "a time that the calendar has",
      got: text.slice(0, 40),
    });
  const offsetMinutes = /[Zz]/.test(zone)
    ? 0
    : (zone[0] === "-" ? -1 : 1) * (+zone.slice(1, 3) * 60 + +zone.slice(4, 6));
  const microseconds = +fraction.padEnd(6, "0").slice(0, 6);
  return good((base / 1000 - offsetMinutes * 60 + +second) * MICROSECONDS_PER_SECOND + microseconds);
}

/** The start of the minute, hour or day (UTC) that holds the instant. */
export function floorInstant(instant: Instant, unit: Duration): Instant {
  return Math.floor(instant / unit) * unit;
}
