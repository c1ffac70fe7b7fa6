import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../result.ts";
import { cutAt, joinBytes } from "../testing/collect-frames.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import type { AcousticBlock, BlockSidecar, Waveform } from "./acoustic-block.ts";
import { AcousticBlockFramer } from "./block-framer.ts";
import { decodeBlock, decodeBlockMessage, encodeBlockMessage } from "./decode-block.ts";
import { decodeWav } from "./decode-wav.ts";
import { encodeWav } from "./encode-wav.ts";
import { decodeSidecar, encodeSidecar } from "./sidecar.ts";

const sized = <Value>(make: (length: number) => fc.Arbitrary<Value>) =>
  fc
    .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 4 }))
    .chain(([length, channels]) => fc.array(make(length), { minLength: channels, maxLength: channels }));
const exactly = (length: number) => ({ minLength: length, maxLength: length });
const anyWave: fc.Arbitrary<Waveform> = fc.record({
  sampleRate: fc.constantFrom(100, 2000, 48_000),
  channels: fc.oneof(
    sized((length) => fc.int16Array(exactly(length)).map((values) => Int32Array.from(values))),
    sized((length) => fc.int32Array(exactly(length))),
    sized((length) => fc.float32Array({ ...exactly(length), noNaN: true })),
  ),
});
const sidecar: BlockSidecar = {
  station: "S-03",
  sequence: 7,
  boot: 2,
  at: 1_607_662_980_250_000,
  clock: { source: "gnss", errorMicroseconds: 40 },
  encoding: "s16le",
  sampleRate: 2000,
  channels: 2,
  pascalsPerCount: 0.001,
};

describe("WAV files", () => {
  it("are read back as they were written", () => {
    fc.assert(
      fc.property(anyWave, (wave) => {
        expect(decodeWav(encodeWav(wave))).toEqual({ ok: true, value: wave });
      }),
    );
  });

  it("of 8, 24 and 64 bits are read, with other chunks between", () => {
    const file = (tag: number, bits: number, data: readonly number[], extensible = false) => {
      const format = new Uint8Array(extensible ? 40 : 16);
      const view = new DataView(format.buffer);
      view.setUint16(0, extensible ? 0xfffe : tag, true);
      view.setUint16(2, 1, true);
      view.setUint32(4, 100, true);
      view.setUint16(14, bits, true);
      if (extensible) view.setUint16(24, tag, true);
      const chunk = (name: string, bytes: Uint8Array) =>
        joinBytes([Buffer.from(name), Uint8Array.of(bytes.length, 0, 0, 0), bytes, new Uint8Array(bytes.length % 2)]);
      const body = joinBytes([
        Buffer.from("WAVE"),
        chunk("LIST", Uint8Array.of(1, 2, 3)),
        chunk("fmt ", format),
        chunk("data", Uint8Array.from(data)),
      ]);
      return joinBytes([Buffer.from("RIFF"), Uint8Array.of(body.length, 0, 0, 0), body]);
    };
    const samples = (bytes: Uint8Array) => {
      const wave = decodeWav(bytes);
      return wave.ok ? Array.from(wave.value.channels[0]!) : wave.fault.code;
    };
    expect(samples(file(1, 8, [0, 128, 255]))).toEqual([-128, 0, 127]);
    expect(samples(file(1, 24, [0xfe, 0xff, 0xff, 1, 0, 0], true))).toEqual([-2, 1]);
    expect(samples(file(3, 64, [...new Uint8Array(Float64Array.of(0.5).buffer)]))).toEqual([0.5]);
    expect(samples(file(2, 16, [1, 2]))).toBe("wav.format-unknown");
    expect(samples(file(1, 16, [1, 2]).subarray(0, -1))).toBe("wav.truncated");
    expect(samples(Buffer.from("RIFX"))).toBe("wav.not-wav");
  });
});

