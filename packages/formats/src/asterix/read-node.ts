import { toHex } from "../hex.ts";
import { scaleOf } from "./compile-layout.ts";
import {
  ASCII,
  CASE,
  CODE,
  type CompoundNode,
  type ExplicitNode,
  type ExtendedNode,
  type FieldOperation,
  type FixedNode,
  HEX,
  ICAO,
  type Node,
  type RepeatNode,
  SIGNED,
  SMALL_CODE,
  SPARE,
} from "./program.ts";
import type { Tape } from "./tape.ts";

/** Answers of the readers instead of an offset. */
export const TOO_SHORT = -1;
export const UNDEFINED_BIT = -2;
export const BAD_LENGTH = -3;

/**
 * Reads one item at `bytes[at]` onto the tape. Answers the offset behind it, or: `TOO_SHORT` where it reaches beyond
 * `end`, `UNDEFINED_BIT` where a presence or extension bit announces what the edition does not know, `BAD_LENGTH`
 * where a length octet cannot be.
 */
export function readNode(node: Node, bytes: Uint8Array, at: number, end: number, tape: Tape): number {
  switch (node.kind) {
    case "fixed":
      return readFixed(node, bytes, at, end, tape);
    case "extended":
      return readExtended(node, bytes, at, end, tape);
    case "repeat":
      return readRepeat(node, bytes, at, end, tape);
    case "compound":
      return readCompound(node, bytes, at, end, tape);
    default:
      return readExplicit(node, bytes, at, end, tape);
  }
}

/** The loop that all decoding runs through: entries are put in place here, and only what is rare is called for. */
function readFixed(node: FixedNode, bytes: Uint8Array, at: number, end: number, tape: Tape): number {
  const next = at + node.octets;
  if (next > end) return TOO_SHORT;
  const { operations } = node;
  tape.reserve(operations.length);
  const { ids, values } = tape;
  let length = tape.length;
  for (let index = 0; index < operations.length; index += 1) {
    const operation = operations[index]!;
    const octet = at + operation.octet;
    const { kind } = operation;
    if (kind === SMALL_CODE) {
      ids[length] = operation.id;
      values[length] = (bytes[octet]! >> operation.shift) & operation.mask;
      length += 1;
    } else if (kind < ASCII) {
      const isWide = operation.mask === 0 || operation.span > 4;
      const raw = isWide ? wide(operation, bytes, octet) : narrow(operation, bytes, octet);
      if (kind === SPARE) {
        if (raw !== 0) tape.suspicions += 1;
        continue;
      }
      tape.length = length;
      ids[length] = operation.id;
      values[length] = numberOf(operation, raw, tape);
      length += 1;
    } else {
      tape.length = length;
      readText(operation, bytes, octet, tape);
      length = tape.length;
    }
  }
  tape.length = length;
  return next;
}

/** Bits that lie within four octets. */
function narrow(operation: FieldOperation, bytes: Uint8Array, octet: number): number {
  switch (operation.span) {
    case 1:
      return (bytes[octet]! >> operation.shift) & operation.mask;
    case 2:
      return (((bytes[octet]! << 8) | bytes[octet + 1]!) >> operation.shift) & operation.mask;
    case 3:
      return (
        (((bytes[octet]! << 16) | (bytes[octet + 1]! << 8) | bytes[octet + 2]!) >> operation.shift) & operation.mask
      );
    default: {
      const word = (bytes[octet]! << 24) | (bytes[octet + 1]! << 16) | (bytes[octet + 2]! << 8) | bytes[octet + 3]!;
      return ((word >>> operation.shift) & operation.mask) >>> 0;
    }
  }
}

/** Bits, at most 48, that lie across more octets. */
function wide(operation: FieldOperation, bytes: Uint8Array, octet: number): number {
  let value = 0;
  for (let index = 0; index < operation.span; index += 1) value = value * 256 + bytes[octet + index]!;
  return Math.floor(value / 2 ** operation.shift) % 2 ** operation.bits;
}

