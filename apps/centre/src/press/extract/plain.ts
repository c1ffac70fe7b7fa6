/** Letters of whatever file → a text as it is kept: composed, without control signs, its invisible signs counted. */

import { type Extraction, refuseText, Tally } from "./extraction.ts";
import { LONGEST_LINE, MOST_CHARACTERS } from "./limits.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
/** Marks of direction stay where they are, so that nothing is hidden about them: screens show each as a sign of its own. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const INVISIBLE = /[\u00ad\u180e\u200b\u2060\ufeff]/g;
/** Letters and marks are composed, but a heap of marks on one letter is cut: to order it takes the square of its length. */
const HEAP = /(\p{M}{30})\p{M}+/gu;

/** Errors: `text.too-long`, `text.line-too-long`, `text.empty`. */
export function finished(
  letters: string,
  tally = new Tally(),
  more: Omit<Extraction, "text" | "neutralised"> = {},
): Extraction {
  if (letters.length > MOST_CHARACTERS * 4) return tooLong(letters.length);
  const count = (pattern: RegExp): number => letters.match(pattern)?.length ?? 0;
  const lines = letters.replace(/\r\n?|\u2028|\u2029|\u0085/g, "\n");
  tally.add("control", lines.match(CONTROL)?.length ?? 0);
  tally.add("bidi", count(BIDI));
  tally.add("invisible", count(INVISIBLE));
  const text = lines
    .replace(CONTROL, "")
    .replace(HEAP, "$1")
    .toWellFormed()
    .normalize("NFC")
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  if (text.length > MOST_CHARACTERS) return tooLong(text.length);
  if (text === "") return refuseText("empty", "words", "none");
  const longest = longestLine(text);
  if (longest > LONGEST_LINE)
    return refuseText("line-too-long", `lines of at most ${LONGEST_LINE} letters`, `a line of ${longest}`);
  return { ...more, text, neutralised: tally.list() };
}

function tooLong(length: number): never {
  return refuseText("too-long", `at most ${MOST_CHARACTERS} letters`, String(length));
}

function longestLine(text: string): number {
  let [longest, start] = [0, 0];
  while (start <= text.length) {
    const end = text.indexOf("\n", start);
    const stop = end < 0 ? text.length : end;
    longest = Math.max(longest, stop - start);
    start = stop + 1;
  }
  return longest;
}
