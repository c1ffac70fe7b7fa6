/** Words of a text with their places, and its sentences. */
import type { PressLanguage, Span } from "./text.ts";

export interface Word extends Span {
  readonly word: string;
  readonly isCapital: boolean;
}

/** Letters with what may stand inside a word: apostrophes before endings, hyphens, the dots of an abbreviation. */
const WORD = /[\p{L}\p{M}]+(?:[’'ʼ`\-‑][\p{L}\p{M}]+)*|\d+(?:[’'ʼ\-‑][\p{L}\p{M}]+)?/gu;

export function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    word: match[0],
    start: match.index,
    end: match.index + match[0].length,
    isCapital: /^\p{Lu}/u.test(match[0]),
  }));
}

/** The end of a sentence: a mark and a space before a capital, a quote or the end; not behind an abbreviation or an initial. */
const END = /(?:[.!?…։:]+["»”’)]*\s+(?=["«“„(]?[\p{Lu}\d])|\n+)/gu;
const LONGEST_ABBREVIATION = 8;
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{Lu}|Maj|Gen|Lt|Col|Mr|Mrs|Dr|Sgt|Capt|No|St|vs|г|гг|ул|им|т|тыс|млн|թ|yy|Sn|Alb|Tüm|Org|Korg)\.$/u;

/** Armenian ends a sentence with two dots, typed as a colon where a keyboard has no other. */
export function sentencesOf(text: string, language: PressLanguage): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(END)) {
    const before = text.slice(Math.max(start, match.index - LONGEST_ABBREVIATION), match.index + 1);
    const isLine = match[0].startsWith("\n");
    if (!isLine && (ABBREVIATION.test(before) || (match[0].startsWith(":") && language !== "hy"))) continue;
    const end = match.index + match[0].trimEnd().length;
    if (end > start) spans.push({ start, end });
    start = match.index + match[0].length;
  }
  if (start < text.length) spans.push({ start, end: text.length });
  return spans;
}

/** Place of the first word that begins at an offset or behind it; their number where none does. Words in order. */
export function firstFrom(words: readonly Word[], offset: number): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (words[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
