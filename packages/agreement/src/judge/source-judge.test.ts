import { describe, expect, test } from "vitest";
import { createJudge } from "./judge.ts";
import { seconds, testMission, testSource } from "./testing.ts";

/** States of one source, five seconds apart. */
function watch(states: readonly ("live" | "stale" | "down" | "jammed" | "never-heard")[], link = testSource().link) {
  const judge = createJudge(testMission());
  return states.flatMap((state, index) =>
    judge.source(testSource({ state, link, lastMessageAt: seconds(-90) }), seconds(index * 5)),
  );
}
const times = <T>(count: number, state: T): T[] => Array.from({ length: count }, () => state);

describe("sources", () => {
  test("one that stays down raises one alert, which ends when it has been well again", () => {
    const decisions = watch([
      ...times(3, "live" as const),
      ...times(30, "down" as const),
      ...times(10, "live" as const),
    ]);
    expect(decisions).toMatchObject([
      { kind: "raise", rule: "lost", subject: { kind: "source", id: "s1" }, at: seconds(45), occurredAt: seconds(-90) },
      { kind: "end", endedAt: seconds(165) },
    ]);
    expect(decisions[1]!.key).toBe(decisions[0]!.key);
  });

  test("a jammed one raises an interference alert of its own severity", () => {
    expect(watch(times(6, "jammed" as const))).toMatchObject([{ kind: "raise", rule: "jam", severity: "caution" }]);
  });

  test.each([
    [
      "that is briefly down",
      [...times(3, "down" as const), ...times(3, "live" as const), ...times(3, "down" as const)],
    ],
    ["that is stale", times(40, "stale" as const)],
    ["that was never heard", times(40, "never-heard" as const)],
  ])("nothing is raised for one %s", (_, states) => {
    expect(watch(states)).toEqual([]);
  });

  test.each([["not-tasked"], ["denial"]] as const)("one that has nothing to watch (%s) is not lost", (idle) => {
    const judge = createJudge(testMission());
    const silent = (second: number, more: object) =>
      judge.source(testSource({ state: "down", lastMessageAt: seconds(-90), ...more }), seconds(second));
    for (let second = 0; second < 200; second += 5) expect(silent(second, { idle })).toEqual([]);
    for (let second = 200; second < 225; second += 5) expect(silent(second, {})).toEqual([]);
    expect(silent(230, {})).toMatchObject([{ kind: "raise", rule: "lost" }]);
  });

  test("people are not sensors", () => {
    expect(watch(times(40, "down" as const), { kind: "people" })).toEqual([]);
  });
});
