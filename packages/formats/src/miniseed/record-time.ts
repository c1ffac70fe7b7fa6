import { daysFromCivil } from "../instant.ts";

const DAY = 86_400_000_000;

/**
 * µs since 1970 of a day of a year with a time; undefined where there is none. Second 60 is the leap second, told as the
 * first of the next minute.
 */
export function instantOfYearDay(
  year: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (year < 1900 || year > 2200 || day < 1 || day > 366 || hour > 23 || minute > 59 || second > 60) return undefined;
  return (daysFromCivil(year, 1, 1)! + day - 1) * DAY + ((hour * 60 + minute) * 60 + second) * 1_000_000;
}
