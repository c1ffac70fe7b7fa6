import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../result.ts";
import { cutAt } from "../testing/collect-frames.ts";
import { hasSharedData, sharedBytes } from "../testing/shared-data.ts";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { decodeFirms } from "./decode-firms.ts";
import { FirmsStream } from "./firms-stream.ts";
import type { HeatSpot } from "./heat-spot.ts";

function read(file: Uint8Array | string, cuts: readonly number[] = []) {
  const spots: HeatSpot[] = [];
  const faults: Fault[] = [];
  const stream = new FirmsStream();
  const sink = { spot: (spot: HeatSpot) => spots.push(spot), fault: (fault: Fault) => faults.push(fault) };
  for (const chunk of cutAt(typeof file === "string" ? new TextEncoder().encode(file) : file, cuts))
    stream.push(chunk, sink);
  stream.end(sink);
  return { spots, faults };
}

const FIELDS = {
  latitude: "40.5",
  longitude: "45.25",
  acq_date: "2020-10-05",
  acq_time: "931",
  confidence: "n",
  satellite: "N",
  instrument: "VIIRS",
};
const at = Date.UTC(2020, 9, 5, 9, 31) * 1000;

describe("heat spots", () => {
  it("tell their confidence in letters, words or percent", () => {
    const confidence = (value: string | number) => {
      const read = decodeFirms({ ...FIELDS, confidence: value });
      return read.ok ? [read.value.confidence, read.value.confidencePercent] : read.fault.where?.field;
    };
    expect(["l", "n", "h", "low", "nominal", "high"].map((value) => (confidence(value) as string[])[0])).toEqual([
      "low",
      "nominal",
      "high",
      "low",
      "nominal",
      "high",
    ]);
    expect([confidence("29"), confidence(30), confidence("80"), confidence(100)]).toEqual([
      ["low", 29],
      ["nominal", 30],
      ["high", 80],
      ["high", 100],
    ]);
    expect([confidence("101"), confidence("-1"), confidence("x"), confidence("")]).toEqual([
      "confidence",
      "confidence",
      "confidence",
      "confidence",
    ]);
  });

  it("have a time whose noughts may be lost", () => {
    const time = (acq_time: string | number) => {
      const read = decodeFirms({ ...FIELDS, acq_time });
      return read.ok ? (read.value.at - at) / 60_000_000 : read.fault.where?.field;
    };
    expect([time("931"), time("0931"), time(931), time("09:31"), time("1"), time("0")]).toEqual([
      0, 0, 0, 0, -570, -571,
    ]);
    expect([time("2460"), time("12345"), time("")]).toEqual(["acq_date", "acq_time", "acq_time"]);
  });

  it("name line, field and offset of a bad record and go on", () => {
    const header = Object.keys(FIELDS).join(",");
    const line = Object.values(FIELDS).join(",");
    const text = `${header}\n${line}\n${line.replace("40.5", "95")}\n${line},7\n${line}\n`;
    const { spots, faults } = read(text, [30, 90, 91]);
    expect(spots).toHaveLength(2);
    expect(faults).toMatchObject([
      { code: "firms.field-malformed", where: { line: 3, field: "latitude", offset: header.length + line.length + 2 } },
      { code: "firms.columns-wrong", where: { line: 4 } },
    ]);
    expect(read("[1, {}]").faults.map(({ code }) => code)).toEqual(["firms.not-a-record", "firms.field-malformed"]);
    expect(read("[{").faults.map(({ code }) => code)).toEqual(["firms.not-json"]);
  });

  it(
    "of any content are read without a crash",
    () => {
      const values = fc.oneof(fc.string(), fc.double(), fc.constant(undefined));
      fc.assert(
        fc.property(fc.dictionary(fc.constantFrom(...Object.keys(FIELDS)), values), fc.string(), (fields, text) => {
          const read1 = decodeFirms({ ...FIELDS, ...fields });
          if (read1.ok) expect(Math.abs(read1.value.latitude)).toBeLessThanOrEqual(90);
          read(`${Object.keys(FIELDS).join(",")}\n${text}`);
          read(`[${text}`);
        }),
        fuzzRuns(2_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});

const names = ["firms/viirs_snpp_nrt_2026-10-01_excerpt.csv", "firms/hawaii_viirs_fire_3months.json"] as const;
describe.skipIf(!hasSharedData(...names))("recorded heat spots (need ../shared/data/firms)", () => {
  it("of CSV are read", () => {
    const { spots, faults } = read(sharedBytes(names[0]), [100, 500]);
    expect([spots.length, faults]).toEqual([20, []]);
    expect(spots[0]).toEqual({
      at: Date.UTC(2026, 9, 1, 6, 50) * 1000,
      longitude: 85.17603,
      latitude: 20.968,
      acrossTrack: 620,
      alongTrack: 710,
      brightness: 326.17,
      longBrightness: 296.88,
      radiativePower: 5.92e6,
      confidence: "low",
      satellite: "N",
      instrument: "VIIRS",
      version: "2.0NRT",
      isDay: true,
    });
  });

  it("of JSON are read, every one", () => {
    const bytes = sharedBytes(names[1]);
    const { spots, faults } = read(bytes, [1, 7777]);
    expect(faults).toEqual([]);
    expect(spots).toHaveLength((JSON.parse(new TextDecoder().decode(bytes)) as unknown[]).length);
    expect(spots[0]).toMatchObject({
      at: Date.UTC(2024, 3, 1, 0, 39) * 1000,
      latitude: 19.50918,
      satellite: "NOAA-20",
      brightness: 339.17,
    });
  });
});
