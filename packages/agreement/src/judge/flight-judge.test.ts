import type { AlertRule, NotifiedFlight } from "@openjmc/model";
import { describe, expect, test } from "vitest";
import type { AlertDecision, FlownDecision, RaiseDecision } from "./decision.ts";
import type { JudgedTrack } from "./encounter.ts";
import { createJudge, type Judge } from "./judge.ts";
import { FLIGHT, RULES, seconds, testMission, testTrack } from "./testing.ts";

const DEVIATION: AlertRule = {
  ...RULES[0]!,
  ...{ id: "notice", kind: "flight-deviation", zoneKinds: [], routeToleranceMetres: 200, timeToleranceSeconds: 60 },
};
/** Along the equator from 8° to 9° east, a kilometre to either side; no zone. */
const ROUTED: NotifiedFlight = {
  ...FLIGHT,
  ...{ id: "R1", icao: "F000AA", zones: [], floorMetres: 500, ceilingMetres: 1500, corridorMetres: 1000 },
  ...{ from: seconds(0), until: seconds(1000) },
  callsign: "ROUTE1",
  altitudeReference: "msl",
  route: [
    { lon: 8, lat: 0 },
    { lon: 9, lat: 0 },
  ],
};

const judgeWith = (rules: readonly AlertRule[], ...flights: readonly NotifiedFlight[]): Judge =>
  createJudge(testMission({ rules, flights }));

/** One report a second, then silence until the flight is over; the clock runs on. */
function fly(judge: Judge, path: (second: number) => Partial<JudgedTrack>, from: number, until: number) {
  const decisions: AlertDecision[] = [];
  for (let second = from; second <= until + 200; second++) {
    const at = seconds(second);
    if (second <= until) decisions.push(...judge.track(testTrack({ at, ...path(second) }), at).decisions);
    decisions.push(...judge.tick(at));
  }
  return decisions;
}

const kinds = (decisions: readonly AlertDecision[]): string[] => decisions.map(({ kind }) => kind);
const known = { icao: "F000AA", callsign: "ROUTE1" };
/** At 100 m/s along the route, `north` metres beside it. */
const along =
  (north: (second: number) => number, from = 0) =>
  (second: number) => ({
    ...known,
    lon: 8 + ((second - from) * 100) / 111_319,
    lat: north(second) / 110_574,
  });

describe("a flight with a route", () => {
  test("that keeps to it raises nothing, and ends with what was seen of it", () => {
    const decisions = fly(
      judgeWith([DEVIATION], ROUTED),
      along(() => 500),
      10,
      900,
    );
    expect(kinds(decisions)).toEqual(["flown"]);
    expect(decisions[0]).toMatchObject({ flight: "R1", tracks: ["t1"], from: seconds(10), until: seconds(900) });
    expect(Object.keys(decisions[0]!)).not.toContain("offRouteMetres");
  });

  test("raises one alert that says by how many metres it left it, and ends it when it is back", () => {
    const off = along((second) => (second > 300 && second < 500 ? 3000 : 0));
    const decisions = fly(judgeWith([DEVIATION], ROUTED), off, 10, 900);
    expect(kinds(decisions)).toEqual(["raise", "end", "flown"]);
    const [raised, , flown] = decisions as [RaiseDecision, AlertDecision, FlownDecision];
    expect(raised).toMatchObject({ rule: "notice", occurredAt: seconds(301), subject: { kind: "track", id: "t1" } });
    expect(raised.outline).toMatchObject({ departsFromFlight: "R1" });
    expect(Number(raised.outline.offRouteMetres)).toBeGreaterThan(1980);
    expect(Number(raised.outline.offRouteMetres)).toBeLessThan(2020);
    expect(flown.offRouteMetres).toBe(raised.outline.offRouteMetres);
  });

  test("takes what the track's own uncertainty explains for no deviation", () => {
    const unsure = (second: number) => ({ ...along(() => 2000)(second), positionCovariance: [1e6, 0, 1e6] as const });
    expect(kinds(fly(judgeWith([DEVIATION], ROUTED), unsure, 10, 200))).toEqual(["flown"]);
  });

  test.each([
    ["late", 1000, { lateSeconds: 100 }],
    ["early", -110, { earlySeconds: 110 }],
  ])("%s, it says by how many seconds", (_name, start, expected) => {
    const decisions = fly(
      judgeWith([DEVIATION], ROUTED),
      along(() => 0, start),
      start,
      start + 100,
    );
    expect(kinds(decisions)).toEqual(["raise", "end", "flown"]);
    expect(decisions.at(-1)).toMatchObject(expected);
  });

  test.each([
    [2100, { aboveMetres: 600 }],
    [200, { belowMetres: 300 }],
  ])("at %i metres it says how far from its altitudes it is", (altitudeMetres, expected) => {
    const flown = fly(
      judgeWith([DEVIATION], ROUTED),
      (second) => ({ ...along(() => 0)(second), altitudeMetres }),
      10,
      60,
    );
    expect(flown.at(-1)).toMatchObject({ kind: "flown", ...expected });
    expect(flown[0]).toMatchObject({ kind: "raise", outline: expected });
  });

  test("is not taken for too high where its height is measured from elsewhere and may be right", () => {
    const path = (second: number) => ({
      ...along(() => 0)(second),
      altitudeMetres: 1750,
      altitudeReference: "pressure" as const,
    });
    expect(kinds(fly(judgeWith([DEVIATION], ROUTED), path, 10, 60))).toEqual(["flown"]);
  });

  test("is told of without an alert where no rule asks for one", () => {
    const decisions = fly(
      judgeWith([], ROUTED),
      along(() => 5000),
      10,
      60,
    );
    expect(kinds(decisions)).toEqual(["flown"]);
    expect((decisions[0] as FlownDecision).offRouteMetres).toBeGreaterThan(3900);
  });
});

