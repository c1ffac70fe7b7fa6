import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../result.ts";
import { cutAt, joinBytes } from "../testing/collect-frames.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { DEGREE } from "../units.ts";
import { encodeUas, type UasFields } from "./encode-uas.ts";
import { floatMapping, mapBack, mapForward } from "./float-mapping.ts";
import { KlvFramer } from "./klv-framer.ts";
import { decodeUas, UasDecoder } from "./uas-decoder.ts";
import { UAS_ITEMS } from "./uas-items.ts";
import { UasReport } from "./uas-report.ts";
import { UAS_TABLE } from "./uas-table.ts";

function frame(stream: Uint8Array, cuts: readonly number[] = []) {
  const packets: { bytes: Uint8Array; offset: number }[] = [];
  const faults: Fault[] = [];
  const framer = new KlvFramer();
  const sink = {
    packet(bytes: Uint8Array, start: number, end: number, offset: number) {
      packets.push({ bytes: bytes.slice(start, end), offset });
    },
    fault: (fault: Fault) => faults.push(fault),
  };
  for (const chunk of cutAt(stream, cuts)) framer.push(chunk, sink);
  framer.end(sink);
  return { packets, faults, counts: framer.counts };
}

/** Values inside the range of every item that has one. */
const anyFields: fc.Arbitrary<UasFields> = fc.record(
  Object.fromEntries(
    UAS_ITEMS.filter(([, , form]) => form !== "set").map(([, name, form, low, high]) => {
      if (form === "text") return [name, fc.string({ maxLength: 200 }).filter((text) => !text.includes("\0"))];
      if (form[0] === "n") return [name, fc.integer({ min: 0, max: 255 })];
      if (form[0] === "z") return [name, fc.integer({ min: -128, max: 127 })];
      if (form === "v") return [name, fc.integer({ min: 0, max: 2 ** 47 })];
      if (form === "w") return [name, fc.integer({ min: -(2 ** 46), max: 2 ** 46 })];
      const factor = UAS_TABLE.factor[UAS_TABLE.numbers.get(name)!]!;
      return [name, fc.double({ min: low, max: high, noNaN: true }).map((value) => value * factor)];
    }),
  ),
  { requiredKeys: [] },
) as fc.Arbitrary<UasFields>;

/** Half a step of the wire, in SI. */
function tolerance(name: string): number {
  const [, , form, low, high] = UAS_ITEMS.find((item) => item[1] === name)!;
  const factor = UAS_TABLE.factor[UAS_TABLE.numbers.get(name)!]!;
  if (form === "i") return (factor * 2 * 2 ** Math.ceil(Math.log2(high - low))) / 2 ** 31;
  return form === "text" || "nzvw".includes(form[0]!)
    ? 0
    : (0.51 * factor * (high - low)) / (2 ** (8 * Number(form[1])) - 2);
}

describe("metadata packets", () => {
  it("are read back as they were written, to half a step of the wire", () => {
    fc.assert(
      fc.property(anyFields, (fields) => {
        const result = decodeUas(encodeUas(fields));
        expect(result.ok).toBe(true);
        const message = (result as { value: Record<string, unknown> }).value;
        expect(message.others).toBeUndefined();
        for (const [name, value] of Object.entries(fields)) {
          if (typeof value === "string") expect(message[name]).toBe(value);
          else expect(Math.abs((message[name] as number) - value)).toBeLessThanOrEqual(tolerance(name) + 1e-12);
        }
        expect(
          Object.keys(message)
            .filter((name) => name !== "footprint")
            .sort(),
        ).toEqual(Object.keys(fields).sort());
      }),
    );
  });

  it("with any one bit changed are refused, naming the offset", () => {
    const packet = encodeUas({ precisionTimeStamp: 1e15, missionId: "M", sensorLatitude: 40, sensorLongitude: 45 });
    fc.assert(
      fc.property(fc.nat(packet.length * 8 - 1), (bit) => {
        const broken = packet.slice();
        broken[bit >> 3]! ^= 1 << (bit & 7);
        expect(decodeUas(broken, 77)).toMatchObject({ ok: false, fault: { where: { offset: 77 } } });
      }),
    );
  });

  it("say that a value is out of range, or empty, by having none", () => {
    const report = new UasReport();
    const packet = encodeUas({ sensorLatitude: 10, missionId: "" });
    // The code for "out of range" in place of the latitude: item 13, four octets.
    const at = packet.indexOf(13, 17);
    packet.set([0x80, 0, 0, 0], at + 2);
    packet.set(summed(packet), packet.length - 2);
    expect(new UasDecoder().decode(packet, 0, packet.length, report)).toBe("decoded");
    expect(report.values[13]).toBeNaN();
    expect(decodeUas(packet)).toMatchObject({ value: { missionId: "", others: { 13: "80000000" } } });
  });

  it("leave no trace in the next packet's report", () => {
    const report = new UasReport();
    const decoder = new UasDecoder();
    const first = encodeUas({ missionId: "one", sensorLatitude: 1, platformHeading: 1 });
    const second = encodeUas({ platformHeading: 2 });
    decoder.decode(first, 0, first.length, report);
    decoder.decode(second, 0, second.length, report);
    expect([report.values[13], report.texts[3], report.count]).toEqual([Number.NaN, undefined, 1]);
    expect(report.values[5]).toBeCloseTo(2 / DEGREE, 2);
    decoder.decode(first, 0, first.length - 1, report);
    expect(report.count).toBe(0);
  });

  it("map floating values as the standard's example has it", () => {
    const mapping = floatMapping(0, 1_500_000, 3);
    expect(mapForward(mapping, 13_898.5463)).toBe(0x00d92a);
    expect(mapBack(mapping, 0x00d92a)).toBe(13_898.5);
    expect(mapBack(mapping, 0xe80000)).toBeNaN();
  });
});

