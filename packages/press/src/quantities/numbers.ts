/** Numbers in figures and in words. */
import type { Lexicon } from "../lexicon/index.ts";
import { isOfStem } from "../lexicon/stems.ts";
import type { Span } from "../text.ts";

export interface NumberMention extends Span {
  readonly value: number;
}

/** Thousands parted by comma, dot, apostrophe or a space of any width; one or two decimals; then a written power. */
const FIGURES =
  /(?<![\p{L}\p{N}.,:/-])(?:\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d))(?![:/]\d)/gu;

const WORD = /[\p{L}\p{M}]+/gu;

/** Every number of a text in lower case, those in words included; the figure 1 alone as a word ("one", "a") counts like any. */
export function numbersOf(lower: string, lexicon: Lexicon): NumberMention[] {
  const figures = [...lower.matchAll(FIGURES)].map((match) => withPower(match, lower, lexicon));
  const written = writtenNumbers(lower, lexicon).filter(
    (one) => !figures.some((figure) => one.start < figure.end && figure.start < one.end),
  );
  return thousandsJoined(
    [...figures, ...written].sort((left, right) => left.start - right.start),
    lower,
  );
}

/** "Bin 960", "2 тысячи 300": thousands in words before the rest in figures are one number. */
function thousandsJoined(numbers: readonly NumberMention[], lower: string): NumberMention[] {
  const joined: NumberMention[] = [];
  for (const one of numbers) {
    const last = joined.at(-1);
    const isRest = last !== undefined && last.value >= 1000 && last.value % 1000 === 0 && one.value < 1000;
    const isWritten = last !== undefined && /\p{L}/u.test(lower[last.end - 1]!);
    if (isRest && isWritten && /^[ \u00a0]$/.test(lower.slice(last.end, one.start)))
      joined[joined.length - 1] = { start: last.start, end: one.end, value: last.value + one.value };
    else joined.push(one);
  }
  return joined;
}

function withPower(match: RegExpExecArray, lower: string, lexicon: Lexicon): NumberMention {
  const start = match.index;
  const end = start + match[0].length;
  const value = figureValue(match[0]);
  const next = /^\s*([\p{L}]+)\.?/u.exec(lower.slice(end));
  const power = next === null ? undefined : numeralOf(next[1]!, lexicon);
  if (power !== undefined && power >= 1000) return { start, end: end + next![0].length, value: value * power };
  return { start, end, value };
}

function figureValue(text: string): number {
  const grouped = /^\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3})+$/.test(text);
  return Number(grouped ? text.replace(/\D/g, "") : text.replace(",", "."));
}

interface Numerals {
  readonly whole: ReadonlyMap<string, number>;
  readonly stems: readonly (readonly [stem: string, value: number])[];
}

const kept = new WeakMap<Lexicon, Numerals>();

function numeralsOf(lexicon: Lexicon): Numerals {
  const known = kept.get(lexicon);
  if (known !== undefined) return known;
  const all = Object.entries(lexicon.numerals);
  const made = {
    whole: new Map(
      all.filter(([stem]) => stem.startsWith("=")).map(([stem, value]) => [stem.slice(1), value] as const),
    ),
    stems: all.filter(([stem]) => !stem.startsWith("=")),
  };
  kept.set(lexicon, made);
  return made;
}

function numeralOf(word: string, lexicon: Lexicon): number | undefined {
  const { whole, stems } = numeralsOf(lexicon);
  return whole.get(word) ?? stems.find(([stem]) => isOfStem(word, stem))?.[1];
}

/** Runs of written numbers: "one thousand nine hundred and sixty". */
function writtenNumbers(lower: string, lexicon: Lexicon): NumberMention[] {
  const found: NumberMention[] = [];
  let run: { start: number; end: number; sum: number; part: number } | undefined;
  const close = (): void => {
    if (run !== undefined) found.push({ start: run.start, end: run.end, value: run.sum + run.part });
    run = undefined;
  };
  for (const match of lower.matchAll(WORD)) {
    const value = numeralOf(match[0], lexicon);
    const end = match.index + match[0].length;
    if (value === undefined) {
      if (run === undefined || !lexicon.numeralJoiners.includes(match[0])) close();
      continue;
    }
    if (run !== undefined && !/^[\s-]*(?:and)?[\s-]*$/.test(lower.slice(run.end, match.index))) close();
    run ??= { start: match.index, end, sum: 0, part: 0 };
    run.end = end;
    if (value >= 1000) {
      run.sum += Math.max(1, run.part) * value;
      run.part = 0;
    } else if (value === 100) run.part = Math.max(1, run.part) * value;
    else run.part += value;
  }
  close();
  return found;
}
