import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError, MICROSECONDS_PER_HOUR, MICROSECONDS_PER_MINUTE, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failingFiles } from "../segments/testing/failing-files.ts";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { type Journal, type JournalRecord, openJournal, openJournalReader } from "./index.ts";

const START = 1_617_679_800_000_000;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (record: JournalRecord): string => new TextDecoder().decode(record.payload);

const zstd = spawnSync("zstd", ["--version"]).status === 0;

async function all(records: AsyncIterable<JournalRecord>): Promise<JournalRecord[]> {
  const list: JournalRecord[] = [];
  for await (const record of records) list.push(record);
  return list;
}

function appendMany(journal: Journal, count: number, from: number, step: number): void {
  for (let index = 0; index < count; index++)
    journal.append({
      receivedAt: from + index * step,
      kind: "bytes",
      source: `s${index % 3}`,
      payload: bytes(`p${index}`),
    });
}

describe("journal", () => {
  it("gives back what was appended, in order, with kinds and dispositions", async () => {
    const journal = await openJournal({ directory: temporaryFolder() });
    journal.append({ receivedAt: START, kind: "fusion-started" });
    journal.append({ receivedAt: START + 5, kind: "bytes", source: "north", payload: bytes("a") });
    journal.append({ receivedAt: START + 9, kind: "bytes", source: "north", disposition: "shed", payload: bytes("b") });
    const records = await all(journal.readFromSequence(1));
    expect(records.map((record) => [record.sequence, record.receivedAt - START, record.kind, record.source])).toEqual([
      [1, 0, "fusion-started", ""],
      [2, 5, "bytes", "north"],
      [3, 9, "bytes", "north"],
    ]);
    expect(records.map((record) => record.disposition)).toEqual(["processed", "processed", "shed"]);
    expect(records.map(text)).toEqual(["", "a", "b"]);
    await journal.close();
  });

  it("numbers behind what was sealed, also where its segments are gone or end before, and gives those minutes to be sealed", async () => {
    const directory = temporaryFolder();
    const first = await openJournal({ directory });
    appendMany(first, 3, START, 1);
    await first.close();
    const journal = await openJournal({ directory, after: 10 });
    expect(journal.notices).toMatchObject([{ code: "segment.missing", expected: "records up to 10" }]);
    expect(journal.lastSequence).toBe(10);
    appendMany(journal, 2, START + 1e6, 1);
    journal.cutMinute();
    expect(await journal.minutesAfter(10)).toMatchObject([{ firstSequence: 11, lastSequence: 12 }]);
    await journal.close();
    const again = await openJournal({ directory, after: 12 });
    expect([again.notices, again.lastSequence]).toEqual([[], 12]);
    expect((await all(again.readFromSequence(1))).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 11, 12]);
    await again.close();
    const empty = await openJournal({ directory: temporaryFolder(), after: 7 });
    expect([empty.lastSequence, await empty.minutesAfter(7)]).toEqual([7, []]);
    await empty.close();
  });

  it("goes on with the next sequence number after reopening, across hours and minutes", async () => {
    const directory = temporaryFolder();
    for (let round = 0; round < 4; round++) {
      const journal = await openJournal({ directory });
      expect(journal.lastSequence).toBe(round * 500);
      appendMany(journal, 500, START + round * 500 * MICROSECONDS_PER_SECOND * 10, MICROSECONDS_PER_SECOND * 10);
      await journal.close();
    }
    const journal = await openJournal({ directory });
    const records = await all(journal.readFromSequence(1));
    expect(records.map((record) => record.sequence)).toEqual(Array.from({ length: 2000 }, (_, index) => index + 1));
    expect(readdirSync(directory).filter((file) => file.endsWith(".journal"))).toHaveLength(1);
    expect(readdirSync(directory).filter((file) => file.endsWith(".zst")).length).toBeGreaterThanOrEqual(5);
    const from = START + MICROSECONDS_PER_HOUR;
    const part = await all(journal.read(from, from + MICROSECONDS_PER_MINUTE));
    expect(part.map((record) => record.receivedAt)).toEqual([0, 10, 20, 30, 40, 50].map((s) => from + s * 1e6));
    expect((await all(journal.readFromSequence(1990, 1995))).map((record) => record.sequence)).toHaveLength(6);
    await journal.close();
  });

  it("reads the same from another process's point of view, while it is being written", async () => {
    const directory = temporaryFolder();
    const journal = await openJournal({ directory });
    appendMany(journal, 1000, START, MICROSECONDS_PER_SECOND * 7);
    journal.flush();
    const own = await all(journal.readFromSequence(1));
    const others = await all(openJournalReader(directory).readFromSequence(1));
    expect(others).toEqual(own);
    expect(others).toHaveLength(1000);
    await journal.close();
  });

  it.skipIf(!zstd)(
    `closes an hour as a zstd file that the stock program reads${zstd ? "" : " (needs zstd)"}`,
    async () => {
      const directory = temporaryFolder();
      const journal = await openJournal({ directory });
      appendMany(journal, 500, START, MICROSECONDS_PER_SECOND * 10);
      await journal.close();
      const closed = readdirSync(directory).find((file) => file.endsWith(".zst"))!;
      const plain = execFileSync("zstd", ["-dc", join(directory, closed)]);
      expect(plain.includes("p17")).toBe(true);
      expect(plain.includes("p170")).toBe(true);
    },
  );

  it("keeps going when the clock steps back, a little or a lot", async () => {
    const journal = await openJournal({ directory: temporaryFolder() });
    const times = [0, 70, 65, 3700, 3590, -9000, -8990, 4000].map((second) => START + second * MICROSECONDS_PER_SECOND);
    for (const receivedAt of times) journal.append({ receivedAt, kind: "tick" });
    expect((await all(journal.readFromSequence(1))).map((record) => record.receivedAt)).toEqual(times);
    expect(await all(journal.read(START - 9000e6, START - 8990e6))).toHaveLength(1);
    await journal.close();
  });

  it("refuses a record that is too large or has no time, and takes a large one", async () => {
    const journal = await openJournal({ directory: temporaryFolder() });
    expect(() => journal.append({ receivedAt: START, kind: "bytes", payload: new Uint8Array(17e6) })).toThrow(
      "too-large",
    );
    expect(() => journal.append({ receivedAt: Number.NaN, kind: "tick" })).toThrow("record.time-malformed");
    journal.append({ receivedAt: START, kind: "bytes", payload: new Uint8Array(9e6).fill(7) });
    journal.append({ receivedAt: START, kind: "tick" });
    const records = await all(journal.readFromSequence(1));
    expect(records.map((record) => record.payload.length)).toEqual([9e6, 0]);
    await journal.close();
  });

  it("holds any records whatever", async () => {
    const record = fc.record({
      receivedAt: fc.integer({ min: START, max: START + 5 * MICROSECONDS_PER_HOUR }),
      kind: fc.constantFrom("bytes" as const, "connected" as const, "tick" as const, "configuration" as const),
      source: fc.string({ maxLength: 60 }),
      disposition: fc.constantFrom("processed" as const, "shed" as const),
      payload: fc.uint8Array({ maxLength: 3000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 60 }), fc.integer({ min: 0, max: 60 }), async (entries, cut) => {
        const directory = temporaryFolder();
        const first = await openJournal({ directory, bufferBytes: 4096 });
        for (const entry of entries.slice(0, cut)) first.append(entry);
        await first.close();
        const second = await openJournal({ directory, bufferBytes: 4096 });
        for (const entry of entries.slice(cut)) second.append(entry);
        const back = await all(second.readFromSequence(1));
        await second.close();
        const source = (name: string): string => name.toWellFormed();
        expect(back.map(({ sequence, ...rest }) => ({ ...rest, payload: [...rest.payload], sequence }))).toEqual(
          entries.map((entry, index) => ({
            ...entry,
            source: source(entry.source),
            payload: [...entry.payload],
            sequence: index + 1,
          })),
        );
      }),
      { numRuns: 25 },
    );
  });
});

