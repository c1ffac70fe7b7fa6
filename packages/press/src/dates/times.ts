/** Times of day, each on the clock that the text names beside it or, where it names none, on its outlet's: that is told apart. */
import { LEXICONS } from "../lexicon/index.ts";
import { whole } from "../lexicon/stems.ts";
import { lowerKeepingPlaces } from "../script/lower.ts";
import type { PressText, Span } from "../text.ts";
import { sentencesOf } from "../words.ts";
import type { DateMention } from "./dates.ts";
import { type ClockMention, clocksOf, millisecondsOf, type NamedClock } from "./zones.ts";

export interface TimeMention extends Span {
  readonly kind: "time";
  /** `HH:MM`. */
  readonly time: string;
  /** Day of the same sentence to which it belongs; undefined where none stands there. */
  readonly day?: string;
  /** IANA zone or `+04:00`. */
  readonly zone: string;
  /** Nothing was said of its clock: it is taken for the outlet's. */
  readonly isZoneAssumed: boolean;
  /** In UTC, `2020-11-10T00:00Z`; where its day is known. */
  readonly utc?: string;
}

const CLOCK =
  /(?<![\d:.])(?<hour>[01]?\d|2[0-4]):(?<minute>[0-5]\d)(?!\d|[\d:]*\d{3})(?::[0-5]\d)?(?:\s?(?<half>[ap])\.?m\b\.?)?/g;
/** "3.40": a time only behind a word for it, or before or behind a named clock. */
const DOTTED = /(?<![\d.,:])(?<hour>[01]?\d|2[0-3])\.(?<minute>[0-5]\d)(?![\d.,]*\d)(?:\s?(?<half>[ap])\.?m\b\.?)?/g;
/** Letters within which a clock is named behind a time, and before it. */
const BEHIND = 26;
const BEFORE = 34;

/** Every time of day; `dates` are the days of the same text. */
export function timesOf(text: PressText, dates: readonly DateMention[], named: readonly NamedClock[]): TimeMention[] {
  const lower = lowerKeepingPlaces(text.text, text.language);
  const clocks = clocksOf(lower, text.language, named);
  const sentences = sentencesOf(text.text, text.language);
  const ofDates = (span: Span): boolean => dates.some((date) => span.start < date.end && date.start < span.end);
  const found = [
    ...[...lower.matchAll(CLOCK)],
    ...[...lower.matchAll(DOTTED)].filter((match) => isTime(match, lower, text, clocks)),
  ].sort((left, right) => left.index - right.index);
  return found.flatMap((match) => {
    const span = { start: match.index, end: match.index + match[0].trimEnd().length };
    const time = clockTime(match.groups!);
    if (time === undefined || ofDates(span)) return [];
    const sentence = sentences.find((one) => one.start <= span.start && span.end <= one.end) ?? span;
    return [mentionOf(text, span, time, sentence, lower, clocks, dates)];
  });
}

function mentionOf(
  text: PressText,
  span: Span,
  time: string,
  sentence: Span,
  lower: string,
  clocks: readonly ClockMention[],
  dates: readonly DateMention[],
): TimeMention {
  const clock = clockOf(span, sentence, lower, clocks);
  const zone = clock === undefined ? text.timeZone : (clock.zone ?? text.localTimeZone ?? text.timeZone);
  const day = nearestDay(span, sentence, dates);
  const utc =
    day === undefined ? undefined : `${new Date(millisecondsOf(day, time, zone)).toISOString().slice(0, 16)}Z`;
  return {
    ...{ kind: "time", ...span, time, zone, isZoneAssumed: clock === undefined },
    ...(day === undefined ? {} : { day }),
    ...(utc === undefined ? {} : { utc }),
  };
}

function clockTime({ hour, minute, half }: Record<string, string | undefined>): string | undefined {
  const said = Number(hour);
  if (half !== undefined && (said < 1 || said > 12)) return undefined;
  if (said === 24 && minute !== "00") return undefined;
  const hours = half === undefined ? said : (said % 12) + (half === "p" ? 12 : 0);
  return `${String(hours).padStart(2, "0")}:${minute}`;
}

function isTime(match: RegExpExecArray, lower: string, text: PressText, clocks: readonly ClockMention[]): boolean {
  if (match.groups!.half !== undefined) return true;
  const end = match.index + match[0].length;
  const { clockWords } = LEXICONS[text.language];
  const isSaid = new RegExp(`${whole(clockWords.join("|"))}\\s$`, "u").test(
    lower.slice(Math.max(0, match.index - BEFORE), match.index),
  );
  return isSaid || clocks.some((clock) => gapBetween(clock, { start: match.index, end }) <= 2);
}

function gapBetween(left: Span, right: Span): number {
  return Math.max(0, Math.max(left.start, right.start) - Math.min(left.end, right.end));
}

/** The clock behind it, also behind the other end of a span; else the one before, unless another time lies between. */
function clockOf(time: Span, sentence: Span, lower: string, clocks: readonly ClockMention[]): ClockMention | undefined {
  const own = clocks.filter((clock) => clock.start >= sentence.start && clock.end <= sentence.end);
  const behind = own
    .filter((clock) => clock.start >= time.end && clock.start - time.end <= BEHIND)
    .filter((clock) => REACHES.test(lower.slice(time.end, clock.start)))
    .sort((left, right) => left.start - right.start)[0];
  const before = own
    .filter((clock) => clock.end <= time.start && time.start - clock.end <= BEFORE)
    .filter((clock) => !/[\d()]/.test(lower.slice(clock.end, time.start)))
    .sort((left, right) => right.end - left.end)[0];
  // "At the one's time 11.00 (the other's 08.00)": what stands right before another time is that one's clock.
  const isOfNext = behind !== undefined && /^\s?\d{1,2}[:.]\d{2}/.test(lower.slice(behind.end));
  return behind === undefined || (isOfNext && before !== undefined) ? before : behind;
}

/** An ending, the other end of a span in figures, a bracket or a comma; no other words with figures, and no bracket that closes. */
const REACHES = /^(?:[’'-]?\p{L}{0,4})?(?:\s?[-–—]\s?\d{1,2}[:.]\d{2}(?:[’'-]?\p{L}{0,4})?)?[\s,]*\(?[^\d();.]{0,16}$/u;

/** The nearest day of the sentence; the last one of a span of days is not meant. */
function nearestDay(time: Span, sentence: Span, dates: readonly DateMention[]): string | undefined {
  return dates
    .filter((date) => date.start >= sentence.start && date.end <= sentence.end && date.day.length === 10)
    .map((date) => ({ day: date.day, gap: gapBetween(date, time) }))
    .sort((left, right) => left.gap - right.gap)[0]?.day;
}
