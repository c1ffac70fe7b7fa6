import { destinationOf, distanceBetween, geodesicBetween } from "@openjmc/geo";
import {
  type CueRow,
  type EventRow,
  ellipseOfCovariance,
  formatDegrees,
  formatInstant,
  type LonLat,
  type Means,
  type SightingBody,
  type SightingRow,
} from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountsOf } from "./accounts-of.ts";
import { covarianceOfEllipse } from "./covariance-of-ellipse.ts";
import { cueAccount, sightingAccount } from "./witness-of.ts";

const AT = 1_772_344_800_000_000;
const TRUTH = { lon: 30, lat: 40 };
const HEARD: readonly Means[] = ["acoustic"];
const mark = { index: 1, statement: "s", role: "r", component: "A", claimedAt: AT, recordedAt: AT };

/** Located two hundred metres to the east of where it was, in an ellipse that runs east and west. */
const EVENT = {
  ...{
    id: "e".repeat(32),
    version: 1,
    originTime: AT,
    originTimeErrorSeconds: 0.1,
    ...destinationOf(TRUTH, Math.PI / 2, 200),
  },
  ...{ ellipse: { semiMajorMetres: 600, semiMinorMetres: 60, azimuth: Math.PI / 2 }, kind: "explosion", count: 1 },
  ...{
    countUnit: "explosion",
    classes: [],
    arrivals: [],
    stations: ["a", "b", "c", "d"],
    status: "settled",
    zones: [],
  },
  ...{ burst: { event: "e".repeat(32), rounds: 1 }, firstSolvedAt: AT },
} as unknown as EventRow;

const observerAt = (place: LonLat) => ({
  lon: formatDegrees(place.lon),
  lat: formatDegrees(place.lat),
  uncertaintyMetres: 20,
});

function sighting(id: string, direction: number, metres: number, more: Partial<SightingBody> = {}): SightingRow {
  const place = destinationOf(TRUTH, direction, metres);
  const body: SightingBody = {
    ...{ observer: observerAt(place), occurredAt: formatInstant(AT), timeUncertaintySeconds: 4, means: "saw" },
    ...{ observation: "explosion", count: { number: 3, unit: "round", qualifier: "at-least" } },
    bearingDegrees: (geodesicBetween(place, TRUTH).azimuth * 180) / Math.PI,
    ...{
      bearingUncertaintyDegrees: 2,
      direction: "undetermined",
      weapon: "undetermined",
      visibility: "good",
      remark: "",
    },
    ...more,
  } as SightingBody;
  return { id, occurredAt: AT, body, mark };
}

const flash = (direction: number, metres: number): CueRow => {
  const place = destinationOf(TRUTH, direction, metres);
  return {
    ...{
      id: "cue",
      source: "cam",
      means: "camera-thermal",
      sight: "flash",
      at: AT + 100_000,
      timeErrorSeconds: 0.01,
      ...place,
    },
    ...{ bearingDegrees: (geodesicBetween(place, TRUTH).azimuth * 180) / Math.PI, bearingUncertaintyDegrees: 0.3 },
  };
};

const heat = (later: number): CueRow => ({
  ...{ id: `heat${later}`, source: "sat", means: "satellite-thermal", sight: "heat", at: AT + later * 1e6 },
  ...{ timeErrorSeconds: 30, ...TRUTH, uncertaintyMetres: 270 },
});

const singlesOf = (...rows: readonly (SightingRow | CueRow)[]) =>
  rows.flatMap((row) => ("body" in row ? (sightingAccount(row) ?? []) : cueAccount(row)));

