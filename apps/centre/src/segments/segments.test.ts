import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeFiles, openSegmentWriter, readSegments, type SegmentRecord } from "./index.ts";
import { encodeHeader, parseHeader, parseSegmentFileName, segmentFileName } from "./name.ts";
import { recordsOf } from "./scan.ts";
import { failingFiles } from "./testing/failing-files.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

const START = 1_617_679_800_000_000;
const HEAD = new Uint8Array([7]);
/** Mark, version and kind; what follows in the header is in the name too. */
const HEADER_MARK_BYTES = 12;

async function sequencesIn(directory: string): Promise<number[]> {
  const sequences: number[] = [];
  for await (const record of readSegments(directory, "journal", {})) sequences.push(record.sequence);
  return sequences;
}

async function write(directory: string, count: number, step: number): Promise<void> {
  const writer = await openSegmentWriter({ directory, kind: "journal" });
  for (let index = 0; index < count; index++)
    writer.append(START + index * step, HEAD, new Uint8Array(1 + ((index * 31) % 200)).fill(index));
  await writer.close();
}

describe("names and headers of segments", () => {
  it("come back as they went", () => {
    const name = fc.record({
      kind: fc.constantFrom("journal" as const, "picture" as const),
      hour: fc.integer({ min: -400_000, max: 2_000_000 }).map((hour) => hour * MICROSECONDS_PER_HOUR),
      firstSequence: fc.integer({ min: 1, max: 999_999_999_999_999 }),
    });
    fc.assert(
      fc.property(name, (given) => {
        expect(parseSegmentFileName(segmentFileName(given))).toEqual({ ...given, closed: false });
        expect(parseSegmentFileName(`${segmentFileName(given)}.zst`)).toEqual({ ...given, closed: true });
        expect(parseHeader(encodeHeader(given), "f")).toEqual({ ok: true, value: given });
      }),
    );
  });

  it("are refused when they are others", () => {
    for (const file of [
      "x",
      "2021-04-06T03-1.journal",
      "2021-13-06T03-000000000000001.journal",
      "2021-04-06T03-000000000000001.log",
    ])
      expect(parseSegmentFileName(file)).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(parseHeader(bytes, "f").ok).toBe(false);
      }),
    );
  });
});

describe("damage", () => {
  it("of any bytes never makes a record of none", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(recordsOf(bytes)).toEqual([]);
      }),
    );
  });

  it("anywhere in an open segment costs only what lies behind it, and writing goes on", async () => {
    const pristine = temporaryFolder();
    await write(pristine, 40, 1000);
    const [file] = readdirSync(pristine);
    const whole = readFileSync(join(pristine, file!));
    const damage = fc.record({ at: fc.nat(whole.length - 1), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, bit }) => {
        const directory = temporaryFolder();
        const bytes = Buffer.from(whole);
        bytes[at] = bytes[at]! ^ (1 << bit);
        writeFileSync(join(directory, file!), bytes);
        if (at < HEADER_MARK_BYTES) {
          await expect(openSegmentWriter({ directory, kind: "journal" })).rejects.toThrow(FaultError);
          return;
        }
        const writer = await openSegmentWriter({ directory, kind: "journal" });
        const next = writer.append(START + 1e6, HEAD, HEAD);
        await writer.close();
        const sequences = await sequencesIn(directory);
        const good = sequences.length - 1;
        expect(sequences).toEqual([...Array.from({ length: good }, (_, index) => index + 1), next]);
        // Only damage to the very last record hides that there was one.
        expect(next).toBeGreaterThanOrEqual(40);
      }),
      { numRuns: 60 },
    );
  });

  it("in a closed segment is a fault, never a wrong record", async () => {
    const directory = temporaryFolder();
    await write(directory, 100, MICROSECONDS_PER_HOUR / 80);
    const file = join(directory, readdirSync(directory).find((name) => name.endsWith(".zst"))!);
    const whole = readFileSync(file);
    const pristine = await contents(directory);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
        const bytes = Buffer.from(whole);
        bytes[at] = bytes[at]! ^ (1 << bit);
        writeFileSync(file, bytes);
        const outcome = await contents(directory).catch((error: unknown) => error);
        if (!(outcome instanceof FaultError)) expect(outcome).toEqual(pristine);
      }),
      { numRuns: 150 },
    );
  });

  it("in the length of a closed segment's index is a fault too, however large it claims to be", async () => {
    const directory = temporaryFolder();
    await write(directory, 100, MICROSECONDS_PER_HOUR / 80);
    const file = join(directory, readdirSync(directory).find((name) => name.endsWith(".zst"))!);
    const bytes = readFileSync(file);
    bytes.writeUInt32LE(0xfffffff0, bytes.length - 12);
    writeFileSync(file, bytes);
    await expect(contents(directory)).rejects.toThrow("segment.index-damaged");
  });

  async function contents(directory: string): Promise<string[]> {
    const list: string[] = [];
    for await (const record of readSegments(directory, "journal", {}) as AsyncIterable<SegmentRecord>)
      list.push(`${record.sequence} ${record.at} ${Buffer.from(record.content).toString("hex")}`);
    return list;
  }
});

describe("the writer", () => {
  it("ends a segment early when an hour is busy", async () => {
    const directory = temporaryFolder();
    const writer = await openSegmentWriter({ directory, kind: "journal" });
    const payload = new Uint8Array(8_000_000);
    for (let index = 0; index < 20; index++) writer.append(START + index, HEAD, payload);
    await writer.close();
    expect(readdirSync(directory).map((file) => file.slice(0, 29))).toEqual([
      "2021-04-06T03-000000000000001",
      "2021-04-06T03-000000000000018",
    ]);
    expect(await sequencesIn(directory)).toHaveLength(20);
  });

  it("survives the failure of every single operation, one after the other", async () => {
    const operations = ["open", "write", "syncData", "syncDirectory", "rename", "remove", "truncate"] as const;
    for (const operation of operations) {
      const directory = temporaryFolder();
      const files = failingFiles();
      let last = 0;
      const writer = await openSegmentWriter({ directory, kind: "journal", files, onFault: () => undefined });
      for (let index = 0; index < 30; index++) {
        if (index === 10) files.broken.add(operation);
        if (index === 20) files.broken.delete(operation);
        try {
          last = writer.append(START + (index * MICROSECONDS_PER_HOUR) / 4, HEAD, new Uint8Array(50));
          writer.flush();
        } catch (error) {
          expect(error).toBeInstanceOf(FaultError);
        }
        if (index % 5 === 0) await writer.sync().catch(() => undefined);
      }
      await writer.close().catch(() => undefined);
      const flushed = writer.flushedSequence;
      const again = await openSegmentWriter({ directory, kind: "journal", files: nodeFiles });
      expect(await sequencesIn(directory), operation).toEqual(Array.from({ length: flushed }, (_, index) => index + 1));
      expect(again.lastSequence).toBe(flushed);
      expect(last).toBeGreaterThanOrEqual(flushed);
      expect(again.append(START, HEAD, HEAD)).toBe(flushed + 1);
      await again.close();
    }
  });
});
