/** Matching of words by stem. */

/** Whether a word in lower case is meant: `=word` is the whole word, anything else how it begins. */
export function isOfStem(lower: string, stem: string): boolean {
  return stem.startsWith("=") ? lower === stem.slice(1) : lower.startsWith(stem);
}

/** A stem as a part of a regular expression, with the endings that it may carry. */
export function stemPattern(stem: string): string {
  return stem.startsWith("=") ? `${escaped(stem.slice(1))}(?!\\p{L})` : `${escaped(stem)}\\p{L}{0,7}`;
}

export function anyOf(stems: readonly string[]): string {
  return `(?:${[...stems]
    .sort((left, right) => right.length - left.length)
    .map(stemPattern)
    .join("|")})`;
}

export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** No letter and no digit before, and none behind: a word's border in every script (`\b` knows only Latin). */
export function whole(pattern: string): string {
  return `(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`;
}
