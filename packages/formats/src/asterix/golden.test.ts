import { describe, expect, it } from "vitest";
import { fromHex } from "../hex.ts";
import type { Fault } from "../result.ts";
import { hasSharedData, sharedBytes, sharedLines } from "../testing/shared-data.ts";
import { AsterixDecoder } from "./asterix-decoder.ts";
import { AsterixFramer } from "./asterix-framer.ts";
import { EditionCatalogue } from "./editions.ts";
import { encodeRecord } from "./encode-record.ts";
import type { AsterixItems, AsterixValue } from "./record-object.ts";

interface DecodedRecord {
  readonly category: number;
  readonly edition: string;
  readonly offset: number;
  readonly length: number;
  readonly items: AsterixItems;
}

/** Decodes a whole file of any framing, with the newest editions unless told otherwise. */
function decodeFile(name: string, editions: Record<number, string> = {}) {
  const catalogue = new EditionCatalogue();
  const framer = new AsterixFramer((category) => catalogue.knows(category));
  const decoder = new AsterixDecoder({ editions });
  const records: DecodedRecord[] = [];
  const faults: Fault[] = [];
  const collect = {
    record(record: Parameters<Parameters<AsterixDecoder["decode"]>[4]["record"]>[0]) {
      const { edition, offset, streamLength } = record;
      records.push({
        category: edition.category,
        edition: edition.name,
        offset,
        length: streamLength,
        items: record.toObject(),
      });
    },
    fault: (fault: Fault) => faults.push(fault),
  };
  const sink = {
    blocks: (bytes: Uint8Array, start: number, end: number, offset: number) =>
      decoder.decode(bytes, start, end, offset, collect),
    fault: (fault: Fault) => faults.push(fault),
  };
  const bytes = sharedBytes(`asterix/${name}`);
  for (let start = 0; start < bytes.length; start += 1000) framer.push(bytes.subarray(start, start + 1000), sink);
  framer.end(sink);
  return { records, faults, decoder, framer, bytes };
}

type ExpectedItem = { readonly [name: string]: unknown };

/** The values of an item in order, without extension and spare bits. The reference wraps some as `{val, desc}`. */
function leaves(value: unknown, name = ""): (string | number)[] {
  if (/FX$|^spare$|^res\d?$/.test(name)) return [];
  if (typeof value !== "object" || value === null) return [value as string | number];
  if ("val" in value) return leaves((value as { val: unknown }).val, name);
  return Object.entries(value).flatMap(([under, inner]) => leaves(inner, under));
}

/** The reference's units where they differ from the standard's; the rest is compared as it is. */
function inReferenceUnits(category: number, item: string, value: AsterixValue): (string | number)[] {
  const values = leaves(value);
  const place = `${category}/${item}`;
  const speed = values[0] as number;
  // 0.22 kt is the reference's rounding of 2^-14 NM/s.
  if (place === "1/200") return [speed * 16_384 * 0.22, values[1]!];
  if (place === "48/200") return [speed * 3600, values[1]!];
  if (place === "62/136") return [speed * 100];
  if (place === "62/135") return [values[0]!, (values[1] as number) * 100];
  if (place === "21/074") return [values[0]!, (values[1] as number) * 1e9];
  if (place === "48/220" || place === "21/080") return [speed.toString(16).toUpperCase().padStart(6, "0")];
  if (place === "62/380") return [speed.toString(16).toUpperCase().padStart(6, "0"), ...values.slice(1)];
  return values;
}

/** Registers of 048/250 the reference opens into their fields; here they stay registers, and their numbers are compared. */
function registersOf(values: readonly ExpectedItem[]): unknown[] {
  return values.map(({ BDS }) => (typeof BDS === "object" ? (BDS as { val: unknown }).val : BDS));
}

function sameValue(ours: string | number, theirs: string | number): boolean {
  if (typeof ours === "number" && typeof theirs === "number") {
    // The reference's steps of latitude are rounded to seven digits.
    return Math.abs(ours - theirs) <= 1e-6 + 2e-7 * Math.abs(theirs);
  }
  // The reference shows characters without a meaning as blanks.
  return String(ours).replaceAll("@", " ").trim() === String(theirs).trim();
}

