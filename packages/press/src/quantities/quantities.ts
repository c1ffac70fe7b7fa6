/** Numbers with what they count, as figures or in words, with "about", "each" and "in total". */
import { LEXICONS, type Lexicon, type QuantityUnit } from "../lexicon/index.ts";
import { whole } from "../lexicon/stems.ts";
import { lowerKeepingPlaces } from "../script/lower.ts";
import { SpanSet, withinEach } from "../spans.ts";
import type { PressText, Span } from "../text.ts";
import { sentencesOf } from "../words.ts";
import { type NumberMention, numbersOf } from "./numbers.ts";
import { type UnitFound, unitBefore, unitIn } from "./units.ts";

export interface QuantityMention extends Span {
  readonly kind: "quantity";
  readonly value: number;
  readonly unit: QuantityUnit;
  readonly qualifier: "exact" | "about" | "at-least" | "more-than" | "up-to";
  /** Said of each of several, or of all together; undefined where the text does not say. */
  readonly of?: "each" | "total";
}

/** Words between a number and what it counts: "60 northern and as many southern service members". */
const REACH = 7;
/** Letters in which those words stand. */
const MOST_LETTERS = 120;

/** Every quantity outside the spans that are something else: days and times of day. */
export function quantitiesOf(text: PressText, taken: readonly Span[]): QuantityMention[] {
  const lexicon = LEXICONS[text.language];
  const lower = lowerKeepingPlaces(text.text, text.language);
  const others = new SpanSet([...taken, ...idiomsOf(lower, lexicon)]);
  const numbers = numbersOf(lower, lexicon).filter((one) => !others.overlaps(one));
  const sentences = sentencesOf(text.text, text.language);
  return withinEach(sentences, numbers).flatMap((own, place) =>
    own.flatMap((number, index) => quantityOf(number, own[index + 1], sentences[place]!, lower, lexicon)),
  );
}

function quantityOf(
  number: NumberMention,
  next: NumberMention | undefined,
  sentence: Span,
  lower: string,
  lexicon: Lexicon,
): QuantityMention[] {
  const until = Math.min(sentence.end, reachOf(lower, number, next, sentence));
  const behind = lower.slice(number.end, until);
  const before = lower.slice(Math.max(sentence.start, number.start - BEFORE), number.start);
  const found = unitOf(before, behind, lexicon);
  if (found === undefined) return [];
  const around = lower.slice(Math.max(sentence.start, number.start - 45), Math.min(sentence.end, number.end + 60));
  return [
    {
      kind: "quantity",
      start: number.start + Math.min(0, found.start),
      end: number.end + Math.max(0, found.end),
      value: number.value,
      unit: found.unit,
      qualifier: qualifierOf(
        before.slice(-28, before.length + Math.min(0, found.start)),
        behind.slice(0, Math.max(0, found.start) + 14),
        lexicon,
      ),
      ...distribution(around, lexicon),
    },
  ];
}

/** Letters before a number in which its unit or its qualifier stands. */
const BEFORE = 60;

/** Offsets from the number: negative where the unit stands before it. */
function unitOf(before: string, behind: string, lexicon: Lexicon): UnitFound | undefined {
  const percent = lexicon.percentBefore;
  if (percent !== undefined && before.endsWith(`${percent} `))
    return { unit: "percent", start: -percent.length - 1, end: 0 };
  const found = unitIn(behind, lexicon);
  if (found !== undefined) return found;
  const row = unitBefore(before, lexicon);
  return row === undefined ? undefined : { unit: row.unit, start: row.start - before.length, end: 0 };
}

/** Words that look like a number and its unit and are none: "one day" for "once". */
function idiomsOf(lower: string, lexicon: Lexicon): Span[] {
  if (lexicon.idioms.length === 0) return [];
  return [...lower.matchAll(new RegExp(whole(lexicon.idioms.join("|")), "gu"))].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Up to the next number; past it only where "and" ties both to one noun; never past a comma that begins a new clause. */
function reachOf(lower: string, number: NumberMention, next: NumberMention | undefined, sentence: Span): number {
  let until = endOfWords(lower, number.end, Math.min(sentence.end, number.end + MOST_LETTERS));
  const clause = /[,;:()]\s|[–—]/.exec(lower.slice(number.end, until));
  if (clause !== null) until = number.end + clause.index;
  if (next === undefined || next.start >= until) return until;
  const between = lower.slice(number.end, next.start);
  return TIED.test(between) ? until : next.start;
}

/** End of the last of the words that still may be what a number counts. */
function endOfWords(lower: string, from: number, to: number): number {
  let end = 0;
  let words = 0;
  for (const match of lower.slice(from, to).matchAll(/[\p{L}\p{N}%][\p{L}\p{N}’'.-]*/gu)) {
    if (words === REACH) break;
    end = match.index + match[0].length;
    words += 1;
  }
  return from + end;
}

/** Words that make two numbers share one noun. */
const TIED = /(?:^|\s)(?:and|ve|и|və|և|ու|or|to|-|–|ile)\s*$/u;

function qualifierOf(before: string, behind: string, lexicon: Lexicon): QuantityMention["qualifier"] {
  const near = (words: readonly string[]): boolean =>
    words.some((word) => new RegExp(`(?:^|[^\\p{L}])${word}\\s*(?:\\p{L}+\\s)?$`, "u").test(before));
  const after = (words: readonly string[]): boolean =>
    words.some((word) => new RegExp(`^\\s*${word}(?!\\p{L})`, "u").test(behind));
  if (near(lexicon.atLeast)) return "at-least";
  if (near(lexicon.moreThan)) return "more-than";
  if (near(lexicon.upTo)) return "up-to";
  if (
    near(lexicon.about) ||
    after(lexicon.about.filter((word) => word === "civarında" || word === "kadar" || word === "yaxın"))
  )
    return "about";
  return "exact";
}

function distribution(around: string, lexicon: Lexicon): { of?: "each" | "total" } {
  const has = (words: readonly string[]): boolean =>
    words.some((word) =>
      word.startsWith("=") ? new RegExp(`(?<!\\p{L})${word.slice(1)}\\s+\\d`, "u").test(around) : around.includes(word),
    );
  if (has(lexicon.each)) return { of: "each" };
  return has(lexicon.total) ? { of: "total" } : {};
}
