import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AlertDecision, RaiseDecision } from "./decision.ts";
import type { JudgedTrack } from "./encounter.ts";
import { createJudge, type Judge } from "./judge.ts";
import { FLIGHT, NO_FLY, RULES, seconds, testMission, testTrack } from "./testing.ts";

/** Flies one track through a judge, one report a second, and gives all decisions. */
function fly(judge: Judge, path: (second: number) => Partial<JudgedTrack>, from: number, until: number) {
  const decisions: AlertDecision[] = [];
  for (let second = from; second <= until; second++) {
    const at = seconds(second);
    decisions.push(...judge.track(testTrack({ at, ...path(second) }), at).decisions, ...judge.tick(at));
  }
  return decisions;
}

/** From 22 km west of the zone straight through it, at 100 m/s: inside from second 222 to 444. */
const crossing = (second: number) => ({ lon: 9.8 + (second * 100) / 111_319 });

describe("a no-fly zone", () => {
  test("raises exactly one alert for a flight that nobody notified, and ends it", () => {
    const decisions = fly(createJudge(testMission()), crossing, 0, 600);
    expect(decisions.map((decision) => decision.kind)).toEqual(["raise", "end"]);
    const raised = decisions[0] as RaiseDecision;
    expect(raised).toMatchObject({
      rule: "fly",
      provision: "text/1",
      zone: "n1",
      zoneVersion: 1,
      subject: { kind: "track", id: "t1" },
      severity: "warning",
      altitudeMetres: 1000,
    });
    // Inside by more than the zone's precision of 500 m, then held for ten seconds.
    expect(raised.occurredAt).toBeGreaterThanOrEqual(seconds(227));
    expect(raised.occurredAt).toBeLessThanOrEqual(seconds(230));
    expect(raised.at - raised.occurredAt).toBe(10_000_000);
    expect(raised.outline).toMatchObject({ icao: "F0000A", headingDegrees: 90, speedMetresPerSecond: 30 });
  });

  test("goes on with one alert for a track whose place wavers over the edge, and ends it once that is surely out", () => {
    const judge = createJudge(testMission());
    const unsure = { positionCovariance: [1e6, 0, 1e6] as const };
    const edge = 222;
    const inside = fly(judge, () => ({ ...crossing(edge + 100), ...unsure }), 0, 20);
    expect(inside.map((decision) => decision.kind)).toEqual(["raise"]);
    const wavering = (second: number) => ({ ...crossing(edge + (second % 2 === 0 ? 3 : -3)), ...unsure });
    expect(fly(judge, wavering, 21, 120)).toEqual([]);
    const out = fly(judge, () => ({ ...crossing(edge - 60), ...unsure }), 121, 150);
    expect(out.map((decision) => decision.kind)).toEqual(["end"]);
  });

  test("says nothing of the flight that was notified, and names it", () => {
    const judge = createJudge(testMission());
    const identity = { icao: "F00001", callsign: "GOOD01" };
    expect(fly(judge, (second) => ({ ...crossing(second), ...identity }), 0, 600)).toEqual([]);
    expect(judge.track(testTrack({ ...identity, at: seconds(700) }), seconds(700)).flight).toBe("F1");
  });

  test.each<[string, Partial<JudgedTrack>]>([
    ["another callsign under the notified address", { icao: "F00001", callsign: "OTHER" }],
    ["another address under the notified callsign", { icao: "F00002", callsign: "GOOD01" }],
    ["above the notified altitude", { icao: "F00001", callsign: "GOOD01", altitudeMetres: 2400 }],
  ])("is not satisfied by %s", (_, more) => {
    const decisions = fly(createJudge(testMission()), () => more, 0, 20);
    expect(decisions.map((decision) => decision.kind)).toEqual(["raise"]);
  });

  test.each<[string, Partial<JudgedTrack>, readonly string[]]>([
    ["a callsign that begins as it says", { icao: "F000AA", callsign: "RESCUE7" }, []],
    ["another callsign", { icao: "F000AA", callsign: "GUARD1" }, ["raise"]],
    ["none", { callsign: "" }, ["raise"]],
  ])("exempts whom the zone itself exempts: %s", (_, more, kinds) => {
    const zone = {
      ...NO_FLY,
      exemptions: [{ what: "Rescue", callsign: "rescue" }, { what: "Whoever carries wounded" }],
    };
    const decisions = fly(createJudge(testMission({}, [zone])), () => more, 0, 20);
    expect(decisions.map(({ kind }) => kind)).toEqual(kinds);
  });

  test("says which notified flight departs from its notification", () => {
    const late = { icao: "F00001", callsign: "GOOD01" };
    const [raised] = fly(createJudge(testMission()), () => late, 1790, 1820) as RaiseDecision[];
    expect(raised!.occurredAt).toBe(seconds(1801));
    expect(raised!.outline.departsFromFlight).toBe("F1");
  });

  test("does not take a notification that comes after the entry", () => {
    const notified = { icao: "F00001", callsign: "GOOD01" };
    const judge = createJudge(testMission({ flights: [] }));
    fly(judge, () => notified, 0, 20);
    judge.setFlights([{ ...FLIGHT, notifiedAt: seconds(15) }]);
    expect(fly(judge, () => notified, 21, 60)).toEqual([]);
    expect(judge.snapshot().tracks.alerts).toHaveLength(1);
    const inTime = createJudge(testMission({ flights: [] }));
    inTime.setFlights([FLIGHT]);
    expect(fly(inTime, () => notified, 0, 60)).toEqual([]);
  });

  test.each<[string, (second: number) => Partial<JudgedTrack>]>([
    ["an airliner far above it", (second) => ({ ...crossing(second), altitudeMetres: 10_500 })],
    ["one at its ceiling, within the tolerance", (second) => ({ ...crossing(second), altitudeMetres: 2900 })],
    [
      "one that has no altitude",
      (second) => {
        const { altitudeMetres: _, ...unknown } = testTrack(crossing(second));
        return { ...unknown, altitudeMetres: undefined as never };
      },
    ],
    ["one that clips a corner within the zone's precision", (second) => ({ lon: crossing(second).lon, lat: 0.003 })],
    ["one beside it", (second) => ({ ...crossing(second), lat: -0.01 })],
    ["one whose place is too uncertain", (second) => ({ ...crossing(second), positionCovariance: [4e7, 0, 4e7] })],
    ["one on the ground", (second) => ({ ...crossing(second), onGround: true })],
    ["a tentative track", (second) => ({ ...crossing(second), status: "tentative" })],
  ])("says nothing of %s", (_, path) => {
    expect(fly(createJudge(testMission()), path, 0, 600)).toEqual([]);
  });

  test("counts a target without an altitude as inside where the rule says so", () => {
    const rules = RULES.map((rule) => ({ ...rule, unknownAltitude: "inside" as const }));
    const path = (): Partial<JudgedTrack> => ({
      altitudeMetres: undefined as never,
      altitudeReference: undefined as never,
    });
    const [raised, ...more] = fly(createJudge(testMission({ rules })), path, 0, 60);
    expect(raised).toMatchObject({ kind: "raise", rule: "fly", probability: 1 });
    expect(raised).not.toHaveProperty("altitudeMetres");
    expect(more).toEqual([]);
  });

  test("is not there before it is in force and after it has ended", () => {
    const brief = { ...NO_FLY, validFrom: seconds(1000), validUntil: seconds(1100) };
    const judge = createJudge(testMission({}, [brief]));
    const decisions = fly(judge, () => ({}), 900, 1200);
    expect(decisions.map((decision) => decision.kind)).toEqual(["raise", "end"]);
    expect((decisions[0] as RaiseDecision).occurredAt).toBe(seconds(1000));
  });

  test("keeps one alert when an aircraft is lost and found again under a new track", () => {
    const judge = createJudge(testMission());
    const first = fly(judge, () => ({}), 0, 30);
    const lost = fly(judge, () => ({ status: "ended" }), 31, 31);
    const again = fly(judge, () => ({ id: "t2" }), 50, 150);
    expect([...first, ...lost, ...again].map((decision) => decision.kind)).toEqual(["raise", "grow"]);
    const gone = fly(judge, () => ({ id: "t2", status: "ended" }), 151, 151);
    const later = Array.from({ length: 120 }, (_, second) => judge.tick(seconds(152 + second))).flat();
    expect([...gone, ...later].map((decision) => decision.kind)).toEqual(["end"]);
  });

  test("gives up a track whose end is never told", () => {
    const judge = createJudge(testMission());
    fly(judge, () => ({}), 0, 30);
    expect(judge.tick(seconds(500))).toEqual([]);
    expect(judge.tick(seconds(700))).toMatchObject([{ kind: "end", endedAt: seconds(30) }]);
    expect(judge.snapshot().tracks).toEqual({ presences: [], alerts: [] });
  });

  test("raises again when the aircraft comes back after having left", () => {
    const decisions = fly(
      createJudge(testMission()),
      (second) => ({ lon: second > 50 && second < 100 ? 10.5 : 10.1 }),
      0,
      150,
    );
    expect(decisions.map((decision) => decision.kind)).toEqual(["raise", "end", "raise"]);
    expect(new Set(decisions.map((decision) => decision.key)).size).toBe(2);
  });

  test("gives the zones that hold a track, and not those far below it", () => {
    const judge = createJudge(testMission());
    expect(judge.track(testTrack(), seconds(0)).zones).toEqual([{ zone: "n1", probability: 1 }]);
    expect(judge.track(testTrack({ altitudeMetres: 9000 }), seconds(0)).zones).toEqual([]);
  });

  test("whatever flies, raises and ends alternate for each key, and a replay from any mark goes on the same", () => {
    const step = fc.record({
      id: fc.constantFrom("t1", "t2", "t3"),
      icao: fc.constantFrom("F0000A", "F0000B", "F00001"),
      lon: fc.double({ min: 9.95, max: 10.25, noNaN: true }),
      altitudeMetres: fc.constantFrom(1000, 2900, 5000),
      status: fc.constantFrom("confirmed" as const, "confirmed" as const, "coasted" as const, "ended" as const),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 120 }), fc.nat(100), (steps, mark) => {
        const judge = createJudge(testMission());
        let replayed: Judge | undefined;
        const open = new Set<string>();
        steps.forEach((more, index) => {
          const at = seconds(index * 4);
          const decisions = [...judge.track(testTrack({ at, ...more }), at).decisions, ...judge.tick(at)];
          if (replayed) {
            const again = [...replayed.track(testTrack({ at, ...more }), at).decisions, ...replayed.tick(at)];
            expect(again).toEqual(decisions);
          }
          for (const decision of decisions) {
            expect(open.has(decision.key)).toBe(decision.kind !== "raise");
            if (decision.kind === "raise") open.add(decision.key);
            if (decision.kind === "end") open.delete(decision.key);
          }
          if (index === mark) {
            replayed = createJudge(testMission());
            replayed.restore(JSON.parse(JSON.stringify(judge.snapshot())));
          }
        });
      }),
    );
  });
});
