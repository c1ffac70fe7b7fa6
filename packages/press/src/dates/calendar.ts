/** Days of the calendar as a text means them: proleptic Gregorian, without time. */
import type { Instant } from "@openjmc/model";

export interface Day {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

const MILLISECONDS = 86_400_000;

/** The day of an instant where the outlet is. */
export function dayAt(at: Instant, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const [year, month, day] = parts
    .format(at / 1000)
    .split("-")
    .map(Number);
  return { year: year!, month: month!, day: day! };
}

export function addDays(from: Day, days: number): Day {
  const date = new Date(Date.UTC(from.year, from.month - 1, from.day) + days * MILLISECONDS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Monday is 0. */
export function weekdayOf({ year, month, day }: Day): number {
  return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
}

export function isDay({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export function daysBetween(from: Day, to: Day): number {
  return (Date.UTC(to.year, to.month - 1, to.day) - Date.UTC(from.year, from.month - 1, from.day)) / MILLISECONDS;
}

/** A day without a year is the one nearest to the day of the text. */
export function nearestYear(month: number, day: number, near: Day): Day | undefined {
  const candidates = [near.year - 1, near.year, near.year + 1].map((year) => ({ year, month, day })).filter(isDay);
  return candidates.sort((left, right) => Math.abs(daysBetween(near, left)) - Math.abs(daysBetween(near, right)))[0];
}

export function isoDay({ year, month, day }: Day): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** The day of `2020-11-10`; undefined where only a month stands. */
export function parsedDay(iso: string): Day | undefined {
  const [year, month, day] = iso.split("-").map(Number);
  return day === undefined ? undefined : { year: year!, month: month!, day };
}
