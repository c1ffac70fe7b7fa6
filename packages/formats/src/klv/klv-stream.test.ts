import { describe, expect, it } from "vitest";
import { TsMuxer } from "../mpeg-ts/ts-muxer.ts";
import type { Fault } from "../result.ts";
import { cutAt, joinBytes } from "../testing/collect-frames.ts";
import { ethernet, ipv4Datagram, pcapFile } from "../testing/make-capture.ts";
import { encodeUas } from "./encode-uas.ts";
import { KlvStream } from "./klv-stream.ts";

const packets = [1, 2, 3].map((time) => encodeUas({ precisionTimeStamp: time, missionId: "m".repeat(60) }));

function read(file: Uint8Array, cuts: readonly number[] = [7, 100, 300]) {
  const found: { bytes: Uint8Array; offset: number }[] = [];
  const faults: Fault[] = [];
  const stream = new KlvStream();
  const sink = {
    packet(bytes: Uint8Array, start: number, end: number, offset: number) {
      found.push({ bytes: bytes.slice(start, end), offset });
    },
    fault: (fault: Fault) => faults.push(fault),
  };
  for (const chunk of cutAt(file, cuts)) stream.push(chunk, sink);
  stream.end(sink);
  return { found, faults, framing: stream.framing, counts: stream.counts };
}

function transport(): { bytes: Uint8Array; offsets: number[] } {
  const muxer = new TsMuxer("synchronous");
  const parts = [muxer.tables(), ...packets.map((packet) => muxer.metadata(packet, 1))];
  const offsets = packets.map((_, index) => joinBytes(parts.slice(0, index + 1)).length);
  return { bytes: joinBytes(parts), offsets };
}

describe("metadata", () => {
  it("bare is found where it stands", () => {
    const { found, faults, framing } = read(joinBytes(packets));
    expect([framing, faults, found.map(({ bytes }) => bytes)]).toEqual(["raw", [], packets]);
    expect(found[2]!.offset).toBe(2 * packets[0]!.length);
  });

  it("in a transport stream is placed by the transport packet it begins in", () => {
    const { bytes, offsets } = transport();
    const { found, faults, framing } = read(bytes);
    expect([framing, faults, found.map(({ offset }) => offset)]).toEqual(["mpeg-ts", [], offsets]);
    expect(found.map((packet) => packet.bytes)).toEqual(packets);
  });

  it("in captured datagrams is found bare, in a transport stream, and behind RTP", () => {
    const capture = (payloads: readonly Uint8Array[]) =>
      pcapFile(
        payloads.map((payload) => ({ bytes: ethernet(ipv4Datagram(payload)), at: 1 })),
        1,
        "little",
      );
    const realTime = Uint8Array.of(0x80, 33, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9);
    const { bytes } = transport();
    for (const payloads of [packets, [bytes], [joinBytes([realTime, bytes])]]) {
      const { found, faults, framing } = read(capture(payloads));
      expect([framing, faults, found.map((packet) => packet.bytes)]).toEqual(["pcap", [], packets]);
    }
  });

  it("of several senders in one capture is kept apart, piece by piece", () => {
    const from = (sender: number, payload: Uint8Array) => ethernet(ipv4Datagram(payload).with(15, sender));
    const { bytes } = transport();
    const halves = [...packets.slice(0, 2)].map((packet) => [packet.subarray(0, 50), packet.subarray(50)] as const);
    const sent = [
      from(1, halves[0]![0]),
      from(2, halves[1]![0]),
      from(3, bytes),
      from(1, halves[0]![1]),
      from(2, halves[1]![1]),
    ];
    const file = pcapFile(
      sent.map((packet) => ({ bytes: packet, at: 1 })),
      1,
      "little",
    );
    const { found, faults, counts } = read(file);
    expect(faults).toEqual([]);
    const times = packets.map((packet) => found.filter((one) => one.bytes.join() === packet.join()).length);
    expect(times).toEqual([2, 2, 1]);
    expect(counts).toMatchObject({ senders: 3, packets: 5, skippedPackets: 0 });
    // Each is told by the datagram in which it begins: the first stands behind the file's, the packet's and the network's headers.
    expect(found.map(({ offset }) => offset)).toContain(24 + 16 + 42);
  });

  it("damaged in a transport stream is told of by its place in the file", () => {
    const { bytes, offsets } = transport();
    bytes[offsets[1]! + 187]! ^= 1;
    const { found, faults } = read(bytes);
    expect(found).toHaveLength(2);
    expect(faults).toMatchObject([{ code: "klv.checksum-wrong", where: { offset: offsets[1] } }]);
  });
});
