import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { DEGREE } from "../units.ts";
import type { StationMessage } from "./arrival-message.ts";
import { decodeArrival } from "./decode-arrival.ts";
import { encodeArrival } from "./encode-arrival.ts";

const common = {
  station: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/),
  sequence: fc.maxSafeNat(),
  boot: fc.maxSafeNat(),
  at: fc.integer({ min: 0, max: 4_102_444_800_000_000 }),
};
const decibels = fc.integer({ min: -2000, max: 3000 }).map((value) => value / 10);
const microdegrees = (highest: number) =>
  fc.integer({ min: 0, max: highest * 1e6 - 1 }).map((value) => (value / 1e6) * DEGREE);

const anyArrival = fc.record(
  {
    kind: fc.constant("arrival" as const),
    ...common,
    clock: fc.record({
      source: fc.constantFrom("gnss" as const, "ntp" as const, "free" as const),
      errorMicroseconds: fc.nat(),
    }),
    phase: fc.constantFrom("acoustic" as const, "seismic-p" as const, "infrasound" as const),
    amplitudeDecibels: decibels,
    frequency: fc.integer({ min: 0, max: 100_000 }),
    duration: fc.integer({ min: 0, max: 3_600_000 }).map((value) => value / 1000),
    signalToNoiseDecibels: fc.integer({ min: -100, max: 300 }),
    backAzimuth: microdegrees(360),
    backAzimuthError: microdegrees(180),
  },
  { requiredKeys: ["kind", "station", "sequence", "boot", "at", "clock", "phase", "amplitudeDecibels", "frequency"] },
);
const anyHeartbeat = fc.record(
  { kind: fc.constant("heartbeat" as const), ...common, noiseDecibels: decibels, batteryPercent: fc.nat(100) },
  { requiredKeys: ["kind", "station", "sequence", "boot", "at", "noiseDecibels"] },
);

const LINE = {
  v: 1,
  station: "S-03",
  seq: 17,
  boot: 2,
  at: "2020-12-11T05:03:00.250000Z",
  clock: { source: "gnss", errorUs: 40 },
  phase: "acoustic",
  amplitudeDb: 92.5,
  frequencyHz: 31,
};

describe("station lines", () => {
  it("are read back as they were written", () => {
    fc.assert(
      fc.property(fc.oneof(anyArrival, anyHeartbeat), (message) => {
        const result = decodeArrival(encodeArrival(message));
        expect(result.ok).toBe(true);
        const value = (result as { value: StationMessage }).value as unknown as Record<string, unknown>;
        expect(Object.keys(value).sort()).toEqual(Object.keys(message).sort());
        for (const [name, expected] of Object.entries(message)) {
          if (typeof expected === "number") expect(value[name]).toBeCloseTo(expected, 12);
          else expect(value[name]).toEqual(expected);
        }
      }),
    );
  });

  it("are written the same again after reading: the text is canonical", () => {
    fc.assert(
      fc.property(fc.oneof(anyArrival, anyHeartbeat), (message) => {
        const text = encodeArrival(message);
        const result = decodeArrival(text);
        expect(result.ok && encodeArrival(result.value)).toBe(text);
      }),
    );
  });

  it.each([
    ["v", 2],
    ["station", "no spaces here"],
    ["seq", -1],
    ["seq", 1.5],
    ["boot", "2"],
    ["at", "2020-12-11T05:03:00Z"],
    ["at", "2020-02-30T05:03:00.000000Z"],
    ["clock", null],
    ["clock.source", "sundial"],
    ["clock.errorUs", -4],
    ["phase", "optical"],
    ["amplitudeDb", Number.NaN],
    ["frequencyHz", "31"],
    ["backAzimuthDeg", 361],
    ["amplitudedb", 3],
    ["clock.drift", 3],
  ])("are refused for %s = %j, naming line and field", (field, value) => {
    const line = structuredClone(LINE) as Record<string, unknown>;
    const [outer, inner] = field.split(".") as [string, string | undefined];
    if (inner === undefined) line[outer] = value;
    else (line[outer] as Record<string, unknown>)[inner] = value;
    expect(decodeArrival(JSON.stringify(line), 12)).toMatchObject({
      ok: false,
      fault: { code: "arrivals.field-malformed", where: { line: 12, field } },
    });
  });

  it("name the further bad fields of a line too", () => {
    const result = decodeArrival(JSON.stringify({ ...LINE, seq: -1, phase: 3 }), 1);
    expect(result).toMatchObject({ ok: false, fault: { where: { field: "seq" }, cause: "also malformed: phase" } });
  });

  it.each(["", "[]", "null", "{", "4", '"x"'])("are refused when %j is no object", (text) => {
    expect(decodeArrival(text)).toMatchObject({ ok: false, fault: { code: "arrivals.not-json" } });
  });

  it("are not taken for heartbeats by a false flag", () => {
    expect(decodeArrival(JSON.stringify({ ...LINE, heartbeat: false }))).toMatchObject({ ok: false });
  });

  it(
    "never make a decoder throw",
    () => {
      const text = JSON.stringify(LINE);
      const mangled = fc
        .tuple(fc.nat(text.length), fc.string({ maxLength: 12 }), fc.nat(8))
        .map(([place, insert, removed]) => text.slice(0, place) + insert + text.slice(place + removed));
      const object = fc.json();
      fc.assert(
        fc.property(fc.oneof(fc.string(), mangled, object), (line) => {
          const result = decodeArrival(line);
          if (result.ok) expect(decodeArrival(encodeArrival(result.value)).ok).toBe(true);
        }),
        fuzzRuns(5_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});
