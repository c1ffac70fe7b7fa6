import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../result.ts";
import { cutAt, joinBytes } from "../testing/collect-frames.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import type { MetadataCarriage } from "./section.ts";
import { TsDemuxer } from "./ts-demuxer.ts";
import { TsMuxer } from "./ts-muxer.ts";

function demux(stream: Uint8Array, cuts: readonly number[] = []) {
  const pieces: { bytes: number[]; offset: number; presentationTime: number }[] = [];
  const faults: Fault[] = [];
  const demuxer = new TsDemuxer();
  const sink = {
    metadata(_: number, bytes: Uint8Array, offset: number, presentationTime: number) {
      pieces.push({ bytes: [...bytes], offset, presentationTime });
    },
    fault: (fault: Fault) => faults.push(fault),
  };
  for (const chunk of cutAt(stream, cuts)) demuxer.push(chunk, sink);
  demuxer.end(sink);
  return { pieces, faults, counts: demuxer.counts };
}

function mux(packets: readonly Uint8Array[], carriage: MetadataCarriage) {
  const muxer = new TsMuxer(carriage);
  return [muxer.tables(), ...packets.map((packet, index) => muxer.metadata(packet, index / 4))];
}

const carriages = fc.constantFrom("synchronous" as const, "asynchronous" as const);
const anyPackets = fc.array(fc.uint8Array({ minLength: 1, maxLength: 600 }), { minLength: 1, maxLength: 8 });

describe("transport streams", () => {
  it("give back the metadata put into them, however they are cut", () => {
    fc.assert(
      fc.property(anyPackets, carriages, fc.array(fc.nat()), (packets, carriage, cuts) => {
        const found = demux(joinBytes(mux(packets, carriage)), cuts);
        expect(found.faults).toEqual([]);
        expect(found.pieces.map(({ bytes }) => bytes)).toEqual(packets.map((packet) => [...packet]));
        expect(found.pieces.map(({ presentationTime }) => presentationTime)).toEqual(
          packets.map((_, index) => index / 4),
        );
      }),
    );
  });

  it("with recorders' time stamps before each packet are read the same", () => {
    const plain = joinBytes(mux([new Uint8Array(500).fill(9), new Uint8Array(20).fill(8)], "asynchronous"));
    const stamped = joinBytes(
      cutAt(plain, []).flatMap((whole) => every188(whole).flatMap((packet) => [new Uint8Array(4), packet])),
    );
    const found = demux(stamped);
    expect([found.pieces.length, found.faults]).toEqual([2, []]);
  });

  it("that lose or repeat a packet lose one unit or none, and say where", () => {
    const parts = mux(
      [new Uint8Array(700).fill(1), new Uint8Array(700).fill(2), new Uint8Array(700).fill(3)],
      "synchronous",
    );
    const packets = every188(joinBytes(parts));
    const lost = demux(joinBytes(packets.toSpliced(8, 1)));
    expect(lost.pieces.map(({ bytes }) => bytes[0])).toEqual([1, 3]);
    expect(lost.faults).toMatchObject([{ code: "mpeg-ts.packets-lost", where: { offset: 8 * 188 } }]);
    const repeated = demux(joinBytes(packets.toSpliced(8, 0, packets[8]!)));
    expect([repeated.pieces.length, repeated.faults]).toEqual([3, [...lost.faults].slice(1)]);
    const garbage = demux(joinBytes([...packets.slice(0, 6), Uint8Array.of(1, 2, 3), ...packets.slice(6)]));
    expect(garbage.faults).toMatchObject([
      { code: "mpeg-ts.garbage", where: { offset: 6 * 188 }, got: "3 other bytes" },
    ]);
    expect(garbage.pieces).toHaveLength(3);
  });

  it("of streams that nobody registered give what looks like KLV, and nothing else", () => {
    const label = Uint8Array.of(0x06, 0x0e, 0x2b, 0x34, 1, 2, 3);
    const found = demux(joinBytes(mux([label, new Uint8Array(300).fill(9), label], "unregistered")));
    expect([found.pieces.map(({ bytes }) => bytes.length), found.faults]).toEqual([[7, 7], []]);
  });

  it("whose tables are damaged give nothing and say so", () => {
    const stream = joinBytes(mux([Uint8Array.of(5)], "asynchronous"));
    stream[188 + 30]! ^= 1;
    const found = demux(stream);
    expect(found.pieces).toEqual([]);
    expect(found.faults).toMatchObject([{ code: "mpeg-ts.section-damaged", where: { offset: 188 } }]);
  });

  it(
    "of any content are read without a crash",
    () => {
      const stream = joinBytes(mux([new Uint8Array(300).fill(7), new Uint8Array(300).fill(6)], "synchronous"));
      const changes = fc.array(fc.tuple(fc.nat(stream.length - 1), fc.nat(255)), { maxLength: 12 });
      fc.assert(
        fc.property(changes, fc.array(fc.nat()), fc.uint8Array(), (edits, cuts, tail) => {
          const changed = stream.slice();
          for (const [place, byte] of edits) changed[place] = byte;
          const whole = joinBytes([changed, tail]);
          const found = demux(whole, cuts);
          expect(found.pieces).toEqual(demux(whole).pieces);
        }),
        fuzzRuns(1_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});

function every188(stream: Uint8Array): Uint8Array[] {
  return Array.from({ length: stream.length / 188 }, (_, index) => stream.subarray(188 * index, 188 * (index + 1)));
}
