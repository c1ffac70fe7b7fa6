/** Days that a text names, absolute and relative, in its language. */
import { LEXICONS } from "../lexicon/index.ts";
import { anyOf, whole } from "../lexicon/stems.ts";
import { lowerKeepingPlaces } from "../script/lower.ts";
import { SpanSet, withoutOverlaps } from "../spans.ts";
import type { PressLanguage, PressText, Span } from "../text.ts";
import { addDays, type Day, dayAt, isDay, isoDay, nearestYear, weekdayOf } from "./calendar.ts";
import { countedBack, countedOn } from "./counted.ts";
import { daysInFigures } from "./figures.ts";

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
  /** Weekdays to come: "next Tuesday". */
  readonly coming: readonly RegExp[];
  readonly relative: readonly (readonly [RegExp, number])[];
}

const DAY = "(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:[-‑’'][\\p{L}]{1,4})?";
const RANGE =
  "(?<day>\\d{1,2})(?:[-‑’'][\\p{L}]{1,4})?\\s?(?:[-–—‑]|and|to|ve|ile|и|по|və|և|(?<=[-‑’'](?:ից|dən|dan|den|ten|tan))(?=\\s))\\s?(?<last>\\d{1,2})(?:[-‑’'][\\p{L}]{1,4})?";
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
    coming: lexicon.weekdays.map(
      (pattern) => new RegExp(whole(`(?:${lexicon.coming.join("|")})\\s(?:${pattern})`), "gu"),
    ),
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
    ...daysInFigures(lower),
  ]);
  const counted = [
    ...countedBack(lower, text.language, today),
    ...patterns.relative.flatMap(([pattern, days]) => relativeTo(lower, pattern, addDays(today, days))),
  ];
  const weekdays = [
    ...patterns.coming.flatMap((pattern, weekday) => relativeTo(lower, pattern, nextWeekday(today, weekday))),
    ...patterns.weekdays.flatMap((pattern, weekday) => relativeTo(lower, pattern, lastWeekday(today, weekday))),
  ];
  const inText = withoutOverlaps([...absolute, ...notSaidTwice(absolute, counted, weekdays, lower)]);
  return withoutOverlaps([...inText, ...countedOn(lower, LEXICONS[text.language], inText, today)]);
}

/** "Tuesday, 10 November" says one day once, and so does "today, 10 November" where today is that day. */
function notSaidTwice(
  absolute: readonly DateMention[],
  counted: readonly DateMention[],
  weekdays: readonly DateMention[],
  lower: string,
): DateMention[] {
  const near = absolute.map((one) => ({ ...withNearWords(one, lower), day: one.day }));
  const all = new SpanSet(near);
  const byDay = new Map([...Map.groupBy(near, (one) => one.day)].map(([day, own]) => [day, new SpanSet(own)]));
  return [
    ...counted.filter((one) => byDay.get(one.day)?.overlaps(one) !== true),
    ...weekdays.filter((one) => !all.overlaps(one)),
  ];
}

const NEAR = 4;
/** Behind such a mark another sentence speaks, perhaps of another day. */
const SENTENCE_END = /[.!?…։\n]\s/;

function withNearWords({ start, end }: Span, lower: string): Span {
  const before = lower.slice(Math.max(0, start - NEAR), start);
  const behind = lower.slice(end, end + NEAR);
  return { start: SENTENCE_END.test(before) ? start : start - NEAR, end: SENTENCE_END.test(behind) ? end : end + NEAR };
}

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

function nextWeekday(today: Day, weekday: number): Day {
  return addDays(lastWeekday(today, weekday), 7);
}

/** The last such weekday up to the text's own day: news tell of what was. */
function lastWeekday(today: Day, weekday: number): Day {
  return addDays(today, -((weekdayOf(today) - weekday + 7) % 7));
}
