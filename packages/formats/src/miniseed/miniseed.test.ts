import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../result.ts";
import { cutAt, joinBytes } from "../testing/collect-frames.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { crc32c } from "./crc32c.ts";
import { encodeMiniSeed, type WaveformToEncode } from "./encode-miniseed.ts";
import { encodeSteim } from "./encode-steim.ts";
import { MiniSeedFramer } from "./miniseed-framer.ts";
import { readMiniSeed } from "./read-record.ts";
import { decodeSteim } from "./steim.ts";
import type { WaveformRecord } from "./waveform-record.ts";

function frame(stream: Uint8Array, cuts: readonly number[] = []) {
  const records: WaveformRecord[] = [];
  const offsets: number[] = [];
  const faults: Fault[] = [];
  const framer = new MiniSeedFramer();
  const sink = {
    record(bytes: Uint8Array, start: number, end: number, offset: number) {
      const record = readMiniSeed(bytes, start, end, offset);
      if (record.ok) {
        records.push(record.value);
        offsets.push(offset);
      } else faults.push(record.fault);
    },
    fault: (fault: Fault) => faults.push(fault),
  };
  for (const chunk of cutAt(stream, cuts)) framer.push(chunk, sink);
  framer.end(sink);
  return { records, offsets, faults, counts: framer.counts };
}

/** Walks of many sizes of step, so that every packing is used. */
const steps = fc.oneof(
  fc.integer({ min: -8, max: 7 }),
  fc.integer({ min: -128, max: 127 }),
  fc.integer({ min: -16_384, max: 16_383 }),
  fc.integer({ min: -(2 ** 28), max: 2 ** 28 }),
);
const walk = fc.array(fc.tuple(steps, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 80 }).map((parts) => {
  let value = 0;
  return Int32Array.from(
    parts.flatMap(([step, times]) =>
      Array.from({ length: times }, (_, index) => (value = (value + (index % 2 === 0 ? step : -step)) | 0)),
    ),
  );
});
const anyWhole = fc.array(fc.integer(), { minLength: 1, maxLength: 300 }).map((values) => Int32Array.from(values));
const samples = fc.oneof(
  walk,
  anyWhole,
  fc.float32Array({ minLength: 1, maxLength: 200, noNaN: true }),
  fc.float64Array({ minLength: 1, maxLength: 200, noNaN: true }),
);
const waveform: fc.Arbitrary<WaveformToEncode> = fc.record(
  {
    sourceId: fc.constantFrom("FDSN:XX_ABCDE_00_B_D_F", "FDSN:X_A__H_H_Z"),
    startAt: fc.integer({ min: 0, max: 4_000_000_000_000_000 }),
    sampleRate: fc.constantFrom(1, 20, 100, 200, 0.1, 12.5, 1000),
    samples,
    publicationVersion: fc.integer({ min: 1, max: 4 }),
    timingQuality: fc.nat(100),
  },
  { requiredKeys: ["sourceId", "startAt", "sampleRate", "samples"] },
);
const options = fc.record({
  version: fc.constantFrom(2 as const, 3 as const),
  encoding: fc.constantFrom("steim1" as const, "steim2" as const, "int32" as const),
  recordLength: fc.constantFrom(256, 512, 4096),
});

