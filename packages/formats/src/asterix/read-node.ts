import { toHex } from "../hex.ts";
import { scaleOf } from "./compile-layout.ts";
import {
  ASCII,
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
  UNSIGNED,
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

function readFixed(node: FixedNode, bytes: Uint8Array, at: number, end: number, tape: Tape): number {
  const next = at + node.octets;
  if (next > end) return TOO_SHORT;
  const { operations } = node;
  tape.reserve(operations.length);
  const { ids, values } = tape;
  for (let index = 0; index < operations.length; index += 1) {
    const operation = operations[index]!;
    const octet = at + operation.octet;
    const { kind } = operation;
    if (kind === SMALL_CODE) {
      ids[tape.length] = operation.id;
      values[tape.length] = (bytes[octet]! >> operation.shift) & operation.mask;
      tape.length += 1;
    } else if (kind >= ASCII) {
      readText(operation, bytes, octet, tape);
    } else {
      const isWide = operation.mask === 0 || operation.span > 4;
      readNumber(operation, isWide ? wide(operation, bytes, octet) : narrow(operation, bytes, octet), tape);
    }
  }
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

function readNumber(operation: FieldOperation, raw: number, tape: Tape): void {
  let value = raw;
  switch (operation.kind) {
    case SPARE:
      if (raw !== 0) tape.suspicions += 1;
      return;
    case CODE:
      if (operation.allowed !== undefined && operation.allowed[raw] === 0) tape.suspicions += 1;
      break;
    case SIGNED:
      if (raw >= 2 ** (operation.bits - 1)) value = raw - 2 ** operation.bits;
      value = operation.divisor === 1 ? value * operation.scale : (value * operation.scale) / operation.divisor;
      if (value < operation.low || value > operation.high) tape.suspicions += 1;
      break;
    case UNSIGNED:
      value = operation.divisor === 1 ? raw * operation.scale : (raw * operation.scale) / operation.divisor;
      if (value < operation.low || value > operation.high) tape.suspicions += 1;
      break;
    default:
      value = readCase(operation, raw, tape);
  }
  tape.push(operation.id, value);
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
  else if (operation.kind === HEX) tape.pushText(operation.id, toHex(bytes, octet, operation.bits >> 3));
  else tape.pushText(operation.id, readAscii(bytes, octet, operation.bits >> 3));
}

const BLANK = 0x20;
const QUESTION_MARK = 0x3f;

/**
 * Character code of each six-bit character (ICAO Annex 10, volume IV, table 3-9). Codes without a character get the one
 * that has the same six bits, `@` for 0: nothing is lost, and no callsign holds such a character.
 */
const SIX_BIT = Uint8Array.from({ length: 64 }, (_, code) => (code < BLANK ? 0x40 + code : code));

function readIcao(bytes: Uint8Array, octet: number, bits: number): string {
  let text = "";
  for (let group = octet; group < octet + (bits >> 3); group += 3) {
    const word = (bytes[group]! << 16) | (bytes[group + 1]! << 8) | bytes[group + 2]!;
    text += String.fromCharCode(
      SIX_BIT[word >> 18]!,
      SIX_BIT[(word >> 12) & 63]!,
      SIX_BIT[(word >> 6) & 63]!,
      SIX_BIT[word & 63]!,
    );
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
