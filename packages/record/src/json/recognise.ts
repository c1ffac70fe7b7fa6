/** Recognising canonical JSON in one pass over its bytes, without making anything of them. */

/** As deep as signed JSON may be nested. */
export const MAXIMUM_DEPTH = 32;

// Longer integers may be beyond the safe ones, and are looked at by the general way.
const MOST_DIGITS = 15;
const NO = -1;
const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const WORDS: readonly (readonly number[])[] = ["true", "false", "null"].map((word) =>
  [...word].map((letter) => letter.charCodeAt(0)),
);

/**
 * True only for bytes that `parseCanonical` accepts: RFC 8785 form, no deeper than allowed, integers only, printable ASCII
 * without escapes. False says nothing: the bytes may be good and just less usual.
 */
export function isPlainCanonical(bytes: Uint8Array): boolean {
  return value(bytes, 0, 0) === bytes.length;
}

// Each of these takes the place where something should begin, and gives the place behind it or NO.

function value(bytes: Uint8Array, at: number, depth: number): number {
  const first = bytes[at];
  if (first === QUOTE) return text(bytes, at);
  if (first === OPEN_OBJECT) return depth < MAXIMUM_DEPTH ? object(bytes, at + 1, depth + 1) : NO;
  if (first === OPEN_LIST) return depth < MAXIMUM_DEPTH ? list(bytes, at + 1, depth + 1) : NO;
  return first === MINUS || (first! >= ZERO && first! <= NINE) ? integer(bytes, at) : word(bytes, at);
}

function object(bytes: Uint8Array, start: number, depth: number): number {
  if (bytes[start] === CLOSE_OBJECT) return start + 1;
  let last = NO;
  for (let at = start; ; at++) {
    const colon = bytes[at] === QUOTE ? text(bytes, at) : NO;
    if (colon === NO || bytes[colon] !== COLON || (last !== NO && !isAfter(bytes, last, at))) return NO;
    last = at;
    at = value(bytes, colon + 1, depth);
    if (at === NO) return NO;
    if (bytes[at] === CLOSE_OBJECT) return at + 1;
    if (bytes[at] !== COMMA) return NO;
  }
}

function list(bytes: Uint8Array, start: number, depth: number): number {
  if (bytes[start] === CLOSE_LIST) return start + 1;
  for (let at = start; ; at++) {
    at = value(bytes, at, depth);
    if (at === NO) return NO;
    if (bytes[at] === CLOSE_LIST) return at + 1;
    if (bytes[at] !== COMMA) return NO;
  }
}

function text(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at + 1;
    if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH) return NO;
  }
  return NO;
}

function integer(bytes: Uint8Array, start: number): number {
  const first = bytes[start] === MINUS ? start + 1 : start;
  if (bytes[first] === ZERO) return first === start ? start + 1 : NO;
  let at = first;
  while (bytes[at]! >= ZERO && bytes[at]! <= NINE) at++;
  return at > first && at - first <= MOST_DIGITS ? at : NO;
}

function word(bytes: Uint8Array, start: number): number {
  for (const letters of WORDS) {
    if (letters.every((letter, place) => bytes[start + place] === letter)) return start + letters.length;
  }
  return NO;
}

/** Whether the name at `right` comes after that at `left`. Both are quoted ASCII, in which a quote is less than most letters. */
function isAfter(bytes: Uint8Array, left: number, right: number): boolean {
  let place = 1;
  while (bytes[left + place] === bytes[right + place] && bytes[left + place] !== QUOTE) place++;
  const [before, after] = [bytes[left + place]!, bytes[right + place]!];
  // The end of a name is less than any letter, the space and the exclamation mark too.
  return after !== QUOTE && (before === QUOTE || after > before);
}