describe("a torn end", () => {
  it("is cut at start with a message, and what was good stays", async () => {
    const directory = temporaryFolder();
    const journal = await openJournal({ directory });
    appendMany(journal, 10, START, 1000);
    await journal.close();
    const file = join(directory, readdirSync(directory)[0]!);
    const whole = readFileSync(file);
    for (const cut of [1, 7, 20, whole.length - 33]) {
      writeFileSync(file, whole.subarray(0, whole.length - cut));
      const again = await openJournal({ directory });
      expect(again.notices[0]?.code).toBe("segment.tail-cut");
      const kept = await all(again.readFromSequence(1));
      expect(kept.length).toBeLessThan(10);
      expect(again.lastSequence).toBe(kept.length);
      await again.close();
    }
  });

  it("never gives a sequence number twice, though damage hid records that were whole", async () => {
    const directory = temporaryFolder();
    const journal = await openJournal({ directory });
    appendMany(journal, 10, START, 1000);
    await journal.close();
    const file = join(directory, readdirSync(directory)[0]!);
    const content = readFileSync(file);
    content[120] = content[120]! ^ 0xff;
    writeFileSync(file, content);
    const again = await openJournal({ directory });
    expect(again.lastSequence).toBe(10);
    expect(again.append({ receivedAt: START + 1e6, kind: "tick" })).toBe(11);
    expect(readdirSync(directory).some((name) => name.endsWith(".torn"))).toBe(true);
    await again.close();
  });

  it("does not trouble a reader beside the writer", async () => {
    const directory = temporaryFolder();
    const journal = await openJournal({ directory });
    appendMany(journal, 10, START, 1000);
    await journal.close();
    appendFileSync(join(directory, readdirSync(directory)[0]!), Buffer.from([40, 0, 0, 0, 1, 2, 3]));
    expect(await all(openJournalReader(directory).readFromSequence(1))).toHaveLength(10);
  });

  it("refuses a segment of a later format with a clear message", async () => {
    const directory = temporaryFolder();
    const journal = await openJournal({ directory });
    journal.append({ receivedAt: START, kind: "tick" });
    await journal.close();
    const file = join(directory, readdirSync(directory)[0]!);
    const content = readFileSync(file);
    content[8] = 9;
    writeFileSync(file, content);
    await expect(openJournal({ directory })).rejects.toThrow(/segment.version-unknown.*format version 1.*got 9/);
  });
});

