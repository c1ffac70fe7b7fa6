/** Times in statements: RFC 3339 in UTC with exactly six fractional digits; inside, integer microseconds since 1970. */
import { bad, good, type Result, shown } from "../fault.ts";

const FORM = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$/;

export function formatStatementTime(instant: number): string {
  const milliseconds = Math.floor(instant / 1000);
  const rest = String(instant - milliseconds * 1000).padStart(3, "0");
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`;
}

// A statement's time is asked for by its reader, its replay and its story in turn.
let lastText: string | undefined;
let lastInstant: number | undefined;

/** The inverse; nothing else is accepted. Errors: `statement.time`. */
export function parseStatementTime(text: unknown, field = "at"): Result<number> {
  if (typeof text === "string" && text !== lastText) {
    lastInstant = FORM.test(text) ? instantOf(text) : undefined;
    lastText = text;
  }
  const instant = typeof text === "string" ? lastInstant : undefined;
  if (instant !== undefined) return good(instant);
  return bad({
    ...{ code: "statement.time", what: "time", where: { field } },
    ...{ expected: "RFC 3339 in UTC with six fractional digits", got: shown(text) },
  });
}

const MICROSECONDS_PER_SECOND = 1_000_000;
const SECONDS_PER_DAY = 86_400;
const DAYS_PER_ERA = 146_097;
/** Days from the first of March of the year 0 to 1970. */
const DAYS_TO_1970 = 719_468;

/** Undefined for a day or an hour that there is not. Every statement has a time, so it is reckoned without a `Date`. */
function instantOf(text: string): number | undefined {
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)];
  const [hour, minute, second] = [digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2)];
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
  if (!exists || hour > 23 || minute > 59 || second > 59) return undefined;
  const seconds = daysSince1970(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
  const instant = seconds * MICROSECONDS_PER_SECOND + digits(text, 20, 6);
  return Number.isSafeInteger(instant) ? instant : undefined;
}

function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let place = at; place < at + count; place++) value = value * 10 + text.charCodeAt(place) - 0x30;
  return value;
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

/** Years begin in March here, so that the leap day is the last of its year. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_1970;
}
