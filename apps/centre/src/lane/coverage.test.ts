import { FIELD_MODELS } from "@openjmc/fusion";
import { MICROSECONDS_PER_HOUR, type SourceRow } from "@openjmc/model";
import { expect, it } from "vitest";
import { Coverage } from "./coverage.ts";
import { hearingOf } from "./hearing.ts";

const START = Date.UTC(2021, 2, 1, 6, 40) * 1000;
const HOUR = Math.ceil(START / MICROSECONDS_PER_HOUR) * MICROSECONDS_PER_HOUR;
const weather = { temperature: 10, windEast: 6, windNorth: 0, temperatureError: 1, windError: 1 };

function post(at: number, changes: Partial<SourceRow> = {}): SourceRow {
  return {
    ...{ id: "s", name: "s", format: "arrivals", means: "acoustic", link: { kind: "mqtt", topic: "s" } },
    ...{ lon: 0, lat: 0, heightMetres: 0, heightReference: "msl", rangeMetres: 15_000, operator: "joint" },
    ...{ marking: "open", authentication: "address-only", state: "live", connected: true, heldBy: "P" },
    ...{ framesTotal: 1, bytesTotal: 1, ratePerSecond: 1, duplicatesTotal: 0, shedTotal: 0, badFrames: {} },
    ...{ lastMessageAt: at, noiseDecibels: 70 },
    ...changes,
  } as SourceRow;
}

const coverage = () => new Coverage((row) => hearingOf(row, { stations: [], weather, models: FIELD_MODELS }));

it("tells hour by hour what would have been heard, by the noise of that hour", () => {
  const book = coverage();
  expect(book.observe(post(START), START)).toHaveLength(1);
  expect(book.observe(post(START + 5e6), START + 5e6)).toEqual([]);
  const after = HOUR + 4e6;
  const [ended, begun] = book.observe(post(after, { noiseDecibels: 90 }), after);
  expect(ended).toMatchObject({ from: START, until: HOUR, watching: true, heldBy: "P" });
  expect(begun).toMatchObject({ from: HOUR, watching: true });
  const mortar = (row: typeof ended) => row!.hearing!.reaches.find(({ what }) => what === "mortar")!.metres;
  expect(mortar(ended)[0]).toBeGreaterThan(2 * mortar(begun)[0]!);
  // East is where the wind blows to.
  expect(mortar(ended)[2]).toBeLessThan(mortar(ended)[6]!);
  const [open] = book.extend([post(after)], after + 60e6);
  expect(open).toMatchObject({ from: HOUR, until: after + 60e6, hearing: begun!.hearing });
});

it("begins a gap at the last message, also when that was before the full hour", () => {
  const book = coverage();
  book.observe(post(START), START);
  const last = HOUR - 20e6;
  expect(book.observe(post(last), HOUR + 10e6)).toEqual([]);
  const [ended, gap] = book.observe(post(last, { state: "down" }), HOUR + 50e6);
  expect(ended).toMatchObject({ from: START, until: last, watching: true });
  expect(gap).toMatchObject({ from: last, watching: false, cause: "down" });
  expect(gap!.hearing).toBeUndefined();
});

it("leaves other sources, and posts whose noise nobody knows, as they were", () => {
  const book = coverage();
  book.observe(post(START, { means: "seismic" }), START);
  const { noiseDecibels: _noise, ...quiet } = post(HOUR + 5e6);
  expect(book.observe(quiet, HOUR + 5e6)).toEqual([]);
});

it("of a seismometer tells what the mission states, nearer in more noise", () => {
  const reaches = [{ what: "demolition", metres: 8_000, noiseDecibels: -20, basis: "measured" }];
  const seismic = (noiseDecibels: number) =>
    coverage().held(post(START, { means: "seismic", reaches, noiseDecibels }), [{ from: START, until: HOUR }], HOUR)[0]!
      .hearing!.reaches[0]!;
  expect(seismic(-20)).toEqual({ what: "demolition", metres: new Array(8).fill(8_000) });
  // Twenty-six decibels a decade.
  expect(seismic(6).metres[0]).toBe(800);
  expect(seismic(-60).metres[0]).toBe(15_000);
});

it("of what comes in files claims the spans that they hold, and no gap between them", () => {
  const book = coverage();
  const laid = post(HOUR, { link: { kind: "folder", folder: "s" } });
  expect(book.observe(laid, HOUR)).toEqual([]);
  const [row, ...others] = book.held(laid, [{ from: START, until: START + 60e6 }], HOUR);
  expect(row).toMatchObject({ key: `s@${START}`, from: START, until: START + 60e6, watching: true });
  expect(row!.hearing!.reaches.length).toBeGreaterThan(0);
  expect(others).toEqual([]);
});
