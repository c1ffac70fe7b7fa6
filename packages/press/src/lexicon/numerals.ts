/** Numerals as a language builds them, so that no lexicon lists what a rule makes. */
import type { Stem } from "./lexicon.ts";

/** Whole words with a value. */
export function wholeWords(values: Readonly<Record<string, number>>): Record<Stem, number> {
  return Object.fromEntries(Object.entries(values).map(([word, value]) => [`=${word}`, value]));
}

/** Tens and ones written as one word: "yirmibeş", "քսանհինգ". */
export function joinedNumerals(
  tens: Readonly<Record<string, number>>,
  ones: Readonly<Record<string, number>>,
): Record<Stem, number> {
  return Object.fromEntries(
    Object.entries(tens).flatMap(([ten, tenfold]) =>
      Object.entries(ones).map(([one, value]) => [`=${ten}${one}`, tenfold + value]),
    ),
  );
}

/** Russian numerals that are declined like "пять": the soft sign gives way to an ending. */
export function softNumerals(values: Readonly<Record<string, number>>): Record<Stem, number> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([word, value]) =>
      ["ь", "и", "ью"].map((ending) => [`=${word.slice(0, -1)}${ending}`, value]),
    ),
  );
}

/** A word with each of its endings, for words so short that as stems they would begin others. */
export function inflected(word: string, endings: string): Stem[] {
  return [`=${word}`, ...endings.split(" ").map((ending) => `=${word}${ending}`)];
}
