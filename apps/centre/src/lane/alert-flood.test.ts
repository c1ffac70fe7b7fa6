import type { AlertDecision, RaiseDecision } from "@openjmc/agreement";
import { MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { AlertFlood } from "./alert-flood.ts";

const SECOND = MICROSECONDS_PER_SECOND;
const raise = (track: string, second: number, more: Partial<RaiseDecision> = {}): RaiseDecision => ({
  ...{ kind: "raise", key: `jump|${track}`, rule: "jump", severity: "caution", subject: { kind: "track", id: track } },
  ...{ occurredAt: second * SECOND, at: second * SECOND, probability: 0.9, outline: {}, ...more },
});

/** As many alerts as asked, a second apart, told and ticked. */
function flood(alerts: AlertFlood, count: number, source: string | undefined, from = 0): AlertDecision[] {
  return Array.from({ length: count }, (_, index) => [
    ...alerts.raise(raise(`t${from + index}`, from + index), source),
    ...alerts.tick((from + index) * SECOND),
  ]).flat();
}

describe("alerts of one rule from one source", () => {
  it("stand alone as long as a person can follow them; the rest are one alert that counts and names them all", () => {
    const alerts = new AlertFlood();
    const told = flood(alerts, 500, "rx-1");
    const raised = told.filter((one) => one.kind === "raise");
    expect(raised.map(({ subject }) => subject.id)).toEqual([
      ...Array.from({ length: 10 }, (_, index) => `t${index}`),
      "rx-1",
    ]);
    expect(raised.at(-1)).toMatchObject({ grouped: "source", subject: { kind: "source" }, rule: "jump" });
    const end = alerts.tick(2_000 * SECOND);
    expect(end.map(({ kind }) => kind)).toEqual(["grow", "end"]);
    const grown = [...told, ...end].filter((one) => one.kind === "grow");
    expect(grown.length).toBeLessThan(60);
    expect(grown.at(-1)!.count).toBe(490);
    expect(grown.flatMap(({ members }) => members)).toEqual(
      Array.from({ length: 490 }, (_, index) => `t${index + 10}`),
    );
    expect(grown.every(({ key }) => key === raised.at(-1)!.key)).toBe(true);
  });

  it("of another source, rule or zone stand beside a flood, and so does fire, which belongs to none", () => {
    const alerts = new AlertFlood();
    flood(alerts, 100, "rx-1");
    expect(alerts.raise(raise("a", 100), "rx-2")).toMatchObject([{ subject: { id: "a" } }]);
    expect(alerts.raise(raise("b", 100, { rule: "clone" }), "rx-1")).toMatchObject([{ subject: { id: "b" } }]);
    expect(alerts.raise(raise("c", 100, { zone: "z" }), "rx-1")).toMatchObject([{ subject: { id: "c" } }]);
    expect(flood(alerts, 100, undefined, 200).filter(({ kind }) => kind === "raise")).toHaveLength(100);
  });

  it("tell what comes of them where they stand; what was told in a group's name ends with it", () => {
    const alerts = new AlertFlood();
    flood(alerts, 12, "rx-1");
    const at = 12 * SECOND;
    const grow = (track: string) =>
      alerts.follow({ kind: "grow", key: `jump|${track}`, at, count: 2, until: at, members: ["other"] });
    const end = (track: string) => alerts.follow({ kind: "end", key: `jump|${track}`, at, endedAt: at });
    expect([grow("t0").length, end("t0").length, end("t0").length]).toEqual([1, 1, 0]);
    expect([grow("t11").length, end("t11").length]).toEqual([0, 0]);
    expect(alerts.tick(30 * SECOND)).toMatchObject([{ kind: "grow", count: 2, members: ["t10", "t11", "other"] }]);
  });

  it("stand alone again when a flood has been over for long enough", () => {
    const alerts = new AlertFlood();
    flood(alerts, 50, "rx-1");
    expect(alerts.tick(700 * SECOND).map(({ kind }) => kind)).toEqual(["grow", "end"]);
    expect(alerts.raise(raise("late", 701), "rx-1")).toMatchObject([{ subject: { id: "late" } }]);
  });
});
