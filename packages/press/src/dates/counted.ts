/** Days told by counting from another: "two days ago" from the text's own, "the next day" from the day named last. */
import { LEXICONS, type Lexicon } from "../lexicon/index.ts";
import { whole } from "../lexicon/stems.ts";
import { numbersOf } from "../quantities/numbers.ts";
import type { PressLanguage } from "../text.ts";
import { addDays, type Day, isoDay, parsedDay } from "./calendar.ts";
import type { DateMention } from "./dates.ts";

/** Further back no text counts in days or weeks. */
const MOST_DAYS = 400;

/** "Two days ago", "a week ago" in figures or words. */
export function countedBack(lower: string, language: PressLanguage, today: Day): DateMention[] {
  const lexicon = LEXICONS[language];
  const patterns = lexicon.countedBack.map(
    ([pattern, days]) => [new RegExp(`^(?:${pattern})(?!\\p{L})`, "u"), days] as const,
  );
  return numbersOf(lower, lexicon).flatMap((number) => {
    const behind = lower.slice(number.end, number.end + LONGEST);
    for (const [pattern, days] of patterns) {
      const match = pattern.exec(behind);
      const back = number.value * days;
      if (match === null || !Number.isInteger(back) || back > MOST_DAYS) continue;
      return [mention(number.start, number.end + match[0].length, addDays(today, -back))];
    }
    return [];
  });
}

const LONGEST = 40;

/** "The same day", "the next day": counted from the day named last before, such a one too, or from the text's own. */
export function countedOn(lower: string, lexicon: Lexicon, named: readonly DateMention[], today: Day): DateMention[] {
  const words = lexicon.countedOn
    .flatMap(([pattern, days]) =>
      [...lower.matchAll(new RegExp(whole(pattern), "gu"))].map(({ index, 0: word }) => ({
        start: index,
        end: index + word.length,
        days,
      })),
    )
    .sort((left, right) => left.start - right.start);
  const found: DateMention[] = [];
  let place = 0;
  let from = today;
  for (const { start, end, days } of words) {
    for (; place < named.length && named[place]!.end <= start; place += 1) from = dayOf(named[place]!) ?? from;
    from = addDays(from, days);
    found.push(mention(start, end, from));
  }
  return found;
}

function dayOf({ day, until }: DateMention): Day | undefined {
  return parsedDay(until ?? day);
}

function mention(start: number, end: number, day: Day): DateMention {
  return { kind: "date", start, end, day: isoDay(day), isRelative: true, hasYear: false };
}
