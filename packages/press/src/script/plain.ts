/** A text as the reading wants it: one kind of space, lines that were only wrapped joined, letters composed, invisible signs left out. */
import type { Span } from "../text.ts";
import { MOST_MARKS } from "./transliterate.ts";

export interface PlainText {
  readonly text: string;
  /** The same words in the text as it came. */
  readonly placed: <S extends Span>(span: S) => S;
}

const SPACES = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
/** A shorter line ends where it wants to, as rows of a table do. */
const LEAST_WRAPPED = 40;
/** A long line that breaks off in the middle of a sentence, before a word in lower case. */
const WRAP = new RegExp(`\\r?\\n(?=\\p{Ll})(?<=[^\\n]{${LEAST_WRAPPED}}[^\\r\\n.!?:;։…]\\r?\\n)`, "gu");

/** Spaces and wrapped lines made plain; every place stays. */
export function unwrapped(text: string): string {
  return text.replace(SPACES, " ").replace(WRAP, (lineEnd) => " ".repeat(lineEnd.length));
}

/** Soft hyphens, joiners, marks of direction: they show nothing and part words for whoever searches. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const NOT_PLAIN = /[\p{M}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
/** A letter with its marks; what is heaped on it beyond them, or stands on nothing, is left out. */
const SIGN = new RegExp(`[^\\p{M}]\\p{M}{0,${MOST_MARKS}}`, "gsu");

export function plainText(text: string): PlainText {
  if (!NOT_PLAIN.test(text)) return { text: unwrapped(text), placed: (span) => span };
  const starts: number[] = [];
  const ends: number[] = [];
  let plain = "";
  for (const { 0: sign, index } of text.matchAll(SIGN)) {
    const composed = INVISIBLE.test(sign) ? "" : sign.normalize("NFC");
    plain += composed;
    for (let unit = 0; unit < composed.length; unit += 1) {
      starts.push(composed.length === sign.length ? index + unit : index);
      ends.push(composed.length === sign.length ? index + unit + 1 : index + sign.length);
    }
  }
  return {
    text: unwrapped(plain),
    placed: (span) => ({ ...span, start: starts[span.start] ?? text.length, end: ends[span.end - 1] ?? 0 }),
  };
}
