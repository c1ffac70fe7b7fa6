import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../result.ts";
import { cutAt } from "../testing/collect-frames.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { LineFramer, type LineSink } from "./line-framer.ts";

class LineCollector implements LineSink {
  readonly lines: { text: string; offset: number }[] = [];
  readonly faults: Fault[] = [];
  line(bytes: Uint8Array, start: number, end: number, offset: number): void {
    this.lines.push({ text: new TextDecoder().decode(bytes.subarray(start, end)), offset });
  }
  fault(fault: Fault): void {
    this.faults.push(fault);
  }
}

function frame(text: string, cuts: readonly number[], maximumLength = 1000): LineCollector {
  const sink = new LineCollector();
  const framer = new LineFramer({ maximumLength });
  for (const chunk of cutAt(new TextEncoder().encode(text), cuts)) framer.push(chunk, sink);
  framer.end(sink);
  return sink;
}

describe("LineFramer", () => {
  it(
    "gives the same lines and offsets however the stream is cut",
    () => {
      const line = fc.stringMatching(/^[ -~]{0,30}$/);
      fc.assert(
        fc.property(fc.array(line), fc.array(fc.nat()), (lines, cuts) => {
          const sink = frame(lines.map((text) => `${text}\n`).join(""), cuts);
          expect(sink.lines.map((found) => found.text)).toEqual(lines);
          let offset = 0;
          for (const found of sink.lines) {
            expect(found.offset).toBe(offset);
            offset += found.text.length + 1;
          }
          expect(sink.faults).toEqual([]);
        }),
        fuzzRuns(100),
      );
    },
    FUZZ_TIMEOUT,
  );

  it("removes a carriage return before the line feed and gives a last line without one", () => {
    expect(frame("a\r\nb", [1, 2]).lines).toEqual([
      { text: "a", offset: 0 },
      { text: "b", offset: 3 },
    ]);
  });

  it("drops a line beyond the limit, reports it once with its offset, and goes on", () => {
    for (const cuts of [[], [3], [3, 9, 12], [15]]) {
      const sink = frame(`ab\n${"x".repeat(11)}\ncd\n`, cuts, 10);
      expect(sink.lines.map((found) => found.text)).toEqual(["ab", "cd"]);
      expect(sink.faults).toHaveLength(1);
      expect(sink.faults[0]).toMatchObject({ code: "line.too-long", where: { offset: 3 } });
    }
  });

  it("holds one line at most while a gigabyte comes without a separator", () => {
    const framer = new LineFramer({ maximumLength: 4096 });
    const sink = new LineCollector();
    const chunk = new Uint8Array(1 << 20).fill(0x41);
    for (let megabyte = 0; megabyte < 1024; megabyte += 1) framer.push(chunk, sink);
    expect(framer.counts).toEqual({ lines: 0, overlongLines: 1, droppedBytes: 2 ** 30 });
    expect(sink.faults).toHaveLength(1);
    framer.push(new TextEncoder().encode("tail\nnext\n"), sink);
    expect(sink.lines).toEqual([{ text: "next", offset: 2 ** 30 + 5 }]);
  });
});
