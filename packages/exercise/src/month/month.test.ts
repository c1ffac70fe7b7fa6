import { FaultError } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { TEST_START as STARTS_AT, testMission } from "../testing/test-mission.ts";
import { createMonth } from "./index.ts";

const month = (seed: string, suspicions = 200) =>
  createMonth({ mission: testMission(), startsAt: STARTS_AT }, { days: 30, suspicions, seed });

describe("a month of suspicions", () => {
  it("has of each kind exactly what was asked for, in order of time", () => {
    const { suspicions } = month("a").month;
    const count = (is: (one: (typeof suspicions)[number]) => unknown) => suspicions.filter(is).length;
    expect(suspicions).toHaveLength(200);
    expect(count(({ truth }) => truth === "true")).toBe(120);
    expect(count(({ truth }) => truth === "false")).toBe(50);
    expect(count(({ truth }) => truth === "undecidable")).toBe(30);
    expect(count(({ casualties }) => casualties)).toBe(20);
    expect(count(({ truth, outage }) => truth === "true" && outage.length > 0)).toBe(10);
    expect(count(({ wrongClock }) => wrongClock && Math.abs(wrongClock.seconds) >= 30)).toBe(5);
    expect([...suspicions].sort((a, b) => a.at - b.at)).toEqual(suspicions);
  });

  it("lets something go off exactly where something is true, and claims the rest", () => {
    for (const { truth, fire, claim, detectionProbability } of month("b", 40).month.suspicions) {
      expect(fire !== undefined).toBe(truth === "true");
      if (truth !== "true") expect([claim !== undefined, detectionProbability]).toEqual([true, 0]);
    }
  });

  it("is the same for the same seed, and another for another", () => {
    expect(month("c", 20).month).toEqual(month("c", 20).month);
    expect(month("c", 20).month).not.toEqual(month("d", 20).month);
  });

  it("sends nothing from a station that is out, and something from every other again and again", () => {
    const { month: plan, play } = createMonth(
      { mission: testMission(), startsAt: STARTS_AT },
      { days: 2, suspicions: 10, seed: "e" },
    );
    const { station, fromSeconds, untilSeconds } = plan.outages.find(({ station: id }) =>
      plan.suspicions.some(({ truth, outage }) => truth === "true" && outage.includes(id)),
    )!;
    const outThen = plan.outages.filter((one) => one.fromSeconds < untilSeconds && one.untilSeconds > fromSeconds);
    const [from, until] = [fromSeconds, untilSeconds].map((seconds) => STARTS_AT + Math.round(seconds * 1e6));
    const heard = new Map<string, number>();
    for (const item of play(until!))
      if (item.kind === "bytes" && item.at > from! + 5e6) heard.set(item.source, (heard.get(item.source) ?? 0) + 1);
    expect(heard.get(station)).toBeUndefined();
    const awake = testMission().sources.filter(
      ({ id, format }) => format === "arrivals" && !outThen.some((one) => one.station === id),
    );
    expect(awake.length).toBeGreaterThan(1);
    for (const { id } of awake) expect(heard.get(id)).toBeGreaterThan((untilSeconds - fromSeconds) / 50);
  });

  it("needs stations that listen", () => {
    const deaf = { ...testMission(), sources: [] };
    expect(() => createMonth({ mission: deaf, startsAt: STARTS_AT }, { days: 1, suspicions: 5, seed: "1" })).toThrow(
      FaultError,
    );
  });
});