describe("a notified flight in its zone", () => {
  const inside = { icao: "F00001", callsign: "GOOD01" };

  test("is counted in seconds inside", () => {
    const decisions = fly(judgeWith([...RULES, DEVIATION], FLIGHT), () => inside, 100, 400);
    expect(decisions).toMatchObject([{ kind: "flown", flight: "F1", zones: [{ zone: "n1", seconds: 300 }] }]);
  });

  test("beyond its time raises the zone's alert alone, with the seconds; the flight that is nearest in time is meant", () => {
    const later = { ...FLIGHT, id: "F2", from: seconds(40_000), until: seconds(41_000) };
    const decisions = fly(judgeWith([...RULES, DEVIATION], FLIGHT, later), () => inside, 1700, 2100);
    expect(kinds(decisions)).toEqual(["raise", "flown"]);
    const late = Number((decisions[0] as RaiseDecision).outline.lateSeconds);
    expect(decisions[0]).toMatchObject({ rule: "fly", outline: { departsFromFlight: "F1" } });
    expect(late).toBe(11);
    expect(decisions.at(-1)).toMatchObject({ flight: "F1", lateSeconds: 300 });
  });

  test("loses nothing when the rules are put in force anew while it flies", () => {
    const before = judgeWith([DEVIATION], FLIGHT);
    before.track(testTrack({ ...inside, at: seconds(100) }), seconds(100));
    const after = judgeWith([DEVIATION], FLIGHT);
    after.restore(JSON.parse(JSON.stringify(before.snapshot())));
    expect(after.tick(seconds(400))).toMatchObject([{ kind: "flown", flight: "F1", from: seconds(100) }]);
  });
});

test("a flight in the air when the watch stops is told as far as it was seen", () => {
  const judge = judgeWith([DEVIATION], ROUTED);
  for (let second = 10; second <= 60; second++)
    judge.track(testTrack({ at: seconds(second), ...along(() => 0)(second) }), seconds(second));
  expect(judge.stop(seconds(61))).toMatchObject([
    { kind: "flown", flight: "R1", from: seconds(10), until: seconds(60) },
  ]);
  expect(judge.stop(seconds(62))).toEqual([]);
});

describe("a sortie", () => {
  const sortie: NotifiedFlight = { ...FLIGHT, id: "S1", serial: "SN-7", clearance: "waiting" };
  const { icao: _icao, callsign: _callsign, ...nameless } = testTrack();
  const told = { ...sortie, icao: "F00001" };

  test("without its clearance is marked, and inside a zone it is no excuse", () => {
    const decisions = fly(
      judgeWith([...RULES, DEVIATION], told),
      () => ({ icao: "F00001", callsign: "GOOD01" }),
      10,
      60,
    );
    expect(decisions[0]).toMatchObject({ rule: "fly", outline: { departsFromFlight: "S1", clearance: "waiting" } });
    expect(decisions.at(-1)).toMatchObject({ kind: "flown", flight: "S1", clearance: "waiting", zones: [] });
  });

  test("without its clearance raises an alert outside of zones too", () => {
    const decisions = fly(
      judgeWith([DEVIATION], { ...ROUTED, clearance: "refused" }),
      along(() => 0),
      10,
      60,
    );
    expect(decisions[0]).toMatchObject({ rule: "notice", outline: { clearance: "refused" } });
  });

  test("is known by its serial number alone, and cleared it flies in peace", () => {
    const cleared: NotifiedFlight = { ...sortie, clearance: "cleared" };
    const { icao: _a, callsign: _c, ...bySerial } = cleared;
    const judge = judgeWith([...RULES, DEVIATION], bySerial);
    const at = seconds(100);
    expect(judge.track({ ...nameless, at, serial: "SN-7" }, at)).toMatchObject({ flight: "S1", decisions: [] });
  });
});
