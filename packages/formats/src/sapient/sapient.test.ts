import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeObject } from "../protobuf/decode-object.ts";
import { encodeObject } from "../protobuf/encode-object.ts";
import type { Fault } from "../result.ts";
import { cutAt, joinBytes } from "../testing/collect-frames.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { decodeSapient, encodeSapient } from "./sapient-codec.ts";
import { sapientDetection } from "./sapient-detection.ts";
import { frameSapient, SapientFramer } from "./sapient-framer.ts";
import { sapientSchema } from "./sapient-schema.ts";
import { arbitraryMessage } from "./testing/arbitrary-message.ts";
import { DETECTION, ids, MESSAGES, NODE } from "./testing/sample-messages.ts";
import { fromUtm } from "./utm.ts";

function frame(stream: Uint8Array, cuts: readonly number[] = []) {
  const messages: { bytes: Uint8Array; offset: number }[] = [];
  const faults: Fault[] = [];
  const framer = new SapientFramer();
  const sink = {
    message: (bytes: Uint8Array, start: number, end: number, offset: number) =>
      messages.push({ bytes: bytes.slice(start, end), offset }),
    fault: (fault: Fault) => faults.push(fault),
  };
  for (const chunk of cutAt(stream, cuts)) framer.push(chunk, sink);
  framer.end(sink);
  return { messages, faults };
}

describe("messages of nodes", () => {
  it.each(["1", "2"] as const)(
    "of version %s are read back as they were written, whatever the table allows",
    (version) => {
      const schema = sapientSchema(version);
      fc.assert(
        fc.property(arbitraryMessage(schema), (message) => {
          expect(decodeObject(schema, encodeObject(schema, message))).toEqual({
            ok: true,
            value: { value: message, unknownFields: 0 },
          });
        }),
      );
    },
  );

  it.each(Object.entries(MESSAGES))("%s is the same for both versions where both can say it", (_, message) => {
    for (const version of ["1", "2"] as const) {
      const decoded = decodeSapient(encodeSapient(message, version), version);
      expect(decoded).toMatchObject({ ok: true, value: { message, problems: [], unknownFields: 0 } });
    }
  });

  it("of one version are not taken for those of the other", () => {
    const first = decodeSapient(encodeSapient(MESSAGES["task answer"]!, "1"), "2");
    expect(first).toMatchObject({ ok: true, value: { unknownFields: 1 } });
  });

  it("without sender, time or content are refused with the offset", () => {
    const empty = encodeSapient({ node_id: NODE }, "2");
    expect(decodeSapient(empty, "2", 40)).toMatchObject({
      ok: false,
      fault: { code: "sapient.empty", where: { offset: 40 } },
    });
    expect(decodeSapient(Uint8Array.of(0x0a, 9), "2", 40)).toMatchObject({
      fault: { code: "sapient.malformed", where: { offset: 40 } },
    });
  });
});

describe("a connection's bytes", () => {
  const framed = Object.values(MESSAGES).map((message) => frameSapient(encodeSapient(message, "2")));

  it("give every message, however they are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) => {
        const { messages, faults } = frame(joinBytes(framed), cuts);
        expect(faults).toEqual([]);
        expect(messages.map(({ bytes }) => bytes)).toEqual(framed.map((bytes) => bytes.slice(4)));
      }),
    );
  });

  it("go on behind a length that cannot be, and say where", () => {
    const stream = joinBytes([framed[0]!, new Uint8Array(7).fill(0xff), framed[1]!, framed[2]!.subarray(0, 9)]);
    const { messages, faults } = frame(stream);
    expect(messages.map(({ offset }) => offset)).toEqual([0, framed[0]!.length + 7]);
    expect(faults).toMatchObject([
      { code: "sapient.length-wrong", where: { offset: framed[0]!.length }, got: "7 other bytes" },
      { code: "sapient.message-truncated", where: { offset: stream.length - 9 } },
    ]);
  });

  it(
    "of any content are read without a crash, and nothing is invented",
    () => {
      const piece = fc.oneof(
        fc.uint8Array({ maxLength: 30 }),
        fc.constantFrom(...framed),
        fc
          .tuple(fc.constantFrom(...framed), fc.nat(), fc.nat(255))
          .map(([bytes, place, byte]) => bytes.with(place % bytes.length, byte)),
      );
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 6 }), fc.array(fc.nat()), (pieces, cuts) => {
          const stream = joinBytes(pieces);
          const { messages } = frame(stream, cuts);
          for (const { bytes, offset } of messages) {
            expect(stream.slice(offset + 4, offset + 4 + bytes.length)).toEqual(bytes);
            for (const version of ["1", "2"] as const) {
              const decoded = decodeSapient(bytes, version);
              if (decoded.ok) sapientDetection(decoded.value.message);
            }
          }
        }),
        fuzzRuns(1_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});

