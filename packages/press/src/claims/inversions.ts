/** Quotations that say the opposite of each other: a machine's translation loses or finds a "not". */
import { LEXICONS } from "../lexicon/index.ts";
import { lowerCase } from "../script/transliterate.ts";
import type { QuotationMention } from "../speech/quotations.ts";
import type { PressLanguage } from "../text.ts";
import { wordsOf } from "../words.ts";

export interface SourcedQuotation {
  readonly text: string;
  readonly language: PressLanguage;
  readonly quotation: QuotationMention;
}

export interface Inversion {
  readonly left: SourcedQuotation;
  readonly right: SourcedQuotation;
  /** Words in common, of those of the shorter, 0 to 1. */
  readonly likeness: number;
}

/** Two quotations are one when they share this much of their words. */
const LEAST_LIKENESS = 0.6;

/** Pairs of one language that share their words and deny other ones of them. */
export function inversionsOf(quotations: readonly SourcedQuotation[]): Inversion[] {
  const read = quotations.map((one) => ({ one, ...contentOf(one) }));
  return read.flatMap((left, place) =>
    read.slice(place + 1).flatMap((right) => {
      if (left.one.language !== right.one.language || left.one.text === right.one.text) return [];
      if (left.denied.symmetricDifference(right.denied).size === 0) return [];
      const shared = left.stems.intersection(right.stems).size;
      const likeness = shared / Math.max(1, Math.min(left.stems.size, right.stems.size));
      return likeness >= LEAST_LIKENESS ? [{ left: left.one, right: right.one, likeness }] : [];
    }),
  );
}

/** Beginnings of words: endings change where a sentence turns. */
const STEM = 5;
const SHORTEST = 3;

/** Stems of what is said, and of the words that stand beside a denial. */
function contentOf({ quotation, language }: SourcedQuotation): { stems: Set<string>; denied: Set<string> } {
  const words = wordsOf(quotation.words).map((word) => lowerCase(word.word, language));
  const { negations } = LEXICONS[language];
  const denies = (word: string): boolean => negations.includes(word) || /n['’]t$/.test(word);
  const content = words.filter((word) => denies(word) || word.length >= SHORTEST);
  const stemOf = (word: string | undefined): string[] =>
    word === undefined || denies(word) ? [] : [word.slice(0, STEM)];
  const denied = content.flatMap((word, place) =>
    denies(word) ? [...stemOf(content[place - 1]), ...stemOf(content[place + 1])] : [],
  );
  return { stems: new Set(content.flatMap(stemOf)), denied: new Set(denied) };
}