function summed(packet: Uint8Array): [number, number] {
  let sum = 0;
  for (let index = 0; index < packet.length - 2; index += 1) sum += packet[index]! << (8 * ((index + 1) % 2));
  return [(sum >> 8) & 0xff, sum & 0xff];
}

describe("a stream of metadata packets", () => {
  const packet = (time: number) => encodeUas({ precisionTimeStamp: time, platformCallSign: `P${time}` });

  it("gives every packet, however it is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1 }), fc.array(fc.nat()), (times, cuts) => {
        const packets = times.map(packet);
        const found = frame(joinBytes(packets), cuts);
        expect(found.faults).toEqual([]);
        expect(found.packets.map(({ bytes }) => bytes)).toEqual(packets);
      }),
    );
  });

  it("goes on behind garbage, a broken packet and a wrong length, telling of each once", () => {
    const broken = packet(2).with(30, 0xff);
    // Its false length reaches beyond the end.
    const long = packet(3).with(16, 0x7f);
    const parts = [packet(1), Uint8Array.of(1, 2, 3, 6), packet(1), broken, packet(4), long, packet(5)];
    const stream = joinBytes([...parts, packet(6).subarray(0, 20)]);
    const offsets = parts.map((_, index) => joinBytes(parts.slice(0, index)).length);
    for (const cuts of [[], [5, 30, 60, 61, 62, 100, 130], Array.from(stream.keys())]) {
      const found = frame(stream, cuts);
      expect(found.packets.map(({ offset }) => offset)).toEqual([0, 2, 4, 6].map((index) => offsets[index]));
      expect(found.faults.map(({ code, where }) => [code, where?.offset])).toEqual([
        ["klv.garbage", offsets[1]],
        ["klv.checksum-wrong", offsets[3]],
        ["klv.packet-truncated", offsets[5]],
        ["klv.packet-truncated", stream.length - 20],
      ]);
    }
  });

  it(
    "of any content is read without a crash, and nothing is invented",
    () => {
      const good = packet(7);
      const piece = fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.constant(good),
        fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([place, byte]) => good.with(place, byte)),
        fc.nat(good.length).map((length) => good.subarray(0, length)),
      );
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 8 }), fc.array(fc.nat()), (pieces, cuts) => {
          const stream = joinBytes(pieces);
          const whole = frame(stream, cuts);
          const decoder = new UasDecoder();
          const report = new UasReport();
          for (const { bytes, offset } of whole.packets) {
            expect(stream.slice(offset, offset + bytes.length)).toEqual(bytes);
            decoder.decode(bytes, 0, bytes.length, report);
          }
          expect(whole.packets).toEqual(frame(stream).packets);
        }),
        fuzzRuns(1_000),
      );
    },
    FUZZ_TIMEOUT,
  );

  it(
    "whose items are any octets, rightly summed, is read without a crash",
    () => {
      const head = encodeUas({}).subarray(0, 16);
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 120 }), (items) => {
          const sized = Uint8Array.from([...head, items.length + 4, ...items, 1, 2, 0, 0]);
          sized.set(summed(sized), sized.length - 2);
          const result = decodeUas(sized);
          if (!result.ok) expect(result.fault.code).toBe("klv.bad-items");
        }),
        fuzzRuns(3_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});
