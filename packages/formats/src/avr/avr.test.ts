import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutAt, FrameCollector } from "../testing/collect-frames.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { AvrFramer } from "./avr-framer.ts";
import { encodeAvr } from "./encode-avr.ts";

function collect(text: string, cuts: readonly number[] = []): FrameCollector {
  const sink = new FrameCollector();
  const framer = new AvrFramer();
  for (const chunk of cutAt(new TextEncoder().encode(text), cuts)) framer.push(chunk, sink);
  framer.end(sink);
  return sink;
}

const bytes = fc.constantFrom(2, 7, 14).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
const anyFrame = fc.oneof(fc.record({ bytes }), fc.record({ bytes, ticks: fc.integer({ min: 0, max: 2 ** 48 - 1 }) }));

describe("AVR text", () => {
  it("gives back what was written, however the stream is cut", () => {
    fc.assert(
      fc.property(fc.array(anyFrame), fc.array(fc.nat()), (frames, cuts) => {
        const sink = collect(frames.map(encodeAvr).join(""), cuts);
        expect(sink.faults).toEqual([]);
        expect(sink.frames.map((frame) => frame.bytes)).toEqual(frames.map((frame) => frame.bytes));
        expect(sink.frames.map((frame) => frame.ticks)).toEqual(
          frames.map((frame) => ("ticks" in frame ? frame.ticks : Number.NaN)),
        );
      }),
    );
  });

  it("reads lower case, blank lines and the form with counter and signal", () => {
    const sink = collect("\r\n*5d4d20237a55a6;\r\n\r\n<0000000000ff805d4d20237a55a6;");
    expect(sink.faults).toEqual([]);
    expect(sink.frames).toMatchObject([{ offset: 2 }, { ticks: 255, signal: 128 }]);
  });

  it.each([
    ["*5d4d20237a55a;", 0, "4, 14 or 28 hexadecimal digits of message"],
    ["*5d4d20237a55ag;", 0, "hexadecimal digits"],
    ["5d4d20237a55a6;", 0, "one of * : @ % <"],
    ["*5d4d20237a55a6;\n*5d4d20237a55a6", 17, "a semicolon at the end"],
    ["*5d4d20\n*5d4d20237a55a6;", 0, "a semicolon before the end of the line"],
  ])("names what is wrong with %j", (text, offset, expected) => {
    expect(collect(text).faults).toMatchObject([{ code: "avr.frame-malformed", where: { offset }, expected }]);
  });

  it(
    "takes any text without a crash and gives only frames that stand in it",
    () => {
      const text = fc.string({ unit: fc.constantFrom(..."*@%<:;\n 0123456789abcdefABCDEFxyz"), maxLength: 200 });
      fc.assert(
        fc.property(text, fc.array(fc.nat()), (content, cuts) => {
          const whole = collect(content);
          expect(collect(content, cuts).frames).toEqual(whole.frames);
          for (const frame of whole.frames) {
            const found = content.slice(frame.offset, frame.offset + frame.streamLength).toLowerCase();
            expect(found.endsWith(`${Buffer.from(frame.bytes).toString("hex")};`)).toBe(true);
          }
        }),
        fuzzRuns(2_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});
