import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../result.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { AsterixDecoder, type AsterixDecoderOptions } from "./asterix-decoder.ts";
import { EditionCatalogue } from "./editions.ts";
import { encodeBlock, encodeRecord } from "./encode-record.ts";
import type { AsterixItems } from "./record-object.ts";

const catalogue = new EditionCatalogue();

const ITEMS: AsterixItems = {
  "010": { SAC: 25, SIC: 14 },
  "140": 43_200.5,
  "020": { TYP: 5, SIM: 0, RDP: 0, SPI: 0, RAB: 0 },
  "040": { RHO: 100.5, THETA: 90 },
  "070": { V: 0, G: 0, L: 0, MODE3A: "1234" },
  "090": { V: 0, G: 0, FL: 330 },
};

function block(category: number, edition: string, ...records: AsterixItems[]): Uint8Array {
  const compiled = catalogue.edition(category, { editions: { [category]: edition } });
  return encodeBlock(
    category,
    records.map((items) => encodeRecord(compiled, items)),
  );
}

function decode(bytes: Uint8Array, options: AsterixDecoderOptions = {}, decoder = new AsterixDecoder(options)) {
  const records: { edition: string; offset: number; items: AsterixItems }[] = [];
  const faults: Fault[] = [];
  decoder.decode(bytes, 0, bytes.length, 0, {
    record: (record) => records.push({ edition: record.edition.name, offset: record.offset, items: record.toObject() }),
    fault: (fault) => faults.push(fault),
  });
  return { records, faults, decoder };
}

const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe("data blocks", () => {
  it("give their records with the place of each", () => {
    const one = block(48, "1.32", ITEMS, { ...ITEMS, "140": 1 });
    const { records, faults } = decode(join(one, one));
    expect(faults).toEqual([]);
    expect(records.map(({ items }) => items["140"])).toEqual([43_200.5, 1, 43_200.5, 1]);
    const half = (one.length - 3) / 2;
    expect(records.map(({ offset }) => offset)).toEqual([3, 3 + half, one.length + 3, one.length + 3 + half]);
  });

  it("are passed on whole or not at all", () => {
    const one = block(48, "1.32", ITEMS, ITEMS);
    const cut = one.slice(0, -2);
    cut[2] = cut.length;
    const { records, faults } = decode(join(cut, one));
    expect(records).toHaveLength(2);
    expect(faults).toMatchObject([{ code: "asterix.record-malformed", where: { offset: 3 + (one.length - 3) / 2 } }]);
  });

  it("whose length cannot be end the run, with their offset", () => {
    const one = block(48, "1.32", ITEMS);
    const { records, faults } = decode(join(one, Uint8Array.of(48, 0, 200, 1)));
    expect(records).toHaveLength(1);
    expect(faults).toMatchObject([{ code: "asterix.block-length-wrong", where: { offset: one.length } }]);
  });

  it("of unknown categories are named and passed over", () => {
    const { records, faults } = decode(join(Uint8Array.of(3, 0, 5, 9, 9), block(48, "1.32", ITEMS)));
    expect(records).toHaveLength(1);
    expect(faults).toMatchObject([{ code: "asterix.category-unknown", where: { offset: 0 }, got: "3" }]);
  });
});

describe("editions", () => {
  const old: AsterixItems = {
    "010": { SAC: 1, SIC: 2 },
    "030": 5,
    "040": { DCR: 0, GBS: 0, SIM: 0, TST: 0, RAB: 0, SAA: 0, SPI: 0, ATP: 1, ARC: 1 },
    "080": 0xabcdef,
  };

  it("are set for each source by its codes", () => {
    const options = { editions: { 21: "2.7" }, sources: [{ sac: 1, sic: 2, editions: { 21: "0.26" } }] };
    const young: AsterixItems = { "010": { SAC: 9, SIC: 9 }, "080": 0x123456 };
    const { records, faults } = decode(join(block(21, "0.26", old), block(21, "2.7", young)), options);
    expect(faults).toEqual([]);
    expect(records.map(({ edition }) => edition)).toEqual(["0.26", "2.7"]);
    expect(records[0]!.items).toEqual(old);
  });

  it("that are wrong are told, with those that fit", () => {
    const { records, faults, decoder } = decode(block(21, "0.26", old));
    expect(records).toEqual([]);
    expect(faults).toMatchObject([{ code: "asterix.edition-wrong", expected: "category 21 edition 2.7" }]);
    expect(faults[0]!.got).toContain("0.26");
    expect(decoder.counts.wrongEditionBlocks).toBe(1);
  });

  it("that nobody knows are refused at once", () => {
    expect(() => new AsterixDecoder({ editions: { 48: "9.9" } })).toThrow(RangeError);
    expect(() => new AsterixDecoder({ editions: { 3: "1.0" } })).toThrow(RangeError);
  });
});

describe("suspect blocks", () => {
  const clean = block(34, "1.29", { "010": { SAC: 1, SIC: 2 }, "000": 1 });
  const suspect = block(34, "1.29", { "010": { SAC: 1, SIC: 2 }, "000": 200 });

  it("are refused until the source has sent clean ones", () => {
    const decoder = new AsterixDecoder();
    expect(decode(suspect, {}, decoder).faults).toMatchObject([{ code: "asterix.record-suspect" }]);
    expect(decode(join(clean, clean, clean), {}, decoder).records).toHaveLength(3);
    expect(decode(suspect, {}, decoder).records).toMatchObject([{ items: { "000": 200 } }]);
    expect(decoder.counts.suspectBlocks).toBe(2);
  });

  it("are passed on at once where that was asked for", () => {
    expect(decode(suspect, { lenient: true }).records).toHaveLength(1);
  });
});

describe("fuzz", () => {
  const good = block(48, "1.32", ITEMS, {
    ...ITEMS,
    "250": [{ MBDATA: "00112233445566", BDS1: 4, BDS2: 0 }],
    "130": { SRL: 0, SAM: -20 },
  });

  it(
    "any bytes are read or refused, and what is read is written again as it stood",
    () => {
      const mangled = fc
        .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
        .map((changes) => changes.reduce((bytes, [place, value]) => bytes.with(place, value), good));
      const random = fc
        .tuple(fc.constantFrom(1, 2, 10, 20, 21, 34, 48, 62, 63, 65), fc.uint8Array({ maxLength: 120 }))
        .map(([category, body]) => join(Uint8Array.of(category, 0, 3 + body.length), body));
      fc.assert(
        fc.property(fc.oneof(mangled, random, fc.uint8Array({ maxLength: 60 })), (bytes) => {
          const { records, faults, decoder } = decode(bytes);
          expect(decoder.counts.records).toBe(records.length);
          if (records.length === 0 && bytes.length > 0) expect(faults.length).toBeGreaterThan(0);
          const category = bytes[0]!;
          for (const { items } of records.slice(0, 1)) {
            const compiled = catalogue.edition(category);
            const again = decode(encodeBlock(category, [encodeRecord(compiled, items)]), { lenient: true });
            expect(again.records[0]!.items).toEqual(items);
          }
        }),
        fuzzRuns(3_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});
