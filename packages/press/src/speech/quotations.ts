/** Words between quotation marks, of whatever alphabet's habit. */
import type { Span } from "../text.ts";

export interface QuotationMention extends Span {
  readonly kind: "quotation";
  /** What stands between the marks. */
  readonly words: string;
}

/** Fewer words are a name or an irony, not a quotation. */
const LEAST_WORDS = 3;

const MARKS = /[«“„"]([^«»“”„"]{8,1200})[»”“"]/gu;

export function quotationsOf(text: string): QuotationMention[] {
  return [...text.matchAll(MARKS)].flatMap((match) => {
    const words = match[1]!.trim();
    if (words.split(/\s+/).length < LEAST_WORDS) return [];
    return [{ kind: "quotation", start: match.index, end: match.index + match[0].length, words }];
  });
}
