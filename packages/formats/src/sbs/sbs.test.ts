import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AircraftReport, HAS_POSITION } from "../modes/aircraft-report.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { DEGREE, FOOT, FOOT_PER_MINUTE, KNOT } from "../units.ts";
import { decodeSbs } from "./decode-sbs.ts";
import { encodeSbs } from "./encode-sbs.ts";
import type { SbsMessage } from "./sbs-message.ts";
import { fillReportFromSbs } from "./sbs-report.ts";

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });
const inSteps = (low: number, high: number, unit: number) =>
  maybe(fc.integer({ min: low, max: high }).map((steps) => steps * unit));
const millisecond = maybe(fc.integer({ min: 0, max: 4_102_444_800_000 }).map((value) => value * 1000));

const anyMessage: fc.Arbitrary<SbsMessage> = fc.record({
  kind: fc.constant("MSG" as const),
  transmission: fc.integer({ min: 1, max: 8 }),
  icao: fc.integer({ min: 0, max: 0xffffff }),
  generatedAt: millisecond,
  loggedAt: millisecond,
  callsign: maybe(fc.stringMatching(/^[A-Z0-9]{1,8}$/)),
  altitude: inSteps(-1000, 60_000, FOOT),
  groundSpeed: inSteps(0, 2000, KNOT),
  track: inSteps(0, 359, DEGREE),
  latitude: maybe(fc.integer({ min: -90_000_000, max: 90_000_000 }).map((value) => value / 1e6)),
  longitude: maybe(fc.integer({ min: -180_000_000, max: 180_000_000 }).map((value) => value / 1e6)),
  verticalRate: inSteps(-10_000, 10_000, FOOT_PER_MINUTE),
  squawk: maybe(fc.stringMatching(/^[0-7]{4}$/)),
  alert: maybe(fc.boolean()),
  emergency: maybe(fc.boolean()),
  identPulse: maybe(fc.boolean()),
  onGround: maybe(fc.boolean()),
});

const LINE = "MSG,3,1,1,4CA2D6,1,2021/02/28,23:59:59.999,2021/03/01,00:00:00.000,,37000,,,51.45735,-1.02826,,,0,0,0,0";

describe("SBS-1 lines", () => {
  it("are read back as they were written", () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(decodeSbs(encodeSbs(message))).toEqual({ ok: true, value: message });
      }),
    );
  });

  it("are read into SI units and instants", () => {
    const result = decodeSbs(LINE);
    expect(result).toMatchObject({ ok: true, value: { icao: 0x4ca2d6, altitude: 11_277.6, latitude: 51.45735 } });
    expect(result.ok && result.value.loggedAt! - result.value.generatedAt!).toBe(1000);
  });

  it.each([
    ["kind", 0, "XXX"],
    ["transmission", 1, "9"],
    ["icao", 4, "4CA2D"],
    ["generatedAt", 6, "2021/02/29"],
    ["altitude", 11, "3e4"],
    ["latitude", 14, "91"],
    ["longitude", 15, "181"],
    ["squawk", 17, "8000"],
    ["onGround", 21, "2"],
  ])("are refused whole for a bad %s", (field, index, text) => {
    const fields = LINE.split(",");
    fields[index] = text;
    expect(decodeSbs(fields.join(","), 7)).toMatchObject({
      ok: false,
      fault: { code: "sbs.field-malformed", where: { line: 7, field } },
    });
  });

  it("are refused when a field is missing or too many", () => {
    for (const text of [LINE.slice(0, -2), `${LINE},0`]) {
      expect(decodeSbs(text)).toMatchObject({ ok: false, fault: { where: { field: "line" }, expected: "22 fields" } });
    }
  });

  it("give the report that a decoder would, without any claim of quality", () => {
    const result = decodeSbs(LINE);
    const report = new AircraftReport();
    expect(result.ok && fillReportFromSbs(result.value, 5, report)).toBe(true);
    expect(report.has & HAS_POSITION).toBe(HAS_POSITION);
    expect(report).toMatchObject({
      icao: 0x4ca2d6,
      receivedAt: 5,
      altitudeReference: "pressure",
      integrityCategory: -1,
    });
  });

  it(
    "never make a decoder throw",
    () => {
      const mangled = fc
        .tuple(fc.nat(LINE.length), fc.string({ maxLength: 12 }), fc.nat(8))
        .map(([place, text, removed]) => LINE.slice(0, place) + text + LINE.slice(place + removed));
      fc.assert(
        fc.property(fc.oneof(fc.string(), mangled), (text) => {
          const result = decodeSbs(text);
          // What is accepted can be written and read again: nothing in it is out of the format's reach.
          if (result.ok && result.value.kind === "MSG") expect(decodeSbs(encodeSbs(result.value)).ok).toBe(true);
        }),
        fuzzRuns(5_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});
