import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FOOT, FOOT_PER_MINUTE, KNOT } from "../units.ts";
import { AircraftReport } from "./aircraft-report.ts";
import { writeBits } from "./bits.ts";
import { writeParity } from "./crc.ts";
import { decodeModeS } from "./decode-mode-s.ts";
import {
  encodeAirbornePosition,
  encodeAirborneVelocity,
  encodeEmergencyStatus,
  encodeIdentification,
  encodeOperationalStatus,
  encodeSurfacePosition,
} from "./encode-squitter.ts";
import { encodeAllCall, encodeAltitudeReply, encodeIdentityReply } from "./encode-surveillance.ts";
import { ModeSDecoder } from "./mode-s-decoder.ts";
import type { ModeSMessage } from "./mode-s-message.ts";

const icao = fc.integer({ min: 1, max: 0xffffff });
const steps = (low: number, high: number, unit: number) =>
  fc.integer({ min: low, max: high }).map((step) => step * unit);
const feet = steps(-39, 2007, 25 * FOOT);

function decoded(bytes: Uint8Array): ModeSMessage {
  const result = decodeModeS(bytes);
  if (!result.ok) throw new Error(result.fault.code);
  return result.value;
}

/** Compares measures within rounding of the last digit, all else exactly. */
function expectFields(message: ModeSMessage, fields: object): void {
  const values = message as unknown as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "number") expect(values[name], name).toBeCloseTo(value, 8);
    else expect(values[name], name).toEqual(value);
  }
}

const hex = (address: number) => address.toString(16).padStart(6, "0");

