import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import {
  AircraftReport,
  FLAG_POSITION_FIRST,
  FLAG_POSITION_JUMPED,
  FLAG_POSITION_LOCAL,
  FLAG_POSITION_REFUSED,
  FLAG_REPAIRED,
  HAS_POSITION,
} from "./aircraft-report.ts";
import { modeSRemainder } from "./crc.ts";
import { encodeAirbornePosition, encodeAirborneVelocity, encodeIdentification } from "./encode-squitter.ts";
import { encodeAllCall, encodeAltitudeReply } from "./encode-surveillance.ts";
import { ModeSDecoder, type ModeSDecoderOptions } from "./mode-s-decoder.ts";

const SECOND = 1_000_000;
const ICAO = 0xabcdef;

/** A decoder with a report and a short way to give it frames. */
function receiver(options: ModeSDecoderOptions = {}) {
  const decoder = new ModeSDecoder(options);
  const report = new AircraftReport();
  const give = (bytes: Uint8Array, seconds: number) => decoder.decode(bytes, 0, bytes.length, seconds * SECOND, report);
  const position = (longitude: number, latitude: number, odd: boolean, seconds: number) =>
    give(encodeAirbornePosition({ icao: ICAO, longitude, latitude, altitude: 3048, odd }), seconds);
  return { decoder, report, give, position };
}

describe("duplicates", () => {
  it("count once within 0.3 s and again after it", () => {
    const { decoder, give } = receiver();
    const frame = encodeAllCall({ icao: ICAO });
    expect([0, 0.1, 0.29, 0.31, 0.32].map((seconds) => give(frame, seconds))).toEqual([
      "decoded",
      "duplicate",
      "duplicate",
      "decoded",
      "duplicate",
    ]);
    expect(decoder.counts).toMatchObject({ decoded: 2, duplicate: 3 });
  });

  it("are not seen where the caller's clock was set back", () => {
    const { give } = receiver();
    const frame = encodeAllCall({ icao: ICAO });
    expect([100, 50, 50.1].map((seconds) => give(frame, seconds))).toEqual(["decoded", "decoded", "duplicate"]);
  });

  it("are never invented: every different frame of a burst counts", () => {
    const { decoder, give } = receiver();
    for (let icao = 1; icao <= 3_000; icao += 1) give(encodeAllCall({ icao }), 0.0001 * icao);
    for (let icao = 1; icao <= 3_000; icao += 1) give(encodeAllCall({ icao }), 0.3);
    expect(decoder.counts.decoded).toBe(3_000);
    expect(decoder.counts.duplicate).toBe(3_000);
  });
});

describe("addresses", () => {
  it("worked out of a parity count only after the aircraft was heard in clear, and while it is remembered", () => {
    const { give, report } = receiver();
    const reply = (altitude: number) => encodeAltitudeReply({ icao: ICAO, altitude });
    expect(give(reply(3048), 0)).toBe("unknown-address");
    expect(give(encodeAllCall({ icao: ICAO }), 1)).toBe("decoded");
    expect(give(reply(3048), 2)).toBe("decoded");
    expect(report).toMatchObject({ icao: ICAO, altitudeReference: "pressure" });
    expect(give(reply(3048), 63)).toBe("unknown-address");
  });

  it("are not introduced by a reply whose parity carries an interrogator", () => {
    const { give } = receiver();
    expect(give(encodeAllCall({ icao: ICAO, interrogator: 5 }), 0)).toBe("unknown-address");
    give(encodeAllCall({ icao: ICAO }), 1);
    expect(give(encodeAllCall({ icao: ICAO, interrogator: 5 }), 2)).toBe("decoded");
  });

  it("are held in bounded number", () => {
    const { decoder, give } = receiver({ maximumAircraft: 100 });
    for (let icao = 1; icao <= 1_000; icao += 1) give(encodeAllCall({ icao }), icao / 1000);
    expect(decoder.aircraftCount).toBe(100);
  });
});

describe("repair", () => {
  const frame = encodeIdentification({ icao: ICAO, callsign: "TEST1" });
  const damaged = (bit: number) => {
    const copy = frame.slice();
    copy[bit >> 3]! ^= 0x80 >> (bit & 7);
    return copy;
  };

  it("mends one bit of a known aircraft's frame, in a copy, and says so", () => {
    const { give, report } = receiver({ repairSingleBit: true });
    give(encodeAllCall({ icao: ICAO }), 0);
    const broken = damaged(60);
    expect(give(broken, 1)).toBe("decoded");
    expect(report).toMatchObject({ callsign: "TEST1", repairedBit: 60, flags: FLAG_REPAIRED });
    expect(broken).toEqual(damaged(60));
  });

  it("is not done unasked, nor for an unknown aircraft, nor to a second bit", () => {
    expect(receiver().give(damaged(60), 0)).toBe("bad-parity");
    expect(receiver({ repairSingleBit: true }).give(damaged(60), 0)).toBe("bad-parity");
    const { give } = receiver({ repairSingleBit: true });
    give(encodeAllCall({ icao: ICAO }), 0);
    const twice = damaged(60);
    twice[3]! ^= 1;
    expect(give(twice, 1)).toBe("bad-parity");
  });
});

