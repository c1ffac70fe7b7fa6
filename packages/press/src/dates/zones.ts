/** Clocks that a text names beside its times: UTC and offsets in any language, the local clock, and those that a mission's files list. */
import { LEXICONS, type Lexicon } from "../lexicon/index.ts";
import { anyOf, whole } from "../lexicon/stems.ts";
import type { PressLanguage, Span } from "../text.ts";

/** A clock by its IANA zone with stems of the words that name it. */
export interface NamedClock {
  readonly zone: string;
  readonly names: Readonly<Partial<Record<PressLanguage, readonly string[]>>>;
}

export interface ClockMention extends Span {
  /** IANA zone or `+04:00`; undefined for the local clock. */
  readonly zone: string | undefined;
}

/** "UTC", "GMT+4", "UTC +03:00"; in Cyrillic and Armenian texts too. */
const COUNTED =
  /(?<![\p{L}\p{N}])(?:utc|gmt|гринвич\p{L}{0,4}|գրինվիչ\p{L}{0,4})(?:\s?(?<sign>[+−-])\s?(?<hours>\d{1,2})(?::?(?<minutes>\d{2}))?)?(?!\p{L})/gu;
const MOST_HOURS = 14;

/** Every clock named in a text in lower case. */
export function clocksOf(lower: string, language: PressLanguage, named: readonly NamedClock[]): ClockMention[] {
  const lexicon: Lexicon = LEXICONS[language];
  const found = (pattern: string, zone: string | undefined): ClockMention[] =>
    [...lower.matchAll(new RegExp(whole(pattern), "gu"))].map((match) => ({ ...spanOf(match), zone }));
  return [
    ...[...lower.matchAll(COUNTED)].flatMap((match) => {
      const zone = offsetOf(match.groups!);
      return zone === undefined ? [] : [{ ...spanOf(match), zone }];
    }),
    ...found(lexicon.localClock.join("|"), undefined),
    ...named.flatMap(({ zone, names }) => (names[language]?.length ? found(anyOf(names[language]), zone) : [])),
  ];
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}

function offsetOf({ sign, hours = "0", minutes = "00" }: Record<string, string | undefined>): string | undefined {
  if (Number(hours) > MOST_HOURS || Number(minutes) > 59) return undefined;
  return `${sign === undefined || sign === "+" ? "+" : "-"}${hours.padStart(2, "0")}:${minutes}`;
}

const MINUTE = 60_000;
const kept = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds since 1970 of a clock's reading; of one that the clock skips, an hour on. */
export function millisecondsOf(day: string, time: string, zone: string): number {
  const naive = Date.parse(`${day}T${time === "24:00" ? "00:00" : time}:00Z`) + (time === "24:00" ? 1_440 * MINUTE : 0);
  const first = naive - aheadAt(naive, zone);
  return naive - aheadAt(first, zone);
}

/** How far a zone's clock is ahead of UTC at an instant, ms. */
function aheadAt(at: number, zone: string): number {
  const offset = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (offset !== null) return (Number(offset[2]) * 60 + Number(offset[3])) * MINUTE * (offset[1] === "-" ? -1 : 1);
  let format = kept.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
      ...{ hour: "numeric", minute: "numeric" },
    });
    kept.set(zone, format);
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const of = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name)!;
  const shown = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"));
  return shown - Math.floor(at / MINUTE) * MINUTE;
}
