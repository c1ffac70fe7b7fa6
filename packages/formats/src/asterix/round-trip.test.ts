import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Edition } from "./edition.ts";
import { EditionCatalogue } from "./editions.ts";
import { encodeRecord } from "./encode-record.ts";
import { ASCII, type FieldOperation, type FixedNode, HEX, ICAO, type Node, SPARE } from "./program.ts";
import { readNode } from "./read-node.ts";
import { readRecord } from "./read-record.ts";
import { type AsterixItems, recordObject } from "./record-object.ts";
import { categoryTables } from "./tables/index.ts";
import { Tape } from "./tape.ts";

const catalogue = new EditionCatalogue();
const editions = categoryTables.flatMap(({ category }) =>
  catalogue.names(category).map((name) => catalogue.edition(category, { editions: { [category]: name } })),
);

/** Bits of one field. Text is made of characters that stand in it whole. */
function fieldBits(operation: FieldOperation): fc.Arbitrary<string> {
  const { kind, bits } = operation;
  const binary = (value: number | bigint, width: number) => value.toString(2).padStart(width, "0");
  const letter = fc.integer({ min: 65, max: 90 });
  if (kind === SPARE) return fc.constant("0".repeat(bits));
  if (kind === ASCII)
    return fc
      .array(letter, { minLength: bits / 8, maxLength: bits / 8 })
      .map((codes) => codes.map((code) => binary(code, 8)).join(""));
  if (kind === ICAO)
    return fc
      .array(letter, { minLength: bits / 6, maxLength: bits / 6 })
      .map((codes) => codes.map((code) => binary(code & 63, 6)).join(""));
  if (kind === HEX || bits > 31)
    return fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n }).map((value) => binary(value, bits));
  return fc.integer({ min: 0, max: 2 ** bits - 1 }).map((value) => binary(value, bits));
}

function fixedBytes(node: FixedNode, extension: string): fc.Arbitrary<number[]> {
  return fc
    .tuple(...node.operations.map(fieldBits))
    .map((parts) => parts.join("").padEnd(8 * node.octets, extension))
    .map((bits) =>
      Array.from({ length: node.octets }, (_, octet) => Number.parseInt(bits.slice(8 * octet, 8 * octet + 8), 2)),
    );
}

const flat = (arbitraries: readonly fc.Arbitrary<number[]>[]) => fc.tuple(...arbitraries).map((parts) => parts.flat());
const hasFields = (node: FixedNode) => node.end > node.first;

/** Octets of an item, made from its program. */
function nodeBytes(node: Node): fc.Arbitrary<number[]> {
  switch (node.kind) {
    case "fixed":
      return fixedBytes(node, "0");
    case "extended": {
      // A last part of spare bits only leaves no trace when read.
      const lasts = node.parts.flatMap((part, index) => (hasFields(part) ? [index] : []));
      return fc
        .constantFrom(...lasts)
        .chain((last) =>
          flat(node.parts.slice(0, last + 1).map((part, index) => fixedBytes(part, index < last ? "1" : "0"))),
        );
    }
    case "repeat":
      return fc.integer({ min: node.count === "fx" ? 1 : 0, max: 3 }).chain((count) => {
        const { inner } = node;
        const repeats = Array.from({ length: count }, (_, index) =>
          node.count === "fx" ? fixedBytes(inner as FixedNode, index < count - 1 ? "1" : "0") : nodeBytes(inner),
        );
        const head = node.count === "fx" ? [] : node.count === 1 ? [count] : [0, count];
        return flat(repeats).map((body) => [...head, ...body]);
      });
    case "compound": {
      const present = node.items.flatMap((item, index) => (item === undefined ? [] : [index]));
      return fc.subarray(present, { minLength: 1 }).chain((chosen) => {
        const width = node.octets > 0 ? 8 : 7;
        const octets = node.octets || Math.ceil((chosen.at(-1)! + 1) / 7);
        const head = Array.from({ length: octets }, (_, octet) => (node.octets === 0 && octet < octets - 1 ? 1 : 0));
        for (const index of chosen) head[Math.floor(index / width)]! |= 0x80 >> (index % width);
        return flat(chosen.map((index) => nodeBytes(node.items[index]!))).map((body) => [...head, ...body]);
      });
    }
    default:
      if (node.expansion !== undefined)
        return nodeBytes(node.expansion).map((body) => (body.length < 255 ? [body.length + 1, ...body] : [2, 0]));
      return fc.array(fc.nat(255), { minLength: 1, maxLength: 20 }).map((body) => [body.length + 1, ...body]);
  }
}

/** The value of an item alone. */
function itemValue(edition: Edition, name: string, bytes: readonly number[]): AsterixItems[string] | undefined {
  const tape = new Tape();
  const octets = Uint8Array.from(bytes);
  expect(readNode(edition.items.get(name)!, octets, 0, octets.length, tape)).toBe(octets.length);
  return tape.length === 0 ? undefined : recordObject(edition, tape, 0, tape.length)[name];
}

const anyRecord = fc.constantFrom(...editions).chain((edition) =>
  fc.integer({ min: 0, max: edition.variants.length - 1 }).chain((variant) => {
    const places = edition.variants[variant]!.places.filter((place) => typeof place !== "string");
    return fc.subarray(places, { minLength: 1 }).chain((chosen) =>
      fc.tuple(...chosen.map(({ node }) => nodeBytes(node))).map((bodies) => ({
        edition,
        items: Object.fromEntries(
          chosen.flatMap(({ name }, index) => {
            const value = itemValue(edition, name, bodies[index]!);
            return value === undefined ? [] : [[name, value]];
          }),
        ) as AsterixItems,
      })),
    );
  }),
);

/** Whether the record's own choice of variant has all its items. */
function isOneVariant(edition: Edition, items: AsterixItems): boolean {
  try {
    encodeRecord(edition, items);
    return true;
  } catch (problem) {
    return !(problem instanceof RangeError && edition.choice !== undefined);
  }
}

describe("records of every edition", () => {
  it("written and read again are the same", () => {
    fc.assert(
      fc.property(anyRecord, ({ edition, items }) => {
        fc.pre(Object.keys(items).length > 0 && isOneVariant(edition, items));
        const bytes = encodeRecord(edition, items);
        const tape = new Tape();
        expect(readRecord(edition, bytes, 0, bytes.length, tape)).toBe(bytes.length);
        const again = recordObject(edition, tape, 0, tape.length);
        expect(again).toEqual(items);
        expect(encodeRecord(edition, again)).toEqual(bytes);
      }),
      { numRuns: 250 },
    );
  });

  it("are refused when they hold what the edition has not", () => {
    const edition = catalogue.edition(48);
    expect(() => encodeRecord(edition, { "999": 1 })).toThrow(/no item 999/);
    expect(() => encodeRecord(edition, { "170": { CNF: 0, XYZ: 1 } })).toThrow(/no XYZ/);
    expect(() => encodeRecord(edition, { "040": { RHO: 300, THETA: 0 } })).toThrow(/does not fit/);
    expect(() => encodeRecord(edition, { "010": 3 })).toThrow(/group/);
  });

  it("of every category are known in every edition", () => {
    expect(editions).toHaveLength(68);
    for (const edition of editions) expect(edition.fields.length).toBeGreaterThan(1);
  });
});