describe("positions", () => {
  it("need an even and an odd report, then go on from single ones", () => {
    const { report, position } = receiver();
    position(44.5, 40.1, false, 0);
    expect(report.has & HAS_POSITION).toBe(0);
    position(44.5, 40.1, true, 1);
    expect(report.flags & FLAG_POSITION_FIRST).toBe(FLAG_POSITION_FIRST);
    position(44.52, 40.1, true, 20);
    expect(report.flags & FLAG_POSITION_LOCAL).toBe(FLAG_POSITION_LOCAL);
    expect(report.longitude).toBeCloseTo(44.52, 4);
  });

  it("are not made of a pair too far apart in time", () => {
    const { report, position } = receiver();
    position(44.5, 40.1, false, 0);
    position(44.5, 40.1, true, 10.5);
    expect(report.has & HAS_POSITION).toBe(0);
  });

  it("that cannot be reached are withheld, and believed with a mark when they go on agreeing", () => {
    const { report, position } = receiver();
    position(44.5, 40.1, false, 0);
    position(44.5, 40.1, true, 1);
    const seen: string[] = [];
    for (let index = 0; index < 8; index += 1) {
      position(45.5, 40.6, index % 2 === 0, 2 + index / 2);
      const refused = (report.flags & FLAG_POSITION_REFUSED) !== 0;
      seen.push(refused ? "refused" : (report.flags & FLAG_POSITION_JUMPED) !== 0 ? "jumped" : "taken");
      expect(Number.isNaN(report.longitude)).toBe(refused);
    }
    expect(seen.filter((what) => what === "jumped")).toHaveLength(1);
    expect(seen.indexOf("jumped")).toBeGreaterThanOrEqual(3);
    expect(seen.slice(seen.indexOf("jumped") + 1).every((what) => what === "taken")).toBe(true);
    expect(report.longitude).toBeCloseTo(45.5, 4);
  });

  it("beyond the receiver's range are withheld", () => {
    const { report, position } = receiver({ site: { longitude: 44.5, latitude: 40, range: 100_000 } });
    position(46.5, 41, false, 0);
    position(46.5, 41, true, 1);
    expect(report.flags & FLAG_POSITION_REFUSED).toBe(FLAG_POSITION_REFUSED);
    expect(report.has & HAS_POSITION).toBe(0);
  });

  it("survive a clock that steps back", () => {
    const { report, position } = receiver();
    position(44.5, 40.1, false, 1000);
    position(44.5, 40.1, true, 1001);
    position(44.501, 40.1, false, 1000.5);
    expect(report.longitude).toBeCloseTo(44.501, 4);
    position(44.6, 40.2, true, 3);
    position(44.6, 40.2, false, 4);
    expect(report.longitude).toBeCloseTo(44.6, 4);
  });
});

describe("names", () => {
  it("stay with the aircraft between the frames that carry them", () => {
    const { give, report } = receiver();
    give(encodeIdentification({ icao: ICAO, callsign: "TEST1" }), 0);
    give(encodeAirborneVelocity({ icao: ICAO, velocityEast: 100, velocityNorth: 0 }), 1);
    expect(report.callsign).toBe("TEST1");
    give(encodeAirborneVelocity({ icao: ICAO + 1, velocityEast: 100, velocityNorth: 0 }), 2);
    expect(report.callsign).toBe("");
  });
});

describe("fuzz", () => {
  it(
    "nothing with a bad parity or length is passed on, whatever comes",
    () => {
      const { decoder, report } = receiver({ repairSingleBit: false });
      const known = encodeAllCall({ icao: ICAO });
      const length = fc.constantFrom(0, 1, 2, 6, 7, 8, 13, 14, 15);
      const bytes = length.chain((size) => fc.uint8Array({ minLength: size, maxLength: size }));
      const seconds = fc.double({ min: 0, max: 1e6, noNaN: true });
      fc.assert(
        fc.property(bytes, seconds, (frame, at) => {
          decoder.decode(known, 0, 7, at * SECOND, report);
          const disposition = decoder.decode(frame, 0, frame.length, at * SECOND, report);
          if (disposition !== "decoded") return;
          const remainder = modeSRemainder(frame, 0, frame.length);
          expect(remainder === 0 || remainder === report.icao || remainder === report.interrogator).toBe(true);
        }),
        fuzzRuns(20_000),
      );
    },
    FUZZ_TIMEOUT,
  );

  it(
    "any field of a well-formed frame gives measures within what can be sent",
    () => {
      const { decoder, report } = receiver({ duplicateWindow: 0 });
      const content = fc.uint8Array({ minLength: 7, maxLength: 7 });
      const format = fc.constantFrom(17, 18, 20, 21);
      fc.assert(
        fc.property(format, fc.nat(7), content, (downlinkFormat, low, field) => {
          const frame = encodeIdentification({ icao: ICAO, callsign: "A" });
          decoder.decode(frame, 0, 14, 0, report);
          frame[0] = (downlinkFormat << 3) | low;
          frame.set(field, 4);
          const parity = modeSRemainder(frame, 0, 14) ^ (downlinkFormat >= 20 ? ICAO : 0);
          for (let index = 0; index < 3; index += 1) frame[11 + index]! ^= (parity >> (16 - 8 * index)) & 0xff;
          expect(decoder.decode(frame, 0, 14, 1000, report)).toBe("decoded");
          expectSendable(report);
        }),
        fuzzRuns(20_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});

function expectSendable(report: AircraftReport): void {
  const inside = (value: number, low: number, high: number) => Number.isNaN(value) || (value >= low && value <= high);
  expect(inside(report.altitude, -400, 40_000)).toBe(true);
  expect(inside(report.latitude, -90, 90)).toBe(true);
  expect(inside(report.longitude, -180, 180)).toBe(true);
  expect(inside(report.groundSpeed, 0, 3_000)).toBe(true);
  expect(inside(report.track, 0, 2 * Math.PI)).toBe(true);
  expect(inside(report.heading, 0, 2 * Math.PI)).toBe(true);
  expect(inside(report.verticalRate, -170, 170)).toBe(true);
  expect(inside(report.pressureSetting, 80_000, 121_000)).toBe(true);
  expect(report.callsign).toMatch(/^[A-Z0-9]*$/);
  expect(report.squawk).toMatch(/^([0-7]{4})?$/);
}
