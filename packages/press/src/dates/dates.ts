/** Days that a text names, absolute and relative, in its language. */
import { LEXICONS } from "../lexicon/index.ts";
import { anyOf, whole } from "../lexicon/stems.ts";
import { lowerKeepingPlaces } from "../script/lower.ts";
import { SpanSet, withoutOverlaps } from "../spans.ts";
import type { PressLanguage, PressText, Span } from "../text.ts";
import { addDays, type Day, dayAt, isDay, isoDay, nearestYear, weekdayOf } from "./calendar.ts";

/** A day, or a month where no day is named. */
export interface DateMention extends Span {
  readonly kind: "date";
  /** `2020-11-10`, or `2020-11` where only the month is named. */
  readonly day: string;
  /** Last day of a range such as "10-12 November". */
  readonly until?: string;
  /** Counted from the text's own day: "yesterday", "on Tuesday". */
  readonly isRelative: boolean;
  /** Whether the year stands in the text, or is the one nearest to its day. */
  readonly hasYear: boolean;
}

interface Patterns {
  readonly months: readonly RegExp[];
  readonly absolute: readonly RegExp[];
  readonly ranges: readonly RegExp[];
  readonly weekdays: readonly RegExp[];
  readonly relative: readonly (readonly [RegExp, number])[];
}

const DAY = "(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:[-‑’'][\\p{L}]{1,4})?";
const RANGE =
  "(?<day>\\d{1,2})(?:[-‑’'][\\p{L}]{1,4})?\\s?(?:[-–—‑]|and|to|ve|ile|и|по|və)\\s?(?<last>\\d{1,2})(?:[-‑’'][\\p{L}]{1,4})?";
const YEAR = "(?<year>(?:19|20)\\d{2})(?:[’'][\\p{L}]{1,4})?";

const kept = new Map<PressLanguage, Patterns>();

function patternsOf(language: PressLanguage): Patterns {
  const known = kept.get(language);
  if (known !== undefined) return known;
  const lexicon = LEXICONS[language];
  const month = `(?<month>${anyOf(lexicon.months.flat())})(?:[’'][\\p{L}]{1,5})?`;
  const filled = (pattern: string, day: string): string =>
    pattern
      .replace("{D}", day)
      .replace("{M}", month)
      .replace("{Y}", YEAR)
      .replaceAll(" ?", "[\\s\\u00a0]{0,2}")
      .replaceAll(" ", "[\\s\\u00a0]{1,3}");
  const made: Patterns = {
    months: lexicon.months.map((stems) => new RegExp(`^${anyOf(stems)}`, "u")),
    absolute: lexicon.datePatterns.map((pattern) => new RegExp(whole(filled(pattern, DAY)), "gu")),
    ranges: lexicon.datePatterns
      .filter((pattern) => pattern.includes("{D}"))
      .map((pattern) => new RegExp(whole(filled(pattern, RANGE)), "gu")),
    weekdays: lexicon.weekdays.map((pattern) => new RegExp(whole(`${pattern}`), "gu")),
    relative: lexicon.relativeDays.map(([pattern, days]) => [new RegExp(whole(pattern), "gu"), days] as const),
  };
  kept.set(language, made);
  return made;
}

/** Every day that the text names. */
export function datesOf(text: PressText): DateMention[] {
  const lower = lowerKeepingPlaces(text.text, text.language);
  const today = dayAt(text.publishedAt, text.timeZone);
  const patterns = patternsOf(text.language);
  const absolute = withoutOverlaps([
    ...[...patterns.ranges, ...patterns.absolute].flatMap((pattern) =>
      named(lower, text.text, pattern, patterns, today),
    ),
    ...numeric(lower),
  ]);
  const relative = withoutOverlaps([
    ...patterns.relative.flatMap(([pattern, days]) => relativeTo(lower, pattern, addDays(today, days))),
    ...patterns.weekdays.flatMap((pattern, weekday) => relativeTo(lower, pattern, lastWeekday(today, weekday))),
  ]);
  // "Tuesday, 10 November" and "today, 10 November" say one day once.
  const around = new SpanSet(absolute.map(({ start, end }) => ({ start: start - NEAR, end: end + NEAR })));
  const own = relative.filter((one) => !around.overlaps(one));
  return [...absolute, ...own].sort((left, right) => left.start - right.start);
}

const NEAR = 4;

function named(lower: string, text: string, pattern: RegExp, patterns: Patterns, today: Day): DateMention[] {
  return [...lower.matchAll(pattern)].flatMap((match) => {
    const span = { start: match.index, end: match.index + match[0].length };
    const groups = match.groups!;
    const month = patterns.months.findIndex((one) => one.test(groups.month!)) + 1;
    // "May" and "March" are also verbs: as months they have a capital.
    const at = match.index + match[0].indexOf(groups.month!);
    if (/^(?:may|march)$/.test(groups.month!) && !/\p{Lu}/u.test(text[at]!)) return [];
    const year = groups.year === undefined ? undefined : Number(groups.year);
    if (groups.day === undefined)
      return year === undefined
        ? []
        : [{ kind: "date", ...span, day: isoMonth(year, month), isRelative: false, hasYear: true }];
    const day = dayOf(Number(groups.day), month, year, today);
    if (day === undefined) return [];
    const last = groups.last === undefined ? undefined : { ...day, day: Number(groups.last) };
    if (last !== undefined && (!isDay(last) || last.day <= day.day)) return [];
    return [
      {
        kind: "date",
        ...span,
        day: isoDay(day),
        ...(last && { until: isoDay(last) }),
        isRelative: false,
        hasYear: year !== undefined,
      },
    ];
  });
}

function isoMonth(year: number, month: number): string {
  return isoDay({ year, month, day: 1 }).slice(0, 7);
}

function dayOf(day: number, month: number, year: number | undefined, today: Day): Day | undefined {
  if (year === undefined) return nearestYear(month, day, today);
  return isDay({ year, month, day }) ? { year, month, day } : undefined;
}

const NUMERIC =
  /(?<![\d.,/-])(?:(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})|(?<a>\d{1,2})(?<sep>[./])(?<b>\d{1,2})\k<sep>(?<year>\d{4}))(?![\d/-])/g;

/** Days in figures: ISO 8601, and day before month, or the other way where only that is a day. */
function numeric(text: string): DateMention[] {
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

function relativeTo(lower: string, pattern: RegExp, day: Day): DateMention[] {
  return [...lower.matchAll(pattern)].map((match) => ({
    kind: "date",
    start: match.index,
    end: match.index + match[0].length,
    day: isoDay(day),
    isRelative: true,
    hasYear: false,
  }));
}

/** The last such weekday up to the text's own day: news tell of what was. */
function lastWeekday(today: Day, weekday: number): Day {
  return addDays(today, -((weekdayOf(today) - weekday + 7) % 7));
}
