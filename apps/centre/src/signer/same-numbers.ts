/**
 * Whether texts in several languages name the same numbers. Nobody can compare translations by rule, but a day, an hour or a count
 * that stands otherwise in one of them is what a translation goes wrong about most, and what two sides quarrel over.
 */

/** Zeros of the scripts that languages here may write numbers in: Latin, Arabic, Persian. */
const ZEROS = [0x30, 0x660, 0x6f0];
/** Thousands set apart, in whatever way a language does it; decimals of three digits look alike and are alike in each. */
const GROUPED = /\d{1,3}(?:[.,'\u2019 \u00a0\u2009\u202f]\d{3})+(?!\d)/g;

/** Of each language the numbers that another one lacks, as often as it lacks them; empty where all agree. In the texts' order. */
export function differingNumbers(texts: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  const counts = Object.entries(texts).map(([language, text]) => [language, countsOf(text)] as const);
  const differing = new Map<string, readonly string[]>();
  for (const [language, own] of counts) {
    const more = [...own].flatMap(([number, count]) => {
      const least = Math.min(...counts.map(([, other]) => other.get(number) ?? 0));
      return new Array<string>(count - least).fill(number);
    });
    if (more.length > 0) differing.set(language, more);
  }
  return differing;
}

function countsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const joined = inLatinDigits(text).replace(GROUPED, (number) => number.replace(/\D/g, ""));
  for (const [digits] of joined.matchAll(/\d+/g)) {
    const number = digits.replace(/^0+(?=\d)/, "");
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}

function inLatinDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    const zero = ZEROS.find((one) => code >= one && code < one + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}