describe("waveform records", () => {
  it("are read back as they were written, however they are cut", () => {
    fc.assert(
      fc.property(waveform, options, fc.array(fc.nat()), (wave, how, cuts) => {
        const { records, faults } = frame(joinBytes(encodeMiniSeed(wave, how)), cuts);
        expect(faults).toEqual([]);
        let told = 0;
        for (const record of records) {
          expect(record).toMatchObject({ sourceId: wave.sourceId, version: how.version, sampleRate: wave.sampleRate });
          expect(record.startAt).toBe(wave.startAt + Math.round((told * 1e6) / wave.sampleRate));
          expect(record.samples).toEqual(wave.samples.slice(told, told + record.sampleCount));
          if (wave.timingQuality !== undefined) expect(record.timingQuality).toBe(wave.timingQuality);
          told += record.sampleCount;
        }
        expect(told).toBe(wave.samples.length);
      }),
    );
  });

  it.each([1, 2] as const)("of Steim %d give back every sample, and tell a changed one by the last", (level) => {
    fc.assert(
      fc.property(walk, fc.nat(1000), (values, place) => {
        const { bytes, count } = encodeSteim(values, level, 63);
        const out = new Int32Array(count);
        expect(decodeSteim(new DataView(bytes.buffer), 0, bytes.length, level, out)).toBeUndefined();
        expect(out).toEqual(values.slice(0, count));
        const broken = bytes.slice();
        broken[8 + (place % 4)]! ^= 1;
        expect(decodeSteim(new DataView(broken.buffer), 0, broken.length, level, out)).toBe("last-sample-differs");
      }),
    );
  });

  it("have the checksum of Castagnoli", () => {
    expect(crc32c(new TextEncoder().encode("123456789"), 0, 9)).toBe(0xe3069283);
  });

  it("in the second before a leap are told apart", () => {
    const record = encodeMiniSeed({
      sourceId: "FDSN:XX_A__H_H_Z",
      startAt: 0,
      sampleRate: 1,
      samples: Int32Array.of(1),
    })[0]!;
    record.set([23, 59, 60], 24);
    expect(readMiniSeed(record)).toMatchObject({ ok: true, value: { leapSecond: 1, startAt: 86_400_000_000 } });
    record.set([0, 0, 0], 24);
    record[36] = 0x20;
    expect(readMiniSeed(record)).toMatchObject({ value: { leapSecond: -1, startAt: 0 } });
  });

  it("are corrected by the time correction unless it is already in, and swapped where they are", () => {
    const record = encodeMiniSeed(
      { sourceId: "FDSN:XX_A__H_H_Z", startAt: 0, sampleRate: 1, samples: Int32Array.of(1) },
      { encoding: "int32" },
    )[0]!;
    new DataView(record.buffer).setInt32(40, 15);
    expect(readMiniSeed(record)).toMatchObject({ value: { startAt: 1500 } });
    record[36] = 2;
    expect(readMiniSeed(record)).toMatchObject({ value: { startAt: 0 } });
    for (const [at, width] of [
      [20, 2],
      [22, 2],
      [30, 2],
      [32, 2],
      [34, 2],
      [40, 4],
      [44, 2],
      [46, 2],
      [48, 2],
      [50, 2],
      [56, 2],
      [64, 4],
    ] as const)
      record.set(record.slice(at, at + width).reverse(), at);
    record[53] = 0;
    expect(readMiniSeed(record)).toMatchObject({ value: { startAt: 0, sampleRate: 1, samples: Int32Array.of(1) } });
  });

  it("of three octets a sample and of text are read", () => {
    const record = encodeMiniSeed(
      { sourceId: "FDSN:XX_A__H_H_Z", startAt: 0, sampleRate: 1, samples: Int32Array.of(0) },
      { encoding: "int32" },
    )[0]!;
    record.set([2, 1], 52);
    record.set([0, 2], 30);
    record.set([0xff, 0xff, 0xfe, 0x01, 0x02, 0x03], 64);
    expect(readMiniSeed(record)).toMatchObject({ value: { samples: Int32Array.of(-2, 0x010203) } });
    record[52] = 0;
    record.set([65, 66], 64);
    expect(readMiniSeed(record)).toMatchObject({ value: { samples: "AB" } });
    record[52] = 99;
    expect(readMiniSeed(record)).toMatchObject({ fault: { code: "miniseed.encoding-unknown" } });
  });
});

describe("a stream of records", () => {
  const wave = (startAt: number) => ({
    sourceId: "FDSN:XX_A__H_H_Z",
    startAt,
    sampleRate: 100,
    samples: Int32Array.from({ length: 50 }, (_, index) => index * index),
  });
  const second = (startAt: number) => encodeMiniSeed(wave(startAt))[0]!;
  const third = (startAt: number) => encodeMiniSeed(wave(startAt), { version: 3 })[0]!;

  it.each([
    ["2", second, 80, "miniseed.samples-damaged"],
    ["3", third, 80, "miniseed.checksum-wrong"],
    ["3, in its length", third, 37, "miniseed.checksum-wrong"],
    ["2, in its blockette", second, 54, "miniseed.header-wrong"],
  ] as const)("skips and counts a broken record of version %s", (_, make, place, code) => {
    const broken = make(2);
    broken[place]! ^= 1;
    if (place === 54) broken[place] = 3;
    const stream = joinBytes([make(1), broken, make(3), ...Array.from({ length: 3 }, (_, index) => make(4 + index))]);
    const { records, faults } = frame(stream, [100, 700]);
    expect(records.map(({ startAt }) => startAt)).toEqual([1, 3, 4, 5, 6]);
    expect(faults).toMatchObject([{ code, where: { offset: broken.length } }]);
  });

  it("skips garbage between records and tells of a cut one", () => {
    const stream = joinBytes([second(1), new TextEncoder().encode("garbage"), third(2), second(3).subarray(0, 100)]);
    const { offsets, faults, counts } = frame(stream);
    expect(offsets).toEqual([0, 519]);
    expect(faults.map(({ code, where }) => [code, where?.offset])).toEqual([
      ["miniseed.garbage", 512],
      ["miniseed.record-truncated", stream.length - 100],
    ]);
    expect(counts).toEqual({ records: 2, garbageBytes: 107 });
  });

  it(
    "of any content is read without a crash, and nothing is invented",
    () => {
      const whole = fc.constantFrom(second(1), third(2));
      const piece = fc.oneof(
        whole,
        fc.uint8Array({ maxLength: 60 }),
        fc
          .tuple(whole, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }))
          .map(([bytes, edits]) => {
            const changed = bytes.slice();
            for (const [place, byte] of edits) changed[place % changed.length] = byte;
            return changed;
          }),
      );
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 5 }), fc.array(fc.nat()), (pieces, cuts) => {
          const stream = joinBytes(pieces);
          const cut = frame(stream, cuts);
          expect(cut.offsets).toEqual(frame(stream).offsets);
          for (const record of cut.records) expect(record.samples.length).toBeLessThanOrEqual(65_536);
        }),
        fuzzRuns(1_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});