describe("a full disk", () => {
  it("is refused clearly, tears nothing, stays readable and heals", async () => {
    const files = failingFiles();
    const directory = temporaryFolder();
    const told: string[] = [];
    const journal = await openJournal({ directory, files, onFault: (fault) => told.push(fault.code) });
    appendMany(journal, 100, START, 1000);
    journal.flush();
    files.freeBytes = 50;
    journal.append({ receivedAt: START + 200_000, kind: "bytes", source: "n", payload: new Uint8Array(100) });
    expect(() => journal.flush()).toThrow(/disk.full/);
    expect(() => journal.append({ receivedAt: START + 200_001, kind: "tick" })).toThrow(FaultError);
    expect(journal.fault?.code).toBe("disk.full");
    expect(told).toEqual(["disk.full"]);
    expect(await all(journal.readFromSequence(1))).toHaveLength(100);
    expect(await all(openJournalReader(directory).readFromSequence(1))).toHaveLength(100);
    files.freeBytes = Number.POSITIVE_INFINITY;
    journal.flush();
    expect(journal.append({ receivedAt: START + 200_002, kind: "tick" })).toBe(102);
    await journal.close();
    const again = await openJournal({ directory });
    expect(again.notices).toEqual([]);
    expect((await all(again.readFromSequence(1))).map((record) => record.sequence).slice(-3)).toEqual([100, 101, 102]);
    await again.close();
  });

  it("heals when it was met at the beginning of an hour", async () => {
    const files = failingFiles();
    const directory = temporaryFolder();
    const journal = await openJournal({ directory, files, flushMilliseconds: 1 });
    journal.append({ receivedAt: START, kind: "tick" });
    journal.flush();
    files.freeBytes = 3;
    expect(() => journal.append({ receivedAt: START + MICROSECONDS_PER_HOUR, kind: "tick" })).toThrow(/disk.full/);
    expect(readdirSync(directory)).toHaveLength(1);
    files.freeBytes = Number.POSITIVE_INFINITY;
    await expect.poll(() => journal.fault, { timeout: 60_000 }).toBeUndefined();
    expect(journal.append({ receivedAt: START + MICROSECONDS_PER_HOUR, kind: "tick" })).toBe(2);
    await journal.close();
  });

  it("leaves an hour open that could not be compressed, and the next start closes it", async () => {
    const files = failingFiles();
    const directory = temporaryFolder();
    const told: string[] = [];
    const journal = await openJournal({ directory, files, onFault: (fault) => told.push(fault.code) });
    appendMany(journal, 500, START, MICROSECONDS_PER_SECOND);
    files.broken.add("rename");
    appendMany(journal, 500, START + MICROSECONDS_PER_HOUR, MICROSECONDS_PER_SECOND);
    await journal.settled();
    expect(told).toEqual(["disk.failed"]);
    expect(await all(journal.readFromSequence(1))).toHaveLength(1000);
    await journal.close();
    const again = await openJournal({ directory });
    await again.settled();
    expect(readdirSync(directory).filter((file) => file.endsWith(".zst"))).toHaveLength(1);
    expect(await all(again.readFromSequence(1))).toHaveLength(1000);
    await again.close();
  });

  it("stops for good when the device does not confirm", async () => {
    const files = failingFiles();
    const journal = await openJournal({ directory: temporaryFolder(), files });
    journal.append({ receivedAt: START, kind: "tick" });
    files.broken.add("syncData");
    await expect(journal.sync()).rejects.toThrow(/disk.failed/);
    files.broken.delete("syncData");
    expect(() => journal.append({ receivedAt: START, kind: "tick" })).toThrow(/disk.failed/);
    expect(await all(journal.readFromSequence(1))).toHaveLength(1);
    await journal.close();
  });
});