function differences(
  category: number,
  expected: Record<string, ExpectedItem>,
  items: AsterixItems,
  sorted: boolean,
): string[] {
  const names = Object.keys(expected).filter((name) => /^I?(\d|RE$|SP$)/.test(name));
  const missing = names.filter((name) => !(name.replace(/^I/, "") in items));
  const extra = Object.keys(items).filter((name) => !names.includes(`I${name}`));
  const wrong = names.filter((name) => {
    const item = name.replace(/^I/, "");
    if (missing.includes(name)) return false;
    if (category === 48 && item === "250") {
      const ours = (items[item] as readonly { BDS1: number; BDS2: number }[]).map(({ BDS1, BDS2 }) => `${BDS1}${BDS2}`);
      return JSON.stringify(ours) !== JSON.stringify(registersOf(expected[name] as unknown as ExpectedItem[]));
    }
    const ours = inReferenceUnits(category, item, items[item]!);
    const theirs = leaves(expected[name]);
    if (sorted) {
      ours.sort();
      theirs.sort();
    }
    return ours.length !== theirs.length || !ours.every((value, index) => sameValue(value, theirs[index]!));
  });
  return [...missing.map((name) => `${name} missing`), ...extra.map((name) => `${name} extra`), ...wrong];
}

/** One line a record; the fields of those that carry `meaning` texts are in alphabetical order. */
function compare(records: readonly DecodedRecord[], expectedFile: string): string[] {
  const lines = sharedLines(`asterix/expected/${expectedFile}`);
  expect(records.length).toBe(lines.length);
  return lines.flatMap((line, index) => {
    const expected = JSON.parse(line) as Record<string, ExpectedItem> & { cat?: number; category?: number };
    const category = expected.cat ?? expected.category!;
    const body = (expected[`CAT${String(category).padStart(3, "0")}`] ?? expected) as Record<string, ExpectedItem>;
    const record = records[index]!;
    expect(record.category).toBe(category);
    return differences(category, body, record.items, body === expected).map(
      (problem) => `record ${index}, ${category} ${problem}`,
    );
  });
}

const FILES = [
  ["cat_001_002.pcap", "cat_001_002.jsonl", 8],
  ["cat_034_048.pcap", "cat_034_048.jsonl", 162],
  ["cat_062_065.pcap", "cat_062_065.jsonl", 3],
  ["cat034.raw", "cat034.raw.jsonl", 1],
  ["cat048.raw", "cat048.raw.jsonl", 1],
  ["cat21_re.ast", "cat21_re.ast.jsonl", 2],
] as const;

describe.skipIf(!hasSharedData("asterix"))("ASTERIX samples (need asterix in the shared data)", () => {
  it.each(FILES)("%s equals the expected records field by field", (file, expected, count) => {
    const { records, faults } = decodeFile(file);
    expect(faults).toEqual([]);
    expect(records).toHaveLength(count);
    expect(compare(records, expected)).toEqual([]);
  });

  it.each(FILES)("%s is written again byte for byte", (file) => {
    const { records, bytes } = decodeFile(file);
    const catalogue = new EditionCatalogue();
    for (const { category, items, offset, length } of records) {
      const written = encodeRecord(catalogue.edition(category), items);
      expect(written).toEqual(bytes.slice(offset, offset + length));
    }
  });

  it("the expected lines' own hexadecimal records lie where the records were found", () => {
    const { records, bytes } = decodeFile("cat_034_048.pcap");
    sharedLines("asterix/expected/cat_034_048.jsonl").forEach((line, index) => {
      const { offset, length } = records[index]!;
      expect(bytes.slice(offset, offset + length)).toEqual(fromHex((JSON.parse(line) as { hexdata: string }).hexdata));
    });
  });

  it("the capture of an old edition is flagged, and nothing of it is passed on", () => {
    const { records, faults, decoder } = decodeFile("asterix.pcap");
    expect(records).toEqual([]);
    expect(decoder.counts).toMatchObject({ blocks: 100, records: 0, refusedBlocks: 100 });
    expect(faults).toHaveLength(100);
    expect(new Set(faults.map((fault) => fault.code))).toEqual(
      new Set(["asterix.record-malformed", "asterix.record-suspect"]),
    );
  });

  it("a file read as an edition that it is not names the editions that it fits", () => {
    const { records, faults } = decodeFile("cat21_re.ast", { 21: "0.26" });
    expect(records).toEqual([]);
    expect(faults[0]).toMatchObject({ code: "asterix.edition-wrong", where: { offset: 0 } });
    expect(faults[0]!.got).toContain("2.1");
  });
});