describe("one event by many means", () => {
  it("a bearing that agrees is joined, brings the place nearer, and the most observed account comes first", () => {
    const accounts = accountsOf(EVENT, HEARD, singlesOf(flash(0, 3000)), "most-observations");
    expect(accounts.map((account) => account.kind)).toEqual(["joined", "located", "camera"]);
    expect(accounts[0]).toMatchObject({ observations: 5, of: ["cue"], means: ["acoustic", "camera-thermal"] });
    expect(distanceBetween(accounts[0]!, TRUTH)).toBeLessThan(60);
    expect(accounts[0]!.ellipse!.semiMajorMetres).toBeLessThan(80);
  });

  it("a count in another unit is told in the located one's by the mission's rule, which is named, and otherwise not", () => {
    const rule = {
      id: "C1",
      names: {},
      from: "round",
      to: "explosion",
      each: 1,
      qualifier: "about",
      basis: "x",
    } as const;
    const seen = singlesOf(sighting("s", 1.5, 4000));
    const told = (...rules: (typeof rule)[]) =>
      accountsOf(EVENT, HEARD, seen, "most-observations", rules).find(({ kind }) => kind === "sighting")!;
    expect(told(rule)).toMatchObject({
      count: { number: 3, unit: "round", qualifier: "at-least" },
      converted: { number: 3, unit: "explosion", qualifier: "about", rule: "C1" },
    });
    expect(told()).not.toHaveProperty("converted");
    expect(accountsOf(EVENT, HEARD, [], "most-observations", [rule])[0]).not.toHaveProperty("converted");
  });

  it("what people and cameras alone would give stands beside it, and counts are told in the unit in which each counted", () => {
    const accounts = accountsOf(EVENT, HEARD, singlesOf(flash(0, 3000), sighting("s", 1.5, 4000)), "most-observations");
    const crossing = accounts.find((account) => account.kind === "crossing")!;
    expect(crossing).toMatchObject({ observations: 2, of: ["cue", "s"], agrees: true });
    expect(distanceBetween(crossing, TRUTH)).toBeLessThan(50);
    expect(accounts.find((account) => account.kind === "sighting")!.count).toEqual({
      number: 3,
      unit: "round",
      qualifier: "at-least",
    });
    expect(accounts.find((account) => account.kind === "located")!.count).toEqual({
      number: 1,
      unit: "explosion",
      qualifier: "exact",
    });
  });

  it("what contradicts it competes, joins nothing and comes last; what is of something else is not told", () => {
    const elsewhere = sighting("far", 3, 3000, { bearingDegrees: 40, bearingUncertaintyDegrees: 10 });
    const otherTime = { ...sighting("late", 0, 3000), occurredAt: AT + 600e6 };
    const overflight = sighting("air", 0, 3000, { observation: "overflight" });
    const accounts = accountsOf(EVENT, HEARD, singlesOf(elsewhere, otherTime, overflight), "most-observations");
    expect(accounts.map(({ kind, id, agrees }) => [kind, id === EVENT.id || id, agrees])).toEqual([
      ["located", true, true],
      ["sighting", "far", false],
    ]);
    const withdrawn = sightingAccount({ ...sighting("gone", 0, 3000), withdrawn: mark });
    expect(withdrawn).toBeUndefined();
  });

  it("heat may be seen hours after, never before, and does not pull at the place", () => {
    const accounts = accountsOf(
      EVENT,
      HEARD,
      singlesOf(heat(3 * 3600), heat(-3600), heat(7 * 3600)),
      "most-observations",
    );
    expect(accounts.map(({ kind, id }) => [kind, id])).toEqual([
      ["located", EVENT.id],
      ["heat", "heat10800"],
    ]);
  });

  it("by the other rule the surer one comes first", () => {
    const near = sighting("near", 1, 100, { place: { ...observerAt(TRUTH), uncertaintyMetres: 25 } });
    const [first] = accountsOf({ ...EVENT, ...TRUTH }, HEARD, singlesOf(near), "smallest-ellipse");
    expect(first!.kind).toBe("joined");
    const [alone] = accountsOf({ ...EVENT, ...TRUTH }, HEARD, singlesOf(heat(10)), "smallest-ellipse");
    expect(alone!.kind).toBe("located");
  });

  it("an ellipse stands for one covariance", () => {
    const metres = fc.double({ min: 1, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(metres, metres, fc.double({ min: -0.99, max: 0.99, noNaN: true }), (east, north, correlation) => {
        const covariance = [east * east, correlation * east * north, north * north] as const;
        const back = covarianceOfEllipse(ellipseOfCovariance(...covariance));
        for (const [index, value] of back.entries())
          expect(Math.abs(value - covariance[index]!)).toBeLessThan(1e-6 * (east + north) ** 2 + 0.02);
      }),
    );
  });
});
