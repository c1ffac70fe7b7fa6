/** Numbers with what they count, as figures or in words, with "about", "each" and "in total". */
import { LEXICONS, type Lexicon, type QuantityUnit } from "../lexicon/index.ts";
import { isOfStem } from "../lexicon/stems.ts";
import { lowerKeepingPlaces } from "../script/lower.ts";
import { SpanSet, withinEach } from "../spans.ts";
import type { PressText, Span } from "../text.ts";
import { sentencesOf } from "../words.ts";
import { type NumberMention, numbersOf } from "./numbers.ts";

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
  const others = new SpanSet(taken);
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
  const found = unitIn(behind, lexicon);
  if (found === undefined) return [];
  const before = lower.slice(Math.max(sentence.start, number.start - 28), number.start);
  const around = lower.slice(Math.max(sentence.start, number.start - 45), Math.min(sentence.end, number.end + 60));
  return [
    {
      kind: "quantity",
      start: number.start,
      end: number.end + found.end,
      value: number.value,
      unit: found.unit,
      qualifier: qualifierOf(before, behind.slice(0, found.start + 14), lexicon),
      ...distribution(around, lexicon),
    },
  ];
}

/** Up to the next number; past it only where "and" ties both to one noun; never past a comma that begins a new clause. */
function reachOf(lower: string, number: NumberMention, next: NumberMention | undefined, sentence: Span): number {
  const words = [
    ...lower
      .slice(number.end, Math.min(sentence.end, number.end + MOST_LETTERS))
      .matchAll(/[\p{L}\p{N}%][\p{L}\p{N}’'.-]*/gu),
  ].slice(0, REACH);
  const last = words.at(-1);
  let until = last === undefined ? number.end : number.end + last.index + last[0].length;
  const clause = /[,;:()]\s|[–—]/.exec(lower.slice(number.end, until));
  if (clause !== null) until = number.end + clause.index;
  if (next === undefined || next.start >= until) return until;
  const between = lower.slice(number.end, next.start);
  return TIED.test(between) ? until : next.start;
}

/** Words that make two numbers share one noun. */
const TIED = /(?:^|\s)(?:and|ve|и|və|և|ու|or|to|-|–|ile)\s*$/u;

function unitIn(behind: string, lexicon: Lexicon): { unit: QuantityUnit; start: number; end: number } | undefined {
  let best: { unit: QuantityUnit; start: number; end: number } | undefined;
  const percent = /^\s?%/.exec(behind);
  if (percent !== null) return { unit: "percent", start: 0, end: percent[0].length };
  for (const match of behind.matchAll(/[\p{L}][\p{L}\p{M}]*/gu)) {
    const rest = behind.slice(match.index);
    for (const [unit, stems] of lexicon.units) {
      const stem = stems.find((one) => startsWithStem(rest, match[0], one));
      if (stem === undefined) continue;
      const length = Math.max(match[0].length, wordsLength(rest, stem));
      const found = { unit, start: match.index, end: match.index + length };
      if (best === undefined || preferred(found, best)) best = found;
    }
    if (best !== undefined && !isSoft(best.unit)) break;
  }
  return best;
}

/** "60 people killed", "three wounded soldiers": the sharper word wins over the plain one beside it. */
function preferred(found: { unit: QuantityUnit }, best: { unit: QuantityUnit }): boolean {
  return isSoft(best.unit) && !isSoft(found.unit) && SHARPER.has(found.unit);
}

const isSoft = (unit: QuantityUnit): boolean => unit === "person" || unit === "equipment";
const SHARPER: ReadonlySet<QuantityUnit> = new Set(["killed", "wounded", "missing", "service-member"]);

function startsWithStem(rest: string, word: string, stem: string): boolean {
  if (stem.startsWith("=")) return isOfStem(word, stem);
  return rest.startsWith(stem);
}

/** A unit of two words ends with the second. */
function wordsLength(rest: string, stem: string): number {
  if (!stem.includes(" ")) return 0;
  return /^[\p{L}\p{M} ]*?(?=[^\p{L}\p{M}]|$)/u.exec(rest.slice(stem.length))![0].length + stem.length;
}

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
