import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasSharedData, sharedBytes } from "../testing/shared-data.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { countsPerUnit } from "./channel-response.ts";
import { decodeStationXml } from "./decode-stationxml.ts";
import { encodeStationXml } from "./encode-stationxml.ts";
import type { StationChannel } from "./station-channel.ts";

const utf8 = new TextEncoder();
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0);
const complex = fc.tuple(number, number);
const polesZeros = fc.record({
  stage: fc.integer({ min: 1, max: 9 }),
  plane: fc.constantFrom("radians-per-second" as const, "hertz" as const, "digital" as const),
  normalizationFactor: number,
  normalizationFrequency: number,
  poles: fc.array(complex, { maxLength: 4 }),
  zeros: fc.array(complex, { maxLength: 3 }),
});
const anyChannel: fc.Arbitrary<StationChannel> = fc.record(
  {
    sourceId: fc.constantFrom("FDSN:XX_A_00_H_D_F", "FDSN:XX_A__B_H_Z", "FDSN:YY_B_10_B_D_F"),
    siteName: fc.constantFrom("hill & dale", "A"),
    startAt: fc.integer({ min: 0, max: 4e15 }),
    endAt: fc.integer({ min: 0, max: 4e15 }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    elevationMsl: fc.integer({ min: -400, max: 8000 }),
    depth: fc.integer({ min: 0, max: 100 }),
    sampleRate: fc.constantFrom(20, 100),
    sensor: fc.constant("microbarometer"),
    sensitivity: fc.record({
      value: number,
      frequency: number,
      inputUnits: fc.constant("PA"),
      outputUnits: fc.constant("COUNTS"),
      quantity: fc.constant("pressure" as const),
    }),
    polesZeros: fc.array(polesZeros, { maxLength: 2 }),
  },
  { requiredKeys: ["sourceId", "siteName", "longitude", "latitude", "elevationMsl", "depth", "polesZeros"] },
);
/** Minus nought has no place in a document. */
const plain = <Value>(value: Value) => JSON.parse(JSON.stringify(value)) as Value;

describe("stations", () => {
  it("are read back as they were written", () => {
    fc.assert(
      fc.property(anyChannel.map(plain), (channel) => {
        const decoded = decodeStationXml(utf8.encode(encodeStationXml([channel], "test", 0)));
        expect(decoded).toEqual({ ok: true, value: { channels: [channel], faults: [] } });
      }),
    );
  });

  it("of other documents are refused", () => {
    expect(decodeStationXml(utf8.encode("<html/>"))).toMatchObject({
      ok: false,
      fault: { code: "stationxml.not-stations" },
    });
    expect(decodeStationXml(utf8.encode("<!DOCTYPE a><FDSNStationXML/>"))).toMatchObject({
      fault: { code: "xml.document-type" },
    });
  });

  it("bend their sensitivity by their poles and zeros", () => {
    // One zero at nought and one pole at a corner of 1 Hz: a high-pass of the first order.
    const corner = 2 * Math.PI;
    const channel = {
      polesZeros: [
        {
          stage: 1,
          plane: "radians-per-second",
          normalizationFactor: 1,
          normalizationFrequency: 100,
          poles: [[-corner, 0]],
          zeros: [[0, 0]],
        },
      ],
      sensitivity: { value: 1000, frequency: 100, inputUnits: "PA", outputUnits: "COUNTS" },
    } as unknown as StationChannel;
    expect(countsPerUnit(channel, 100)).toBeCloseTo(1000, 9);
    expect(countsPerUnit(channel, 1)).toBeCloseTo(1000 / Math.SQRT2, 0);
    expect(countsPerUnit(channel, 0)).toBe(0);
    expect(countsPerUnit({ ...channel, sensitivity: undefined } as unknown as StationChannel, 1)).toBeUndefined();
  });

  it(
    "of any content are read without a crash",
    () => {
      const text = encodeStationXml(
        [{ sourceId: "FDSN:XX_A_00_H_D_F", longitude: 1, latitude: 2, elevationMsl: 3, depth: 0, polesZeros: [] }],
        "s",
        0,
      );
      fc.assert(
        fc.property(fc.nat(text.length), fc.string({ maxLength: 9 }), fc.nat(9), (place, insert, removed) => {
          const decoded = decodeStationXml(utf8.encode(text.slice(0, place) + insert + text.slice(place + removed)));
          if (decoded.ok)
            for (const channel of decoded.value.channels) expect(Math.abs(channel.latitude)).toBeLessThanOrEqual(90);
        }),
        fuzzRuns(2_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});

const folder = "seismic/stationxml";
describe.skipIf(!hasSharedData(folder))("recorded stations (need ../shared/data/seismic/stationxml)", () => {
  const read = (name: string) => {
    const decoded = decodeStationXml(sharedBytes(`${folder}/${name}`));
    return decoded.ok ? decoded.value : expect.unreachable(decoded.fault.code);
  };

  it.each(["IRIS_single_channel_with_response.xml", "IRIS_single_channel_with_response_custom_tags.xml"])(
    "%s gives place, sensitivity and response",
    (name) => {
      const { channels, faults } = read(name);
      expect(faults).toEqual([]);
      expect(channels).toHaveLength(1);
      const [channel] = channels;
      expect(channel).toMatchObject({
        sourceId: "FDSN:IU_ANMO_10_B_H_Z",
        latitude: 34.945913,
        longitude: -106.457122,
        elevationMsl: 1759,
        depth: 57,
        dip: -Math.PI / 2,
        sampleRate: 40,
        sensitivity: { value: 3.31283e10, frequency: 0.02, quantity: "velocity", outputUnits: "COUNTS" },
        polesZeros: [{ stage: 1, plane: "radians-per-second", normalizationFactor: 72_698_900 }],
      });
      expect(channel!.endAt).toBeUndefined();
      expect(channel!.polesZeros[0]!.poles[0]).toEqual([-0.0374903, 0.036711]);
      expect([channel!.polesZeros[0]!.poles.length, channel!.polesZeros[0]!.zeros.length]).toEqual([5, 2]);
      // Sensitivity is the product of the stages' gains, and flat in the band.
      expect(countsPerUnit(channel!, 0.02)! / (19_746 * 1_677_720)).toBeCloseTo(1, 3);
      expect(countsPerUnit(channel!, 1)! / 3.31283e10).toBeCloseTo(1, 1);
    },
  );

  it("in ISO 8859-1 are read; channels without a place are left out and told of", () => {
    expect(read("F1_423_small.xml")).toMatchObject({
      channels: [{ sourceId: "FDSN:QI_TPASS_00_B_D_F", sensitivity: { value: 244_648, quantity: "pressure" } }],
      faults: [],
    });
    expect(read("channel_without_coordinates.xml")).toMatchObject({
      channels: [],
      faults: [{ where: { field: expect.stringMatching(/BHZ\/Longitude$/) } }],
    });
    expect(read("empty_channel.xml")).toMatchObject({
      channels: [],
      faults: [{ code: "stationxml.channel-malformed" }],
    });
  });
});