describe("blocks of sound", () => {
  it("have a sidecar that is read back as it was written, and refused where it is not whole", () => {
    expect(decodeSidecar(encodeSidecar(sidecar))).toEqual({ ok: true, value: sidecar });
    const line = JSON.parse(encodeSidecar(sidecar)) as Record<string, unknown>;
    for (const [field, value] of [
      ["v", 2],
      ["at", "now"],
      ["clock", {}],
      ["encoding", "mp3"],
      ["channels", 0],
      ["other", 1],
    ] as const) {
      const read = decodeSidecar(JSON.stringify({ ...line, [field]: value }), 5);
      expect(read).toMatchObject({
        ok: false,
        fault: { code: "wav.sidecar-malformed", where: { offset: 5, field: expect.stringContaining(field) } },
      });
    }
    const { sampleRateHz: _, ...without } = line;
    expect(decodeSidecar(JSON.stringify(without))).toMatchObject({ fault: { where: { field: "sampleRateHz" } } });
    expect(decodeSidecar("[]")).toMatchObject({ fault: { code: "wav.sidecar-not-json" } });
  });

  it("raw or WAV are read by their sidecar", () => {
    const raw = Uint8Array.of(1, 0, 0xff, 0xff, 2, 0, 0xfe, 0xff);
    expect(decodeBlock(sidecar, raw)).toEqual({
      ok: true,
      value: { sidecar, sampleRate: 2000, channels: [Int32Array.of(1, 2), Int32Array.of(-1, -2)] },
    });
    expect(decodeBlock(sidecar, raw.subarray(1), 9)).toMatchObject({
      fault: { code: "wav.truncated", where: { offset: 9 } },
    });
    fc.assert(
      fc.property(anyWave, (wave) => {
        const message = encodeBlockMessage({ ...sidecar, encoding: "wav" }, encodeWav(wave));
        expect(decodeBlockMessage(message)).toMatchObject({ ok: true, value: wave });
        expect(decodeBlockMessage(message.subarray(0, -1))).toMatchObject({ ok: false });
      }),
      { numRuns: 20 },
    );
  });

  it("in a stream are found, however it is cut; a bad one is told of and the rest goes on", () => {
    const good = encodeBlockMessage(sidecar, Uint8Array.of(1, 0, 2, 0));
    const bad = encodeBlockMessage(sidecar, Uint8Array.of(1, 0, 2));
    const stream = joinBytes([good, Buffer.from("what\n"), bad, good, good.subarray(0, -1)]);
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) => {
        const offsets: number[] = [];
        const faults: Fault[] = [];
        const framer = new AcousticBlockFramer();
        const sink = {
          block: (_: AcousticBlock, offset: number) => offsets.push(offset),
          fault: (fault: Fault) => faults.push(fault),
        };
        for (const chunk of cutAt(stream, cuts)) framer.push(chunk, sink);
        framer.end(sink);
        expect(offsets).toEqual([0, good.length + 5 + bad.length]);
        expect(faults.map(({ code, where }) => [code, where?.offset])).toEqual([
          ["wav.sidecar-not-json", good.length],
          ["wav.truncated", good.length + 5 + bad.length - 3],
          ["wav.truncated", stream.length - good.length + 1],
        ]);
      }),
    );
  });

  it(
    "of any content are read without a crash",
    () => {
      const message = encodeBlockMessage(
        { ...sidecar, encoding: "wav" },
        encodeWav({ sampleRate: 100, channels: [Int32Array.of(1, 2)] }),
      );
      const piece = fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }).map((edits) => {
          const changed = message.slice();
          for (const [place, byte] of edits) changed[place % changed.length] = byte;
          return changed;
        }),
      );
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 4 }), fc.array(fc.nat()), (pieces, cuts) => {
          const framer = new AcousticBlockFramer();
          const sink = { block: () => {}, fault: () => {} };
          for (const chunk of cutAt(joinBytes(pieces), cuts)) framer.push(chunk, sink);
          framer.end(sink);
          for (const bytes of pieces) decodeWav(bytes);
        }),
        fuzzRuns(1_500),
      );
    },
    FUZZ_TIMEOUT,
  );
});