describe("minutes", () => {
  it("are digested per source, complete once left, and the same when read again", async () => {
    const directory = temporaryFolder();
    const journal = await openJournal({ directory });
    appendMany(journal, 400, START, MICROSECONDS_PER_SECOND);
    const minutes = await journal.minutesAfter(0);
    expect(minutes).toHaveLength(6);
    expect(minutes[0]?.sources.map((source) => source.source)).toEqual(["s0", "s1", "s2"]);
    expect(minutes[0]?.sources.reduce((sum, source) => sum + source.frames, 0)).toBe(60);
    expect(journal.durableSequence).toBe(400);
    for (const minute of minutes)
      expect(await journal.digestsOf(minute.firstSequence, minute.lastSequence)).toEqual([minute]);
    expect(await journal.minutesAfter(minutes[2]!.lastSequence)).toEqual(minutes.slice(3));
    await journal.close();
  });

  it("that were not sealed before a crash are found again, whichever segment holds them", async () => {
    const directory = temporaryFolder();
    const journal = await openJournal({ directory });
    appendMany(journal, 8000, START, MICROSECONDS_PER_SECOND);
    const minutes = await journal.minutesAfter(0);
    await journal.close();
    const again = await openJournal({ directory });
    expect(await again.minutesAfter(0)).toEqual(minutes);
    expect(await again.minutesAfter(minutes[40]!.lastSequence)).toEqual(minutes.slice(41));
    again.cutMinute();
    const last = (await again.minutesAfter(minutes.at(-1)!.lastSequence)).at(-1);
    expect(last?.lastSequence).toBe(8000);
    await again.close();
  });
});