describe("a detection", () => {
  const located = (location: object) => sapientDetection({ ...DETECTION, detection_report: { ...ids, location } });

  it("has its place in degrees and metres, whatever the node's units", () => {
    const datum = "LOCATION_DATUM_WGS84_E";
    const degrees = located({
      x: 10,
      y: 50,
      z: 7,
      y_error: 0.001,
      coordinate_system: "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M",
      datum,
    });
    expect(degrees?.position).toMatchObject({ longitude: 10, latitude: 50, height: 7, heightReference: "ellipsoid" });
    expect(degrees?.position?.northError).toBeCloseTo(111.19, 1);
    const radians = located({
      x: Math.PI / 18,
      y: 1,
      coordinate_system: "LOCATION_COORDINATE_SYSTEM_LAT_LNG_RAD_M",
      datum,
    });
    expect(radians?.position?.longitude).toBeCloseTo(10, 12);
    const projected = located({
      x: 500_000,
      y: 0,
      coordinate_system: "LOCATION_COORDINATE_SYSTEM_UTM_M",
      utm_zone: "31N",
      datum,
    });
    expect(projected?.position).toEqual({ longitude: 3, latitude: 0 });
  });

  it("without a unit, a datum, or a place on earth is none", () => {
    const system = "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M";
    expect(located({ x: 1, y: 1, coordinate_system: system })).toBeUndefined();
    expect(located({ x: 1, y: 1, datum: "LOCATION_DATUM_WGS84_E" })).toBeUndefined();
    expect(located({ x: 1, y: 91, coordinate_system: system, datum: "LOCATION_DATUM_WGS84_E" })).toBeUndefined();
  });

  it("has its bearing in radians and metres, from the north the node names", () => {
    const range_bearing = {
      azimuth: -90,
      elevation: 45,
      range: 2,
      azimuth_error: 1,
      coordinate_system: "RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_KM",
      datum: "RANGE_BEARING_DATUM_MAGNETIC",
    } as const;
    const { bearing } = sapientDetection({ ...DETECTION, detection_report: { ...ids, range_bearing } })!;
    expect(bearing).toMatchObject({ range: 2000, north: "magnetic" });
    expect(bearing!.azimuth).toBeCloseTo(1.5 * Math.PI, 12);
    expect(bearing!.azimuthError).toBeCloseTo(Math.PI / 180, 12);
  });

  it("has its speed in metres per second, in the units of the registration", () => {
    const enu_velocity_units = { east_north_rate_units: "SPEED_UNITS_KPH" } as const;
    const registration = { mode_definition: [{ detection_definition: [{ velocity_type: { enu_velocity_units } }] }] };
    const detected = sapientDetection(
      {
        ...DETECTION,
        detection_report: {
          ...DETECTION.detection_report,
          enu_velocity: { east_rate: 36, north_rate: -72, up_rate: 3.6 },
        },
      },
      registration,
    );
    expect(detected?.velocity).toEqual({ east: 10, north: -20, up: 1 });
  });

  it("projected is right to a centimetre, on its zone's middle and beside it", () => {
    // The length of the meridian to 45 degrees is 4,984,944.378 m; the other pair is the example in GeographicLib's manual.
    expect(fromUtm(500_000, 0.9996 * 4_984_944.378, "38N")![1]).toBeCloseTo(45, 7);
    const [longitude, latitude] = fromUtm(444_140.54, 3_684_706.36, "38N")!;
    expect([longitude, latitude]).toEqual([expect.closeTo(44.4, 6), expect.closeTo(33.3, 6)]);
    expect(fromUtm(444_140.54, 10_000_000 - 3_684_706.36, "38J")![1]).toBeCloseTo(-33.3, 6);
    expect(fromUtm(1, 1, "61N")).toBeUndefined();
    expect(fromUtm(1, 1, "31I")).toBeUndefined();
  });
});
