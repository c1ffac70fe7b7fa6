/** Brings the many ways to type a digit, a letter or a space to the plain one, so that forms are found however they were typed. */

/**
 * Characters that stand for one ASCII character by compatibility (Unicode NFKC: full-width, mathematical, no-break spaces) become
 * it, decimal digits of any script become 0 to 9, invisible format characters go. All else stays, ellipses and degree signs too.
 */
export function inPlainDigits(text: string): string {
  return text.replace(/\p{Cf}/gu, "").replace(/[^\0-\x7f]/gu, plain);
}

function plain(character: string): string {
  const compatible = character.normalize("NFKC");
  if (/^[ -~]$/.test(compatible) && character !== "º" && character !== "ª") return compatible;
  return /\p{Nd}/u.test(character) ? String(digitOf(character.codePointAt(0)!)) : character;
}

/** Scripts have their ten digits in a row that begins at a code point ending in 0 or in 6 (hexadecimal). */
function digitOf(codePoint: number): number {
  const row = codePoint - (codePoint % 16);
  const beginsAtRow = /\p{Nd}/u.test(String.fromCodePoint(row));
  return codePoint - row - (beginsAtRow ? 0 : 6);
}
