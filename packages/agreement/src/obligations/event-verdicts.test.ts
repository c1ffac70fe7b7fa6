import type { ZoneVersion } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEventJudge } from "./event-verdicts.ts";
import { createAgreement } from "./obligations.ts";
import { CEASE_FIRE, fact, INSTRUMENT, noon } from "./testing.ts";
import { judgeByVersions } from "./zone-verdicts.ts";

const SURE = { eastEast: 0, eastNorth: 0, northNorth: 0 };
const square = (zone: string, version: number, west: number, more: Partial<ZoneVersion> = {}): ZoneVersion => ({
  ...{
    zone,
    version,
    kind: "ceasefire-area",
    names: {},
    issuer: "x",
    basis: "x",
    fictional: false,
    precisionMetres: 1000,
  },
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [west, 10],
        [west + 1, 10],
        [west + 1, 11],
        [west, 11],
        [west, 10],
      ],
    ],
  },
  validFrom: 0,
  ...more,
});
const CHANGE = noon("2031-01-01");
const ZONES = [square("area", 1, 40, { validUntil: CHANGE }), square("area", 2, 40.5, { validFrom: CHANGE })];
const PROVISION = { ...CEASE_FIRE, zone: "area" };
const agreementWith = (facts: ReturnType<typeof fact>[]) =>
  createAgreement({
    instruments: [{ ...INSTRUMENT, provisions: [PROVISION] }],
    amendments: [],
    facts,
    monitoring: [{ from: 0 }],
  });
const judge = (lon: number, day: string, facts: ReturnType<typeof fact>[] = []) =>
  createEventJudge(
    agreementWith(facts),
    [PROVISION],
    ZONES,
  )({ place: { lon, lat: 10.5 }, covariance: SURE, at: noon(day) }, noon("2040-01-01"));

describe("an event", () => {
  it("is judged by the version and the text in force at its time, and says on what the answer turns", () => {
    expect(judge(40.7, "2030-12-01")).toMatchObject([
      {
        provision: "cease-fire",
        zone: "area",
        version: 1,
        lies: "inside",
        isBinding: "yes",
        falls: "inside",
        flipsOn: [],
      },
    ]);
    expect(judge(40.2, "2030-12-01")).toMatchObject([{ version: 1, falls: "inside", flipsOn: ["zone-version"] }]);
    expect(judge(40.2, "2031-02-01")).toMatchObject([{ version: 2, falls: "outside", flipsOn: ["zone-version"] }]);
    expect(judge(43, "2030-12-01")).toEqual([]);
  });

  it("closer to the drawn edge than its precision is undetermined", () => {
    expect(judge(41.005, "2030-12-01")).toMatchObject([{ lies: "undetermined", falls: "undetermined" }]);
    expect(judge(41.005, "2030-12-01")[0]!.flipsOn).toContain("precision");
  });

  it("before the text binds falls under nothing, and where its end is disputed turns on the speaker", () => {
    expect(judge(40.7, "2030-11-01")).toMatchObject([{ lies: "inside", isBinding: "no", falls: "outside" }]);
    const facts = [fact("terminated", "text", "2030-11-20"), fact("upheld", "text", "2030-11-21", { by: "P" })];
    expect(judge(40.7, "2030-12-01", facts)).toMatchObject([
      { isBinding: "turns", falls: "undetermined", flipsOn: ["speaker"] },
    ]);
  });

  it("finds by cells the zones that looking at each of them finds", () => {
    const place = fc.record({
      lon: fc.double({ min: 30, max: 60, noNaN: true }),
      lat: fc.double({ min: -5, max: 30, noNaN: true }),
    });
    const zones = fc.array(
      fc.tuple(fc.double({ min: 30, max: 58, noNaN: true }), fc.integer({ min: 1, max: 40_000 })),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(zones, place, fc.double({ min: 0, max: 30_000, noNaN: true }), (given, at, deviation) => {
        const versions = given.map(([west, precisionMetres], index) =>
          square(`z${index}`, 1, west, { precisionMetres }),
        );
        const covariance = { eastEast: deviation ** 2, eastNorth: 0, northNorth: deviation ** 2 };
        const judged = createEventJudge(
          agreementWith([]),
          versions.map(({ zone }) => ({ id: "cease-fire", zone })),
          versions,
        )({ place: at, covariance, at: CHANGE }, CHANGE);
        const each = versions.filter(
          (one) => judgeByVersions([one], at, covariance, CHANGE).verdicts[0]!.lies !== "outside",
        );
        expect(judged.map(({ zone }) => zone)).toEqual(each.map(({ zone }) => zone));
      }),
      { numRuns: 150 },
    );
  });
});
