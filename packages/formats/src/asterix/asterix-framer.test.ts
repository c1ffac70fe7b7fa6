import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../result.ts";
import { cutAt, joinBytes } from "../testing/collect-frames.ts";
import { ethernet, ipv4Datagram, pcapFile } from "../testing/make-capture.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { AsterixFramer, type AsterixFraming } from "./asterix-framer.ts";
import { EditionCatalogue } from "./editions.ts";

const catalogue = new EditionCatalogue();

function frame(stream: Uint8Array, cuts: readonly number[] = [], framing?: AsterixFraming) {
  const runs: { bytes: number[]; offset: number; at: number }[] = [];
  const faults: Fault[] = [];
  const framer = new AsterixFramer((category) => catalogue.knows(category), framing);
  const sink = {
    blocks: (bytes: Uint8Array, start: number, end: number, offset: number, at: number) =>
      runs.push({ bytes: [...bytes.subarray(start, end)], offset, at }),
    fault: (fault: Fault) => faults.push(fault),
  };
  for (const chunk of cutAt(stream, cuts)) framer.push(chunk, sink);
  framer.end(sink);
  return { runs, faults, framer };
}

const block = fc
  .tuple(fc.constantFrom(1, 2, 21, 34, 48, 62, 65), fc.uint8Array({ minLength: 1, maxLength: 30 }))
  .map(([category, body]) => Uint8Array.from([category, 0, body.length + 3, ...body]));
const someBlocks = fc.array(block, { minLength: 1, maxLength: 6 });

function finalFrame(blocks: Uint8Array, hundredths: number): Uint8Array {
  const length = blocks.length + 12;
  const time = [hundredths >> 16, (hundredths >> 8) & 0xff, hundredths & 0xff];
  return Uint8Array.from([length >> 8, length & 0xff, 1, 2, 3, ...time, ...blocks, 0xa5, 0xa5, 0xa5, 0xa5]);
}

function switched(blocks: Uint8Array): Uint8Array {
  const length = blocks.length + 6;
  return Uint8Array.from([length >> 8, length & 0xff, 2, 0xbb, 0x40, 0x35, ...blocks]);
}

describe("blocks in a stream", () => {
  it("raw, one behind the other, are found however the stream is cut", () => {
    fc.assert(
      fc.property(someBlocks, fc.array(fc.nat()), (blocks, cuts) => {
        const { runs, faults, framer } = frame(joinBytes(blocks), cuts);
        expect(framer.framing).toBe("raw");
        expect(faults).toEqual([]);
        expect(runs.map(({ bytes }) => bytes)).toEqual(blocks.map((bytes) => [...bytes]));
      }),
    );
  });

  it("in FINAL frames are found with the recorder's time", () => {
    const frames = fc.array(fc.tuple(someBlocks, fc.nat(8_639_999)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(frames, fc.array(fc.nat()), (contents, cuts) => {
        const stream = joinBytes(contents.map(([blocks, time]) => finalFrame(joinBytes(blocks), time)));
        const { runs, faults, framer } = frame(stream, cuts);
        expect(framer.framing).toBe("final");
        expect(faults).toEqual([]);
        expect(runs.map(({ bytes }) => bytes)).toEqual(contents.map(([blocks]) => [...joinBytes(blocks)]));
        expect(runs.map(({ at }) => at)).toEqual(contents.map(([, time]) => time * 10_000));
        for (const { bytes, offset } of runs)
          expect([...stream.subarray(offset, offset + bytes.length)]).toEqual(bytes);
      }),
    );
  });

  it("in a capture's datagrams are found, behind a line switch too", () => {
    fc.assert(
      fc.property(someBlocks, someBlocks, fc.array(fc.nat()), (first, second, cuts) => {
        const payloads = [joinBytes(first), joinBytes([switched(joinBytes(first)), switched(joinBytes(second))])];
        const packets = payloads.map((payload, index) => ({
          bytes: ethernet(ipv4Datagram(payload)),
          at: index * 1_000_000,
        }));
        const { runs, faults, framer } = frame(pcapFile(packets, 1, "little"), cuts);
        expect(framer.framing).toBe("pcap");
        expect(faults).toEqual([]);
        expect(runs.map(({ bytes }) => bytes)).toEqual([first, first, second].map((blocks) => [...joinBytes(blocks)]));
        expect(runs.map(({ at }) => at)).toEqual([0, 1_000_000, 1_000_000]);
      }),
    );
  });

  it("are found again behind garbage, which is reported with its place", () => {
    const good = Uint8Array.of(48, 0, 5, 1, 2);
    const { runs, faults, framer } = frame(joinBytes([good, Uint8Array.of(250, 251, 252), good, good]), [7]);
    expect(runs.map(({ offset }) => offset)).toEqual([0, 8, 13]);
    expect(faults).toMatchObject([{ code: "asterix.garbage", where: { offset: 5 } }]);
    expect(framer.counts.garbageBytes).toBe(3);
  });

  it("behind a broken FINAL frame are found from the next footer on", () => {
    const good = finalFrame(Uint8Array.of(48, 0, 5, 1, 2), 1);
    const broken = good.with(1, good[1]! - 1);
    const { runs, faults } = frame(joinBytes([good, broken, good]), [], "final");
    expect(runs).toHaveLength(2);
    expect(faults).toMatchObject([{ code: "asterix.garbage", where: { offset: good.length } }]);
  });

  it("cut short by the end are reported", () => {
    const { faults } = frame(Uint8Array.of(48, 0, 9, 1, 2));
    expect(faults).toMatchObject([{ code: "asterix.block-truncated", where: { offset: 0 } }]);
  });

  it(
    "of any bytes hold no more than one frame, and every byte is given or reported",
    () => {
      const bytes = fc.oneof(fc.nat(255), fc.constantFrom(0, 48, 62, 0xa5));
      const framing = fc.constantFrom("raw" as const, "final" as const);
      fc.assert(
        fc.property(fc.array(bytes, { maxLength: 300 }), framing, fc.array(fc.nat()), (content, kind, cuts) => {
          const { runs, faults, framer } = frame(Uint8Array.from(content), cuts, kind);
          const given = runs.reduce((sum, run) => sum + run.bytes.length + (kind === "final" ? 12 : 0), 0);
          const truncated = faults.find((fault) => fault.code === "asterix.block-truncated");
          const left = truncated === undefined ? 0 : content.length - truncated.where!.offset!;
          expect(given + framer.counts.garbageBytes + left).toBe(content.length);
        }),
        fuzzRuns(2_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});