describe("what is encoded is decoded", () => {
  it("identification", () => {
    const category = fc.constantFrom(0xa0, 0xa3, 0xa7, 0xb1, 0xb6, 0xc2, 0xd0);
    fc.assert(
      fc.property(icao, fc.stringMatching(/^[A-Z0-9]{1,8}$/), category, (address, callsign, emitter) => {
        expectFields(decoded(encodeIdentification({ icao: address, callsign, category: emitter })), {
          kind: "identification",
          icao: hex(address),
          address: "clear",
          callsign,
          category: emitter.toString(16).toUpperCase(),
        });
      }),
    );
  });

  it("velocity below and above 1,022 knots, on every side", () => {
    const fields = fc.record({
      icao,
      velocityEast: steps(-1021, 1021, KNOT),
      velocityNorth: steps(-1021, 1021, KNOT),
      verticalRate: steps(-500, 500, 64 * FOOT_PER_MINUTE),
      verticalRateSource: fc.constantFrom("geometric" as const, "pressure" as const),
      velocityAccuracyCategory: fc.nat(4),
      ellipsoidMinusPressure: steps(-120, 120, 25 * FOOT),
    });
    fc.assert(
      fc.property(fields, fc.boolean(), (sent, fast) => {
        const scale = fast ? 4 : 1;
        const velocityEast = sent.velocityEast * scale;
        const velocityNorth = (fast ? 1021 * KNOT : sent.velocityNorth) * scale;
        const message = decoded(encodeAirborneVelocity({ ...sent, velocityEast, velocityNorth }));
        expectFields(message, { ...sent, kind: "velocity", icao: hex(sent.icao), velocityEast, velocityNorth });
        expectFields(message, { groundSpeed: Math.hypot(velocityEast, velocityNorth) });
      }),
    );
  });

  it("a velocity of one knot east as one knot: the coded component is one more", () => {
    const bytes = encodeAirborneVelocity({ icao: 1, velocityEast: KNOT, velocityNorth: 0 });
    expect(((bytes[5]! & 3) << 8) | bytes[6]!).toBe(2);
    expectFields(decoded(bytes), { groundSpeed: KNOT, track: Math.PI / 2 });
  });

  it("altitude, identity and all-call replies", () => {
    fc.assert(
      fc.property(icao, feet, fc.stringMatching(/^[0-7]{4}$/), fc.nat(5), (address, altitude, squawk, flightStatus) => {
        expectFields(decoded(encodeAltitudeReply({ icao: address, altitude, flightStatus })), {
          kind: "altitude-reply",
          icao: hex(address),
          address: "parity",
          altitude,
          altitudeReference: "pressure",
          flightStatus,
        });
        expectFields(decoded(encodeIdentityReply({ icao: address, squawk, flightStatus })), {
          kind: "identity-reply",
          icao: hex(address),
          address: "parity",
          squawk,
          flightStatus,
        });
        expectFields(decoded(encodeAllCall({ icao: address, interrogator: flightStatus })), {
          kind: "all-call",
          icao: hex(address),
          address: "clear",
          interrogator: flightStatus,
          onGround: false,
        });
      }),
    );
  });

  it("operational and emergency status", () => {
    const fields = fc.record({
      icao,
      positionAccuracyCategory: fc.nat(11),
      sourceIntegrityLevel: fc.nat(3),
      systemDesignAssurance: fc.nat(3),
      verticalAccuracyCategory: fc.nat(2),
    });
    fc.assert(
      fc.property(fields, fc.stringMatching(/^[0-7]{4}$/), fc.nat(6), (sent, squawk, emergency) => {
        expectFields(decoded(encodeOperationalStatus(sent)), {
          ...sent,
          kind: "operational-status",
          icao: hex(sent.icao),
          version: 2,
        });
        const status = decoded(encodeEmergencyStatus({ icao: sent.icao, emergency, squawk }));
        expectFields(status, { kind: "aircraft-status", emergency, ...(squawk === "0000" ? {} : { squawk }) });
      }),
    );
  });

  it("target state of version 1, whose altitude is none above 100,000 feet", () => {
    const targetState = (available: number, altitude: number, integrity: number, emergency: number): Uint8Array => {
      const bytes = new Uint8Array(14);
      bytes.set([(17 << 3) | 5, 0x4b, 0x17, 0xf6, 29 << 3]);
      writeBits(bytes, 4, 7, 2, available);
      writeBits(bytes, 4, 15, 10, altitude);
      writeBits(bytes, 4, 39, 4, 9);
      writeBits(bytes, 4, 44, 2, integrity);
      writeBits(bytes, 4, 53, 3, emergency);
      writeParity(bytes, 0);
      return bytes;
    };
    fc.assert(
      fc.property(fc.nat(3), fc.nat(1023), fc.nat(3), fc.nat(6), (available, altitude, integrity, emergency) => {
        const told = decoded(targetState(available, altitude, integrity, emergency));
        expectFields(told, { kind: "target-state", emergency, sourceIntegrityLevel: integrity });
        const isTold = available > 0 && altitude <= 1010;
        expectFields(told, { selectedAltitude: isTold ? (altitude * 100 - 1000) * FOOT : undefined });
        const source = { 1: "panel", 3: "management-system" }[available];
        expect(told).toMatchObject(isTold && source ? { selectedAltitudeSource: source } : {});
        expect("selectedAltitudeSource" in told).toBe(isTold && source !== undefined);
      }),
    );
  });

  it("positions, by even and odd frames, with the quality that goes with them", () => {
    const place = fc.record({
      longitude: fc.double({ min: -180, max: 179.999, noNaN: true }),
      latitude: fc.double({ min: -80, max: 80, noNaN: true }),
    });
    fc.assert(
      fc.property(place, feet, fc.boolean(), (at, altitude, oddFirst) => {
        const decoder = new ModeSDecoder();
        const report = new AircraftReport();
        const give = (bytes: Uint8Array, second: number) => decoder.decode(bytes, 0, 14, second * 1e6, report);
        give(
          encodeOperationalStatus({ icao: 7, positionAccuracyCategory: 9, sourceIntegrityLevel: 3, supplementA: 1 }),
          0,
        );
        give(encodeAirbornePosition({ icao: 7, ...at, altitude, odd: oddFirst, supplementB: 1 }), 1);
        expect(give(encodeAirbornePosition({ icao: 7, ...at, altitude, odd: !oddFirst, supplementB: 1 }), 2)).toBe(
          "decoded",
        );
        expect(report).toMatchObject({ version: 2, integrityCategory: 9, containmentRadius: 75, positionAccuracy: 30 });
        expect(report.altitude).toBeCloseTo(altitude, 8);
        // Across a boundary of longitude zones nothing is given; elsewhere the place within the format's 5 m.
        if (Number.isNaN(report.latitude)) return;
        expect(Math.abs(report.latitude - at.latitude)).toBeLessThan(3e-5);
        const east = Math.abs(report.longitude - at.longitude) % 360;
        expect(Math.min(east, 360 - east) * Math.cos((at.latitude * Math.PI) / 180)).toBeLessThan(3e-5);
      }),
    );
  });

  it("surface positions, with the receiver's place as reference", () => {
    const decoder = new ModeSDecoder({ site: { longitude: 20.1, latitude: 40.1, range: 50_000 } });
    const report = new AircraftReport();
    const fields = { icao: 9, longitude: 20, latitude: 40, groundSpeed: 10 * KNOT, track: Math.PI / 2 };
    decoder.decode(encodeSurfacePosition({ ...fields, odd: false }), 0, 14, 0, report);
    decoder.decode(encodeSurfacePosition({ ...fields, odd: true }), 0, 14, 1e6, report);
    expect(report.onGround).toBe(1);
    expect(report.longitude).toBeCloseTo(20, 4);
    expect(report.latitude).toBeCloseTo(40, 4);
    expect(report.groundSpeed).toBeCloseTo(10 * KNOT, 9);
    expect(report.track).toBeCloseTo(Math.PI / 2, 9);
  });
});