function numberOf(operation: FieldOperation, raw: number, tape: Tape): number {
  const { kind } = operation;
  if (kind === CODE) {
    if (operation.allowed !== undefined && operation.allowed[raw] === 0) tape.suspicions += 1;
    return raw;
  }
  if (kind === CASE) return readCase(operation, raw, tape);
  const steps = kind === SIGNED && raw >= operation.half ? raw - 2 * operation.half : raw;
  const value = operation.isExact ? steps * operation.scale : (steps * operation.scale) / operation.divisor;
  if (operation.isLimited && (value < operation.low || value > operation.high)) tape.suspicions += 1;
  return value;
}

/** A quantity whose flag stands before it in the same run. */
function readCase(operation: FieldOperation, raw: number, tape: Tape): number {
  const quantity = operation.choices[tape.latest(operation.flag, 0)];
  if (quantity === undefined) return raw;
  const { scale, divisor } = scaleOf(quantity);
  return (raw * scale) / divisor;
}

function readText(operation: FieldOperation, bytes: Uint8Array, octet: number, tape: Tape): void {
  if (operation.kind === ICAO) tape.pushText(operation.id, readIcao(bytes, octet, operation.bits));
  else if (operation.kind === HEX) tape.pushText(operation.id, readHex(bytes, octet, operation.bits >> 3));
  else tape.pushText(operation.id, readAscii(bytes, octet, operation.bits >> 3));
}

/** Character codes of the sixteen digits. */
const DIGIT = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** Seven octets, as the registers of an aircraft have, in one piece. */
function readHex(bytes: Uint8Array, octet: number, length: number): string {
  if (length !== 7) return toHex(bytes, octet, length);
  const [a, b, c] = [bytes[octet]!, bytes[octet + 1]!, bytes[octet + 2]!];
  const [d, e, f, g] = [bytes[octet + 3]!, bytes[octet + 4]!, bytes[octet + 5]!, bytes[octet + 6]!];
  return String.fromCharCode(
    DIGIT[a >> 4]!,
    DIGIT[a & 15]!,
    DIGIT[b >> 4]!,
    DIGIT[b & 15]!,
    DIGIT[c >> 4]!,
    DIGIT[c & 15]!,
    DIGIT[d >> 4]!,
    DIGIT[d & 15]!,
    DIGIT[e >> 4]!,
    DIGIT[e & 15]!,
    DIGIT[f >> 4]!,
    DIGIT[f & 15]!,
    DIGIT[g >> 4]!,
    DIGIT[g & 15]!,
  );
}

const BLANK = 0x20;
const QUESTION_MARK = 0x3f;

/**
 * Character code of each six-bit character (ICAO Annex 10, volume IV, table 3-9). Codes without a character get the one
 * that has the same six bits, `@` for 0: nothing is lost, and no callsign holds such a character.
 */
const SIX_BIT = Uint8Array.from({ length: 64 }, (_, code) => (code < BLANK ? 0x40 + code : code));

