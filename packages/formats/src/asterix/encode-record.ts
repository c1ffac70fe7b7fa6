import { fromHex } from "../hex.ts";
import type { Edition, RecordPlace } from "./edition.ts";
import type { Quantity } from "./layout.ts";
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
  type Shape,
  SIGNED,
  SMALL_CODE,
  SPARE,
  UNSIGNED,
} from "./program.ts";
import type { AsterixItems, AsterixValue } from "./record-object.ts";

/**
 * Writes one record of an edition from plain data, as decoding gives it: what is read is written back the same.
 * Numbers are rounded to the item's step; a value left out of a group is 0. An extended item is written up to the last
 * part of which anything is given.
 * @throws RangeError for an item or name that the edition does not have, or a value that does not fit its bits.
 */
export function encodeRecord(edition: Edition, items: AsterixItems): Uint8Array {
  const places = placesOf(edition, items);
  for (const name of Object.keys(items)) {
    if (!places.some((place) => typeof place !== "string" && place.name === name)) {
      throw new RangeError(`category ${edition.category} edition ${edition.name} has no item ${name}`);
    }
  }
  const body: number[] = [];
  const present = places.map((place) => {
    if (typeof place === "string" || !(place.name in items)) return false;
    writeNode(edition, place.node, items[place.name]!, place.name, body);
    return true;
  });
  return Uint8Array.from([...presenceBits(present), ...body]);
}

/** Puts records of one category into a data block. @throws RangeError where they do not fit its length of 16 bits. */
export function encodeBlock(category: number, records: readonly Uint8Array[]): Uint8Array {
  const length = 3 + records.reduce((sum, record) => sum + record.length, 0);
  if (length > 0xffff) throw new RangeError(`a data block of ${length} octets is too long`);
  const block = new Uint8Array(length);
  block.set([category, length >> 8, length & 0xff]);
  let at = 3;
  for (const record of records) {
    block.set(record, at);
    at += record.length;
  }
  return block;
}

function placesOf(edition: Edition, items: AsterixItems): readonly RecordPlace[] {
  if (edition.choice === undefined) return edition.variants[0]!.places;
  const [item, name] = edition.fields[edition.choice.field]!.path.split("/") as [string, string | undefined];
  const value = items[item];
  const code = name === undefined ? value : isGroup(value) ? value[name] : undefined;
  return edition.variants[edition.choice.variantOf.get(Number(code)) ?? 0]!.places;
}

function presenceBits(present: readonly boolean[]): number[] {
  const octets = Math.max(1, Math.ceil((present.lastIndexOf(true) + 1) / 7));
  return Array.from({ length: octets }, (_, octet) => {
    let bits = octet < octets - 1 ? 1 : 0;
    for (let bit = 0; bit < 7; bit += 1) if (present[octet * 7 + bit]) bits |= 0x80 >> bit;
    return bits;
  });
}

function isGroup(value: AsterixValue | undefined): value is { readonly [name: string]: AsterixValue } {
  return typeof value === "object" && !Array.isArray(value);
}

function writeNode(edition: Edition, node: Node, value: AsterixValue, path: string, out: number[]): void {
  switch (node.kind) {
    case "fixed":
      writeFixed(edition, node, value, path, 0, out);
      break;
    case "extended":
      writeExtended(edition, node, value, path, out);
      break;
    case "repeat":
      writeRepeat(edition, node, value, path, out);
      break;
    case "compound":
      writeCompound(edition, node, value, path, out);
      break;
    default:
      writeExplicit(edition, node, value, path, out);
  }
}

/** @param extension the bit behind the fields, where they leave one free. */
function writeFixed(
  edition: Edition,
  node: FixedNode,
  value: AsterixValue,
  path: string,
  extension: number,
  out: number[],
) {
  const values = new Map<number, AsterixValue>();
  collect(node.shape, value, path, values);
  const octets = new Uint8Array(node.octets);
  for (const operation of node.operations) {
    if (operation.kind === SPARE) continue;
    const given = values.get(operation.id) ?? (edition.fields[operation.id]!.kind === "number" ? 0 : "");
    writeField(operation, given, values, edition.fields[operation.id]!.path, octets);
  }
  if (extension === 1) octets[octets.length - 1]! |= 1;
  out.push(...octets);
}

/** Assigns the values of a group to the fields of the same names. */
function collect(shape: Shape, value: AsterixValue, path: string, values: Map<number, AsterixValue>): void {
  if (shape.kind === "value") {
    values.set(shape.id, value);
    return;
  }
  if (!isGroup(value)) throw new RangeError(`${path} wants a group`);
  for (const { name, shape: under } of shape.fields) {
    if (name in value) collect(under, value[name]!, `${path}/${name}`, values);
  }
}

function writeField(
  operation: FieldOperation,
  value: AsterixValue,
  siblings: ReadonlyMap<number, AsterixValue>,
  path: string,
  octets: Uint8Array,
): void {
  const { bits } = operation;
  if (operation.kind === HEX || operation.kind === ASCII || operation.kind === ICAO) {
    octets.set(textOctets(operation, String(value), path), operation.octet);
    return;
  }
  const raw = rawNumber(operation, value, siblings);
  if (!Number.isInteger(raw) || raw < 0 || raw >= 2 ** bits)
    throw new RangeError(`${path}: ${String(value)} does not fit ${bits} bits`);
  let left = raw * 2 ** operation.shift;
  for (let octet = operation.octet + operation.span - 1; octet >= operation.octet; octet -= 1) {
    octets[octet]! |= left % 256;
    left = Math.floor(left / 256);
  }
}

