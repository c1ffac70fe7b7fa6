import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutAt, FrameCollector, joinBytes } from "../testing/collect-frames.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { BeastFramer } from "./beast-framer.ts";
import { type BeastFrameFields, encodeBeast } from "./encode-beast.ts";

// 0x1a is what the escaping is about: it must not be rare.
const byte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constant(0x1a), fc.constantFrom(0x31, 0x32, 0x33));
const anyFrame: fc.Arbitrary<BeastFrameFields> = fc.record({
  bytes: fc.constantFrom(2, 7, 14).chain((length) => fc.uint8Array({ minLength: length, maxLength: length })),
  ticks: fc.oneof(fc.nat(), fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.constant(0x1a1a1a1a1a1a)),
  signal: byte,
});

function collect(stream: Uint8Array, cuts: readonly number[]): { sink: FrameCollector; framer: BeastFramer } {
  const sink = new FrameCollector();
  const framer = new BeastFramer();
  for (const chunk of cutAt(stream, cuts)) framer.push(chunk, sink);
  framer.end(sink);
  return { sink, framer };
}

describe("Beast framing", () => {
  it("gives back what was framed, with its place in the stream, however the stream is cut", () => {
    fc.assert(
      fc.property(fc.array(anyFrame), fc.array(fc.nat()), (frames, cuts) => {
        const parts = frames.map(encodeBeast);
        const { sink } = collect(joinBytes(parts), cuts);
        expect(sink.faults).toEqual([]);
        expect(sink.frames.map(({ bytes, ticks, signal }) => ({ bytes, ticks, signal }))).toEqual(frames);
        expect(sink.frames.map((frame) => frame.streamLength)).toEqual(parts.map((part) => part.length));
      }),
    );
  });

  it("names the garbage before a frame and the frame cut short, and reads the next", () => {
    const good = encodeBeast({ bytes: new Uint8Array(7).fill(0x5d), ticks: 1, signal: 2 });
    const stream = joinBytes([new Uint8Array([1, 2, 3]), good, good.subarray(0, 10), good]);
    for (let cut = 0; cut < stream.length; cut += 1) {
      const { sink, framer } = collect(stream, [cut]);
      expect(sink.frames).toHaveLength(2);
      expect(sink.faults.map((fault) => [fault.code, fault.where?.offset])).toEqual([
        ["beast.garbage", 0],
        ["beast.frame-truncated", 3 + good.length],
      ]);
      expect(framer.counts).toMatchObject({ frames: 2, truncatedFrames: 1, garbageBytes: 3 });
    }
  });

  it("skips frame types it has no use for, whatever their length", () => {
    const good = encodeBeast({ bytes: new Uint8Array(7), ticks: 1, signal: 2 });
    const { sink, framer } = collect(joinBytes([new Uint8Array([0x1a, 0x34, 1, 2, 0x1a, 0x1a, 4]), good]), []);
    expect(sink.frames).toHaveLength(1);
    expect(sink.faults).toEqual([]);
    expect(framer.counts.skippedFrames).toBe(1);
  });

  it("reports a frame that the end of the stream cuts short", () => {
    const good = encodeBeast({ bytes: new Uint8Array(14), ticks: 1, signal: 2 });
    expect(collect(good.subarray(0, 20), []).sink.faults[0]).toMatchObject({ code: "beast.frame-truncated" });
  });

  it("takes a long run of garbage in bounded reports that cover all of it", () => {
    const { sink, framer } = collect(new Uint8Array(200_000).fill(7), [77_777]);
    expect(framer.counts.garbageBytes).toBe(200_000);
    expect(sink.faults.map((fault) => fault.where?.offset)).toEqual([0, 65_536, 131_072, 196_608]);
  });

  it("refuses to frame a message of another length", () => {
    expect(() => encodeBeast({ bytes: new Uint8Array(6), ticks: 0, signal: 0 })).toThrow(RangeError);
  });

  it(
    "reads any bytes alike however they are cut, and every frame stands in them",
    () => {
      fc.assert(
        fc.property(fc.array(byte, { maxLength: 400 }), fc.array(fc.nat()), (content, cuts) => {
          const stream = Uint8Array.from(content);
          const whole = collect(stream, []);
          const pieces = collect(stream, cuts);
          expect(pieces.sink.frames).toEqual(whole.sink.frames);
          expect(pieces.framer.counts).toEqual(whole.framer.counts);
          for (const frame of whole.sink.frames) {
            const slice = stream.subarray(frame.offset, frame.offset + frame.streamLength);
            expect(slice).toEqual(encodeBeast(frame));
          }
        }),
        fuzzRuns(2_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});
