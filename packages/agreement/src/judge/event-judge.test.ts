import { describe, expect, test } from "vitest";
import type { AlertDecision, GrowDecision } from "./decision.ts";
import { createJudge } from "./judge.ts";
import { CEASEFIRE, RULES, seconds, testEvent, testMission } from "./testing.ts";

const kinds = (decisions: readonly AlertDecision[]) => decisions.map((decision) => decision.kind);

describe("fire inside the ceasefire area", () => {
  test("raises one alert that names rule, provision and zone", () => {
    const judge = createJudge(testMission());
    const judged = judge.event(testEvent(), seconds(5));
    expect(judged.zones).toEqual([{ zone: "c1", probability: 1 }]);
    expect(judged.decisions).toHaveLength(1);
    expect(judged.decisions[0]).toMatchObject({
      kind: "raise",
      rule: "fire",
      provision: "text/2",
      zone: "c1",
      subject: { kind: "event", id: "e1" },
      occurredAt: seconds(0),
      outline: { observation: "shot", stations: 3, semiMajorMetres: 30 },
    });
    expect(judge.event(testEvent({ version: 2 }), seconds(6)).decisions).toEqual([]);
  });

  test.each([
    ["outside", { lon: 9.9 }],
    ["of a kind that the rule does not watch", { kind: "flare" as const }],
    ["within the zone's precision of the edge", { lon: 10.003 }],
    [
      "whose ellipse reaches far beyond the edge",
      { lon: 10.02, ellipse: { semiMajorMetres: 9000, semiMinorMetres: 9000, azimuth: 0 } },
    ],
    ["that was withdrawn", { status: "withdrawn" as const }],
  ])("nothing is raised for an event %s", (_, more) => {
    expect(createJudge(testMission()).event(testEvent(more), seconds(5)).decisions).toEqual([]);
  });

  test("a barrage is one alert that grows at most every ten seconds and ends when it falls silent", () => {
    const judge = createJudge(testMission());
    const decisions: AlertDecision[] = [];
    for (let second = 0; second <= 600; second++) {
      if (second < 200) {
        // The fire wanders: each round is near the one before, the last ones are 8 km from the first.
        const event = testEvent({ id: `e${second}`, originTime: seconds(second), lon: 10.1 + second * 0.00036 });
        decisions.push(...judge.event(event, seconds(second)).decisions);
      }
      decisions.push(...judge.tick(seconds(second)));
    }
    expect(new Set(decisions.map((decision) => decision.key)).size).toBe(1);
    const told = kinds(decisions);
    expect(told[0]).toBe("raise");
    expect(told.at(-1)).toBe("end");
    const grown = decisions.filter((decision): decision is GrowDecision => decision.kind === "grow");
    expect(grown.length).toBeLessThanOrEqual(21);
    expect(grown.at(-1)!.count).toBe(200);
    expect(grown.flatMap((decision) => decision.members)).toHaveLength(199);
    expect(decisions.at(-1)).toMatchObject({ kind: "end", endedAt: seconds(199) });
  });

  test("an event's last solution, long after its alert has ended, raises none anew", () => {
    const judge = createJudge(testMission());
    judge.event(testEvent(), seconds(5));
    const ended = Array.from({ length: 899 }, (_, second) => judge.tick(seconds(second + 6))).flat();
    expect(kinds(ended)).toEqual(["end"]);
    const again = createJudge(testMission());
    again.restore(JSON.parse(JSON.stringify(judge.snapshot())));
    const last = testEvent({ version: 9, status: "settled", originTime: seconds(0) + 1 });
    for (const one of [judge, again]) expect(one.event(last, seconds(905)).decisions).toEqual([]);
  });

  test("rounds that all come long after their time are one barrage", () => {
    const judge = createJudge(testMission());
    const told = Array.from({ length: 8 }, (_, round) => [
      ...judge.event(testEvent({ id: `e${round}`, originTime: seconds(2 * round) }), seconds(5000 + round)).decisions,
      ...judge.tick(seconds(5000 + round)),
    ]).flat();
    const end = Array.from({ length: 100 }, (_, second) => judge.tick(seconds(5008 + second))).flat();
    expect(kinds([...told, ...end])).toEqual(["raise", "grow", "end"]);
    expect(end[0]).toMatchObject({ kind: "grow", count: 8 });
  });

  test("fire elsewhere, or later, is another alert", () => {
    const judge = createJudge(testMission());
    const first = judge.event(testEvent(), seconds(0)).decisions;
    const elsewhere = judge.event(testEvent({ id: "e2", lon: 10.4 }), seconds(1)).decisions;
    const later = judge.event(testEvent({ id: "e3", originTime: seconds(130) }), seconds(130)).decisions;
    expect(kinds([...first, ...elsewhere, ...later])).toEqual(["raise", "raise", "raise"]);
  });

  test("an event that is taken back takes its alert with it only if it stood alone", () => {
    const alone = createJudge(testMission());
    alone.event(testEvent(), seconds(0));
    expect(kinds(alone.event(testEvent({ status: "withdrawn" }), seconds(3)).decisions)).toEqual(["end"]);
    const two = createJudge(testMission());
    two.event(testEvent(), seconds(0));
    two.event(testEvent({ id: "e2", originTime: seconds(1) }), seconds(1));
    expect(two.event(testEvent({ status: "merged", mergedInto: "e2" }), seconds(3)).decisions).toEqual([]);
    expect(two.tick(seconds(20))).toMatchObject([{ kind: "grow", count: 1, members: ["e2"] }]);
  });

  test("with a hold, an automatic event is believed only when it has lasted or is settled", () => {
    const patient = RULES.map((rule) => (rule.id === "fire" ? { ...rule, holdSeconds: 5 } : rule));
    const judge = createJudge(testMission({ rules: patient }));
    expect(judge.event(testEvent(), seconds(0)).decisions).toEqual([]);
    expect(judge.tick(seconds(4))).toEqual([]);
    expect(kinds(judge.tick(seconds(5)))).toEqual(["raise"]);
    expect(kinds(judge.event(testEvent({ id: "e2", lon: 10.4, status: "settled" }), seconds(6)).decisions)).toEqual([
      "raise",
    ]);
    judge.event(testEvent({ id: "e3", lon: 10.1 }), seconds(7));
    judge.event(testEvent({ id: "e3", lon: 10.1, status: "withdrawn" }), seconds(8));
    expect(judge.tick(seconds(13))).toEqual([]);
  });

  test("the version in force at the time of the event is the one that counts", () => {
    const east: typeof CEASEFIRE = { ...CEASEFIRE, validUntil: seconds(100) };
    const moved: typeof CEASEFIRE = {
      ...CEASEFIRE,
      version: 2,
      validFrom: seconds(100),
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [11, 0],
            [11.5, 0],
            [11.5, 0.5],
            [11, 0.5],
            [11, 0],
          ],
        ],
      },
    };
    const judge = createJudge(testMission({}, [east, moved]));
    expect(judge.event(testEvent({ originTime: seconds(99) }), seconds(101)).decisions).toMatchObject([
      { zoneVersion: 1 },
    ]);
    expect(judge.event(testEvent({ id: "e2", originTime: seconds(100) }), seconds(101)).decisions).toEqual([]);
    const inside = testEvent({ id: "e3", lon: 11.2, originTime: seconds(100) });
    expect(judge.event(inside, seconds(101)).decisions).toMatchObject([{ zoneVersion: 2 }]);
  });

  test("a judge restored from a mark goes on the same", () => {
    const judge = createJudge(testMission());
    for (let second = 0; second < 15; second++) {
      judge.event(testEvent({ id: `e${second}`, originTime: seconds(second) }), seconds(second));
    }
    const again = createJudge(testMission());
    again.restore(JSON.parse(JSON.stringify(judge.snapshot())));
    for (let second = 15; second < 300; second++)
      expect(again.tick(seconds(second))).toEqual(judge.tick(seconds(second)));
    expect(again.snapshot()).toEqual(judge.snapshot());
  });
});