function rawNumber(
  operation: FieldOperation,
  value: AsterixValue,
  siblings: ReadonlyMap<number, AsterixValue>,
): number {
  switch (operation.kind) {
    case CODE:
    case SMALL_CODE:
      // Octal codes are text of octal digits.
      return typeof value === "string" ? Number.parseInt(value || "0", 8) : Number(value);
    case SIGNED: {
      const steps = Math.round((Number(value) * operation.divisor) / operation.scale);
      const half = 2 ** (operation.bits - 1);
      return steps < -half || steps >= half ? Number.NaN : steps < 0 ? steps + 2 * half : steps;
    }
    case UNSIGNED:
      return Math.round((Number(value) * operation.divisor) / operation.scale);
    case CASE: {
      const quantity: Quantity | undefined = operation.choices[Number(siblings.get(operation.flag) ?? 0)];
      return quantity === undefined
        ? Number(value)
        : Math.round((Number(value) * quantity.denominator) / quantity.numerator);
    }
    default:
      return Number.NaN;
  }
}

function textOctets(operation: FieldOperation, text: string, path: string): Uint8Array {
  const length = operation.bits >> 3;
  if (operation.kind === HEX) {
    const octets = fromHex(text.padStart(2 * length, "0"));
    if (octets?.length !== length) throw new RangeError(`${path}: ${length} octets as hexadecimal text expected`);
    return octets;
  }
  const characters = operation.kind === ICAO ? (length * 8) / 6 : length;
  if (text.length > characters) throw new RangeError(`${path}: at most ${characters} characters expected`);
  const codes = [...text.padEnd(characters, " ")].map((character) => character.charCodeAt(0));
  return operation.kind === ASCII ? Uint8Array.from(codes, (code) => code & 0x7f) : sixBit(codes, path);
}

function sixBit(codes: readonly number[], path: string): Uint8Array {
  const octets = new Uint8Array((codes.length * 6) / 8);
  codes.forEach((code, index) => {
    if (code < 0x20 || code >= 0x60) throw new RangeError(`${path}: capital letters and digits expected`);
    const six = code & 0x3f;
    const bit = 6 * index;
    const word = six << (10 - (bit & 7));
    octets[bit >> 3]! |= word >> 8;
    if ((bit & 7) > 2) octets[(bit >> 3) + 1]! |= word & 0xff;
  });
  return octets;
}

function writeExtended(edition: Edition, node: ExtendedNode, value: AsterixValue, path: string, out: number[]): void {
  if (!isGroup(value)) throw new RangeError(`${path} wants a group`);
  const names = (part: FixedNode) => (part.shape.kind === "group" ? part.shape.fields.map(({ name }) => name) : []);
  const known = new Set(node.parts.flatMap(names));
  const unknown = Object.keys(value).find((name) => !known.has(name));
  if (unknown !== undefined) throw new RangeError(`${path} has no ${unknown} in edition ${edition.name}`);
  const last = Math.max(
    0,
    node.parts.findLastIndex((part) => names(part).some((name) => name in value)),
  );
  node.parts.slice(0, last + 1).forEach((part, index) => {
    writeFixed(edition, part, value, path, index < last ? 1 : 0, out);
  });
}

function writeRepeat(edition: Edition, node: RepeatNode, value: AsterixValue, path: string, out: number[]): void {
  if (!Array.isArray(value)) throw new RangeError(`${path} wants a list`);
  const repeats = value as readonly AsterixValue[];
  const { inner, count } = node;
  if (count === "fx") {
    if (repeats.length === 0) throw new RangeError(`${path} wants one value at least`);
    repeats.forEach((one, index) => {
      writeFixed(edition, inner as FixedNode, one, path, index < repeats.length - 1 ? 1 : 0, out);
    });
    return;
  }
  if (repeats.length >= 256 ** count) throw new RangeError(`${path}: ${repeats.length} repeats are too many`);
  if (count === 2) out.push(repeats.length >> 8);
  out.push(repeats.length & 0xff);
  for (const one of repeats) writeNode(edition, inner, one, path, out);
}

function writeCompound(edition: Edition, node: CompoundNode, value: AsterixValue, path: string, out: number[]): void {
  if (!isGroup(value)) throw new RangeError(`${path} wants a group`);
  const unknown = Object.keys(value).find((name) => !node.names.includes(name));
  if (unknown !== undefined) throw new RangeError(`${path} has no ${unknown} in edition ${edition.name}`);
  const body: number[] = [];
  const present = node.items.map((item, index) => {
    const name = node.names[index]!;
    if (item === undefined || !(name in value)) return false;
    writeNode(edition, item, value[name]!, `${path}/${name}`, body);
    return true;
  });
  out.push(...(node.octets > 0 ? fixedPresence(present, node.octets) : presenceBits(present)), ...body);
}

function fixedPresence(present: readonly boolean[], octets: number): number[] {
  return Array.from({ length: octets }, (_, octet) =>
    present.slice(8 * octet, 8 * octet + 8).reduce((bits, is, bit) => (is ? bits | (0x80 >> bit) : bits), 0),
  );
}

function writeExplicit(edition: Edition, node: ExplicitNode, value: AsterixValue, path: string, out: number[]): void {
  const body: number[] = [];
  if (typeof value === "string") body.push(...(fromHex(value) ?? []));
  else if (node.expansion !== undefined) writeNode(edition, node.expansion, value, path, body);
  else throw new RangeError(`${path} wants hexadecimal text`);
  if (body.length > 254) throw new RangeError(`${path}: ${body.length} octets are too many`);
  out.push(body.length + 1, ...body);
}
