/** Days written in figures alone. */
import { isDay, isoDay } from "./calendar.ts";
import type { DateMention } from "./dates.ts";

const NUMERIC =
  /(?<![\d.,/-])(?:(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})|(?<a>\d{1,2})(?<sep>[./])(?<b>\d{1,2})\k<sep>(?<year>\d{4}))(?![\d/-])/g;

/** Days in figures: ISO 8601, and day before month, or the other way where only that is a day. */
export function daysInFigures(text: string): DateMention[] {
  return [...text.matchAll(NUMERIC)].flatMap((match) => {
    const { y, m, d, a, b, year } = match.groups!;
    const days =
      y === undefined
        ? [
            { year: Number(year), month: Number(b), day: Number(a) },
            { year: Number(year), month: Number(a), day: Number(b) },
          ]
        : [{ year: Number(y), month: Number(m), day: Number(d) }];
    const day = days.find(isDay);
    if (day === undefined) return [];
    const span = { start: match.index, end: match.index + match[0].length };
    return [{ kind: "date" as const, ...span, day: isoDay(day), isRelative: false, hasYear: true }];
  });
}