function readIcao(bytes: Uint8Array, octet: number, bits: number): string {
  // Eight characters, as callsigns have, at once: the text is made in one piece.
  if (bits === 48) {
    const high = (bytes[octet]! << 16) | (bytes[octet + 1]! << 8) | bytes[octet + 2]!;
    const low = (bytes[octet + 3]! << 16) | (bytes[octet + 4]! << 8) | bytes[octet + 5]!;
    return String.fromCharCode(
      SIX_BIT[high >> 18]!,
      SIX_BIT[(high >> 12) & 63]!,
      SIX_BIT[(high >> 6) & 63]!,
      SIX_BIT[high & 63]!,
      SIX_BIT[low >> 18]!,
      SIX_BIT[(low >> 12) & 63]!,
      SIX_BIT[(low >> 6) & 63]!,
      SIX_BIT[low & 63]!,
    ).trimEnd();
  }
  let text = "";
  for (let bit = 0; bit < bits; bit += 6) {
    const at = octet + (bit >> 3);
    const word = (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
    text += String.fromCharCode(SIX_BIT[(word >> (10 - (bit & 7))) & 63]!);
  }
  return text.trimEnd();
}

function readAscii(bytes: Uint8Array, octet: number, length: number): string {
  let text = "";
  for (let index = octet; index < octet + length; index += 1) {
    const code = bytes[index]!;
    text += code === 0 ? " " : String.fromCharCode(code >= BLANK && code < 0x7f ? code : QUESTION_MARK);
  }
  return text.trimEnd();
}

function readExtended(node: ExtendedNode, bytes: Uint8Array, at: number, end: number, tape: Tape): number {
  let next = at;
  const last = node.parts.length - 1;
  for (let index = 0; index <= last; index += 1) {
    next = readFixed(node.parts[index]!, bytes, next, end, tape);
    if (next < 0 || (node.closed && index === last)) return next;
    if ((bytes[next - 1]! & 1) === 0) return next;
  }
  return UNDEFINED_BIT;
}

function readRepeat(node: RepeatNode, bytes: Uint8Array, at: number, end: number, tape: Tape): number {
  if (node.count === "fx") return readChain(node, bytes, at, end, tape);
  if (at + node.count > end) return TOO_SHORT;
  const count = node.count === 1 ? bytes[at]! : (bytes[at]! << 8) | bytes[at + 1]!;
  tape.push(node.first, count);
  let next = at + node.count;
  for (let index = 0; index < count && next >= 0; index += 1) next = readNode(node.inner, bytes, next, end, tape);
  return next;
}

function readChain(node: RepeatNode, bytes: Uint8Array, at: number, end: number, tape: Tape): number {
  const marker = tape.length;
  tape.push(node.first, 0);
  let next = at;
  let count = 0;
  do {
    next = readNode(node.inner, bytes, next, end, tape);
    if (next < 0) return next;
    count += 1;
  } while ((bytes[next - 1]! & 1) === 1);
  tape.values[marker] = count;
  return next;
}

function readCompound(node: CompoundNode, bytes: Uint8Array, at: number, end: number, tape: Tape): number {
  const octets = node.octets > 0 ? node.octets : presenceOctets(bytes, at, end);
  if (octets < 0 || at + octets > end) return TOO_SHORT;
  const bitsPerOctet = node.octets > 0 ? 8 : 7;
  let next = at + octets;
  for (let octet = 0; octet < octets; octet += 1) {
    const present = bytes[at + octet]!;
    for (let bit = 0; bit < bitsPerOctet; bit += 1) {
      if ((present & (0x80 >> bit)) === 0) continue;
      const item = node.items[octet * bitsPerOctet + bit];
      if (item === undefined) return UNDEFINED_BIT;
      next = readNode(item, bytes, next, end, tape);
      if (next < 0) return next;
    }
  }
  return next;
}

/** Number of octets of presence bits, the last bit of each saying whether another follows; -1 where they do not end. */
export function presenceOctets(bytes: Uint8Array, at: number, end: number): number {
  for (let octet = at; octet < end; octet += 1) if ((bytes[octet]! & 1) === 0) return octet + 1 - at;
  return -1;
}

/** An expansion field that does not read as the edition at hand is kept as it is: it has editions of its own. */
function readExplicit(node: ExplicitNode, bytes: Uint8Array, at: number, end: number, tape: Tape): number {
  if (at >= end) return TOO_SHORT;
  const length = bytes[at]!;
  if (length < 1) return BAD_LENGTH;
  const next = at + length;
  if (next > end) return TOO_SHORT;
  const { length: tapeLength, suspicions, textCount } = tape;
  if (node.expansion !== undefined && length > 1 && readNode(node.expansion, bytes, at + 1, next, tape) === next)
    return next;
  tape.length = tapeLength;
  tape.suspicions = suspicions;
  tape.textCount = textCount;
  tape.pushText(node.first, toHex(bytes, at + 1, length - 1));
  return next;
}
