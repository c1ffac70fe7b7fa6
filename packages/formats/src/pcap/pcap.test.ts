import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../result.ts";
import { cutAt } from "../testing/collect-frames.ts";
import {
  ethernet,
  fragmentsOfIpv4,
  fragmentsOfIpv6,
  ipv4Datagram,
  ipv6Datagram,
  pcapFile,
  pcapngFile,
} from "../testing/make-capture.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { findDatagram } from "./datagram.ts";
import { DatagramReader } from "./datagram-reader.ts";
import { isCapture, PcapFramer } from "./pcap-framer.ts";

function read(file: Uint8Array, cuts: readonly number[] = []) {
  const packets: { bytes: Uint8Array; at: number }[] = [];
  const places: [number, number][] = [];
  const faults: Fault[] = [];
  const framer = new PcapFramer();
  const sink = {
    packet(bytes: Uint8Array, start: number, end: number, at: number, offset: number, linkType: number) {
      packets.push({ bytes: bytes.slice(start, end), at });
      places.push([offset, linkType]);
    },
    fault: (fault: Fault) => faults.push(fault),
  };
  for (const chunk of cutAt(file, cuts)) framer.push(chunk, sink);
  framer.end(sink);
  return { packets, places, faults };
}

const packet = fc.record({ bytes: fc.uint8Array({ maxLength: 60 }), at: fc.integer({ min: 0, max: 4e15 }) });
const order = fc.constantFrom("little" as const, "big" as const);

describe("capture files", () => {
  it.each([
    ["pcap", pcapFile],
    ["pcapng", pcapngFile],
  ] as const)("of the form %s give their packets, however they are cut", (_, make) => {
    fc.assert(
      fc.property(fc.array(packet), order, fc.array(fc.nat()), (packets, byteOrder, cuts) => {
        const file = make(packets, 1, byteOrder);
        expect(isCapture(file)).toBe(true);
        const found = read(file, cuts);
        expect(found.faults).toEqual([]);
        expect(found.packets).toEqual(packets);
        for (const [index, [offset, linkType]] of found.places.entries()) {
          expect(linkType).toBe(1);
          expect(file.slice(offset, offset + packets[index]!.bytes.length)).toEqual(packets[index]!.bytes);
        }
      }),
    );
  });

  it("that end in a packet, or hold a length that cannot be, say where", () => {
    const file = pcapFile([{ bytes: new Uint8Array(40), at: 1 }], 1, "little");
    expect(read(file.subarray(0, 60)).faults).toMatchObject([{ code: "pcap.packet-truncated", where: { offset: 24 } }]);
    file.set([0xff, 0xff, 0xff, 0x7f], 32);
    expect(read(file).faults).toMatchObject([{ code: "pcap.length-wrong", where: { offset: 24 } }]);
    expect(read(new Uint8Array(30)).faults).toMatchObject([{ code: "pcap.not-a-capture", where: { offset: 0 } }]);
  });

  it(
    "of any content are read without a crash",
    () => {
      const head = fc.constantFrom(pcapFile([], 1, "little"), pcapngFile([], 1, "big"));
      fc.assert(
        fc.property(head, fc.uint8Array({ maxLength: 200 }), (start, body) => {
          const file = Uint8Array.from([...start, ...body]);
          for (const { bytes } of read(file).packets) expect(bytes.length).toBeLessThan(file.length);
        }),
        fuzzRuns(2_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});

describe("datagrams", () => {
  const payload = Uint8Array.of(1, 2, 3, 4, 5);
  const found = (bytes: Uint8Array, linkType: number) => {
    const place = findDatagram(bytes, 0, bytes.length, linkType);
    return typeof place === "string" ? place : bytes.slice(place.start, place.end);
  };
  const before = (length: number, bytes: Uint8Array, type = 0x0800, typeAt = length - 2) => {
    const whole = new Uint8Array(length + bytes.length);
    whole.set([type >> 8, type & 0xff], typeAt);
    whole.set(bytes, length);
    return whole;
  };

  it("are found behind every link and network that is read", () => {
    const four = ipv4Datagram(payload);
    const six = ipv6Datagram(payload);
    expect(found(ethernet(four), 1)).toEqual(payload);
    expect(found(ethernet(six), 1)).toEqual(payload);
    expect(found(ethernet(four, [5, 6]), 1)).toEqual(payload);
    expect(found(before(16, four), 113)).toEqual(payload);
    expect(found(before(20, four, 0x0800, 0), 276)).toEqual(payload);
    expect(found(four, 101)).toEqual(payload);
    expect(found(six, 101)).toEqual(payload);
    expect(found(before(4, four), 0)).toEqual(payload);
  });

  it("that are cut, split, or of another kind are told apart", () => {
    const four = ipv4Datagram(payload);
    expect(found(ethernet(four).subarray(0, 45), 1)).toBe("damaged");
    expect(found(ethernet(ipv4Datagram(payload, 0x2000)), 1)).toBe("fragment");
    expect(found(ethernet(ipv4Datagram(payload, 7)), 1)).toBe("fragment");
    expect(found(ethernet(four.with(9, 6)), 1)).toBe("other-protocol");
    expect(found(ethernet(four), 147)).toBe("unknown-link");
    expect(found(new Uint8Array(0), 101)).not.toBeInstanceOf(Uint8Array);
  });

  describe("in fragments", () => {
    const long = Uint8Array.from({ length: 3000 }, (_, index) => index % 251);
    const four = fragmentsOfIpv4(ipv4Datagram(long), 1480);
    const six = fragmentsOfIpv6(ipv6Datagram(long), 1448);
    const whole = (packets: readonly Uint8Array[], reader = new DatagramReader()) => {
      const found = packets.flatMap((packet) => {
        const one = reader.read(ethernet(packet), 0, packet.length + 14, 0, 1);
        return one ? [one.bytes.slice(one.start, one.end)] : [];
      });
      reader.end();
      return { found, skipped: reader.skipped };
    };

    it("are whole in whatever order these come, and of whomever between them", () => {
      const other = ipv4Datagram(payload);
      for (const [first, second, third] of [four, six] as [Uint8Array, Uint8Array, Uint8Array][]) {
        expect(whole([first, second, third])).toEqual({ found: [long], skipped: 0 });
        expect(whole([third, other, first, second])).toEqual({ found: [payload, long], skipped: 0 });
      }
    });

    it("are nothing where one is missing, comes twice, or reaches over another", () => {
      const [first, second, third] = four as [Uint8Array, Uint8Array, Uint8Array];
      expect(whole([first, third])).toEqual({ found: [], skipped: 2 });
      expect(whole([first, first, second, third])).toEqual({ found: [], skipped: 4 });
      const over = second.with(7, second[7]! - 1);
      expect(whole([first, over, third])).toMatchObject({ found: [] });
    });

    it("are kept for a few packets only, however many are begun", () => {
      const begun = Array.from({ length: 500 }, (_, id) => four[0]!.with(4, id >> 8).with(5, id & 255));
      expect(whole(begun)).toEqual({ found: [], skipped: 500 });
    });

    it("never make a datagram that nobody sent", () => {
      const cut = fc.shuffledSubarray([...four, ...six], { minLength: 1 });
      fc.assert(
        fc.property(cut, (packets) => {
          for (const found of whole(packets).found) expect(found).toEqual(long);
        }),
        fuzzRuns(200),
      );
    });
  });
});
