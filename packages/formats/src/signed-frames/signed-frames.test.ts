import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../result.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { finishSignedBatch, prepareSignedBatch, type SignedBatch, type SignedBatchHead } from "./batch.ts";
import { SignedBatchFramer } from "./batch-framer.ts";
import { BatchSequence } from "./batch-order.ts";
import { compareTaps, MinuteTap, type TapMinute } from "./minute-tap.ts";

const KEY = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const SIGNATURE = new Uint8Array(64).fill(9);
const START = 1_617_679_800_000_000;

function made(sequence: number, payload = "abc", more: Partial<SignedBatchHead> = {}): Uint8Array {
  const head = { keyId: KEY, boot: 1, sequence, time: START + sequence * 250_000, ...more };
  return finishSignedBatch(prepareSignedBatch(head, new TextEncoder().encode(payload)).unsigned, SIGNATURE);
}

function read(stream: Uint8Array, cuts: readonly number[] = []) {
  const framer = new SignedBatchFramer();
  const batches: (Omit<SignedBatch, "payload"> & { payload: string })[] = [];
  const faults: Fault[] = [];
  const sink = {
    batch: (batch: SignedBatch) =>
      void batches.push({
        ...structuredClone(batch),
        payload: new TextDecoder().decode(batch.payload),
      }),
    fault: (fault: Fault) => void faults.push(fault),
  };
  let from = 0;
  for (const cut of [...cuts, stream.length].sort((left, right) => left - right)) {
    framer.push(stream.slice(from, cut), sink);
    from = cut;
  }
  framer.end(sink);
  return { batches, faults, counts: framer.counts };
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

describe("signed batches", () => {
  it(
    "come back as they were made, however the stream is cut",
    () => {
      const heads = fc.record({
        boot: fc.nat(2 ** 32 - 1),
        sequence: fc.nat(Number.MAX_SAFE_INTEGER),
        time: fc.nat(Number.MAX_SAFE_INTEGER),
        payload: fc.string({ minLength: 1, maxLength: 40 }),
      });
      fc.assert(
        fc.property(fc.array(heads, { maxLength: 5 }), fc.array(fc.nat(600), { maxLength: 8 }), (all, cuts) => {
          const stream = joined(...all.map(({ payload, ...head }) => made(head.sequence, payload, head)));
          const back = read(
            stream,
            cuts.filter((cut) => cut <= stream.length),
          );
          expect(back.faults).toEqual([]);
          expect(back.batches.map(({ boot, sequence, time, payload }) => ({ boot, sequence, time, payload }))).toEqual(
            all,
          );
        }),
        fuzzRuns(100),
      );
    },
    FUZZ_TIMEOUT,
  );

  it("are found again behind garbage, which is told once", () => {
    const back = read(joined(Buffer.from("no batch OJS"), made(0), Buffer.from("xx"), made(1)));
    expect(back.batches.map((batch) => batch.sequence)).toEqual([0, 1]);
    expect(back.faults.map((fault) => [fault.code, fault.got])).toEqual([
      ["signed.garbage", "12 bytes"],
      ["signed.garbage", "2 bytes"],
    ]);
  });

  it.each([
    ["signed.version", (batch: Uint8Array) => batch.fill(2, 4, 5)],
    ["signed.malformed", (batch: Uint8Array) => batch.fill(0xff, 34, 38)],
    ["signed.malformed", (batch: Uint8Array) => batch.fill(0xff, 18, 26)],
    ["signed.truncated", (batch: Uint8Array) => batch.subarray(0, 60)],
  ] as const)("that cannot be read are told as %s", (code, spoil) => {
    expect(read(spoil(made(0))).faults[0]).toMatchObject({ code });
  });

  it(
    "never throw on any bytes and hold no more than one batch",
    () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(400)), (bytes, cuts) => {
          read(
            joined(Buffer.from("OJSF"), bytes),
            cuts.filter((cut) => cut <= bytes.length),
          );
        }),
        fuzzRuns(300),
      );
    },
    FUZZ_TIMEOUT,
  );

  it.each([
    [{ boot: -1 }, "abc"],
    [{ sequence: 1.5 }, "abc"],
    [{ keyId: new Uint8Array(7) }, "abc"],
    [{}, ""],
  ])("are not made of what has no place in them", (head, payload) => {
    expect(() => made(0, payload, head)).toThrow(RangeError);
  });
});

describe("the order of batches", () => {
  it("tells duplicates, replays and gaps, over boots too", () => {
    const sequence = new BatchSequence();
    const take = (boot: number, number: number) => sequence.take({ boot, sequence: number });
    expect(take(1, 7)).toEqual({ order: "next" });
    expect(take(1, 8)).toEqual({ order: "next" });
    expect(take(1, 8)).toEqual({ order: "duplicate" });
    expect(take(1, 7)).toEqual({ order: "replay" });
    expect(take(1, 11)).toEqual({ order: "gap", missing: 2 });
    expect(take(2, 0)).toEqual({ order: "next" });
    expect(take(1, 12)).toEqual({ order: "replay" });
    expect(take(4, 3)).toEqual({ order: "gap", missing: 3 });
  });
});

describe("taps", () => {
  const hash = () => {
    const seen: number[] = [];
    return { update: (bytes: Uint8Array) => void seen.push(...bytes), digest: () => Buffer.from(seen).toString("hex") };
  };
  const minutesOf = (batches: readonly Uint8Array[]): TapMinute[] => {
    const tap = new MinuteTap(hash);
    const closed: (TapMinute | undefined)[] = [];
    const framer = new SignedBatchFramer();
    const sink = { batch: (batch: SignedBatch) => void closed.push(tap.take(batch)), fault: () => undefined };
    for (const batch of batches) framer.push(batch, sink);
    return [...closed, tap.close()].filter((minute) => minute !== undefined);
  };
  const batches = Array.from({ length: 500 }, (_, sequence) => made(sequence));

  it("of one gateway give the same minutes", () => {
    const ours = minutesOf(batches);
    expect(ours.map(({ first, last }) => [first, last])).toEqual([
      [0, 239],
      [240, 479],
      [480, 499],
    ]);
    const theirs = minutesOf(batches);
    expect(ours.map((minute, place) => compareTaps(minute, theirs[place]!))).toEqual(["same", "same", "same"]);
  });

  it("tell what was lost on the way from what was changed", () => {
    const [first] = minutesOf(batches);
    const [lost] = minutesOf(batches.filter((_, sequence) => sequence !== 100));
    const [changed] = minutesOf(batches.map((batch, sequence) => (sequence === 100 ? made(100, "xyz") : batch)));
    expect(compareTaps(first!, lost!)).toBe("missing");
    expect(compareTaps(first!, changed!)).toBe("different");
  });

  it("begin anew with each boot, and do not end a minute because a clock went back", () => {
    const again = [
      made(0),
      made(1),
      made(0, "abc", { boot: 2 }),
      made(1, "abc", { boot: 2, time: START - 90_000_000 }),
    ];
    expect(minutesOf(again).map(({ boot, batches: count }) => [boot, count])).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });
});
