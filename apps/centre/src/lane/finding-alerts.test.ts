import type { AlertDecision } from "@openjmc/agreement";
import type { TrackFinding } from "@openjmc/fusion";
import { MICROSECONDS_PER_SECOND, type TrackRow } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { FindingAlerts } from "./finding-alerts.ts";

const SECOND = MICROSECONDS_PER_SECOND;
const row = (id: string, suspicions: readonly string[] = []): TrackRow => ({
  ...{ id, at: 0, firstAt: 0, status: "confirmed", lon: 1, lat: 2, velocityEast: 0, velocityNorth: 0, velocityUp: 0 },
  ...{ ellipse: { semiMajorMetres: 1, semiMinorMetres: 1, azimuth: 0 }, existence: 1, sources: [], zones: [] },
  ...{ icao: "ABCDEF", callsign: "NAME", altitudeMetres: 1234.5, suspicions },
});
const miss: TrackFinding = {
  ...{ kind: "contradicts-radar", at: 5, tracks: [1], source: "radar", frames: [10, 20] },
  evidence: { looksWithoutPlot: 6, detectionProbability: 0.92, chance: 2.6e-7 },
};

function setUp(hasInterferenceRule = true) {
  const rows = new Map<string, TrackRow>();
  const alerts = new FindingAlerts(
    { idOf: (key) => `t${key}`, rowOf: (id) => rows.get(id), sourceOf: () => undefined },
    hasInterferenceRule,
  );
  return { rows, alerts };
}

const kinds = (decisions: readonly AlertDecision[]): string[] => decisions.map(({ kind }) => kind);

describe("alerts of what the tracker finds", () => {
  it("carry the evidence in whole numbers, with frames and the radar", () => {
    const { rows, alerts } = setUp();
    rows.set("t1", row("t1", ["contradicts-radar"]));
    expect(alerts.take(miss, 7)).toEqual([
      {
        ...{ kind: "raise", key: "contradicts-radar|t1|5", rule: "contradicts-radar", severity: "warning" },
        ...{ subject: { kind: "track", id: "t1" }, occurredAt: 5, at: 7, lon: 1, lat: 2, altitudeMetres: 1235 },
        probability: 1 - 2.6e-7,
        outline: {
          ...{ icao: "ABCDEF", callsign: "NAME", looksWithoutPlot: 6, detectionPerMille: 920, chanceOneIn: 3846154 },
          ...{ sources: "radar", frames: "10 20" },
        },
      },
    ]);
  });

  it("are one for a spell: it grows by tracks, stands while the tracker suspects, and ends when no sign is left", () => {
    const { rows, alerts } = setUp();
    rows.set("t1", row("t1", ["identity-clone"]));
    rows.set("t2", row("t2", ["identity-clone"]));
    const clone: TrackFinding = {
      ...{ kind: "identity-clone", at: 0, tracks: [1, 2], source: "r", frames: [] },
      evidence: { distanceMetres: 9000, seconds: 1, speed: 9000 },
    };
    expect(kinds(alerts.take(clone, 0))).toEqual(["raise", "grow"]);
    expect(alerts.take(clone, SECOND)).toEqual([]);
    for (const next of [3, 4]) expect(alerts.take({ ...clone, tracks: [2, next] }, SECOND)).toEqual([]);
    expect(alerts.tick(12 * SECOND)).toMatchObject([{ kind: "grow", members: ["t3", "t4"], count: 4 }]);
    expect(alerts.tick(1000 * SECOND)).toEqual([]);
    rows.clear();
    expect(alerts.tick(1100 * SECOND)).toEqual([]);
    expect(alerts.tick(1200 * SECOND)).toMatchObject([{ kind: "end", endedAt: 1000 * SECOND }]);
    expect(kinds(alerts.take(clone, 1300 * SECOND))).toEqual(["raise", "grow"]);
  });

  it("are of the receiver where many aircraft at it lose accuracy, and of the mission's own rule where it is jammed", () => {
    const { alerts } = setUp();
    const drop: TrackFinding = {
      ...{ kind: "accuracy-drop", at: 0, tracks: [1], source: "r", frames: [1] },
      evidence: { category: 1, bestCategory: 9, deviationMetres: 7000.4 },
    };
    const first = alerts.take(drop, 0);
    expect(first).toMatchObject([{ kind: "raise", subject: { kind: "source", id: "r" } }, { kind: "grow" }]);
    expect(alerts.take({ ...drop, tracks: [2] }, 15 * SECOND)).toMatchObject([{ kind: "grow", members: ["t2"] }]);
    expect(alerts.tick(300 * SECOND)).toMatchObject([{ kind: "end", endedAt: 15 * SECOND }]);
    const jamming: TrackFinding = { ...drop, kind: "jamming-suspected", tracks: [], evidence: { aircraftPoor: 4 } };
    expect(alerts.take(jamming, 0)).toEqual([]);
    expect(setUp(false).alerts.take(jamming, 0)).toMatchObject([{ kind: "raise", rule: "jamming-suspected" }]);
  });

  it("count every aircraft of a receiver's spell, however many are invented, and name each once", () => {
    const { alerts } = setUp();
    const drop = (track: number): TrackFinding => ({
      ...{ kind: "accuracy-drop", at: 0, tracks: [track], source: "r", frames: [1] },
      evidence: { category: 1 },
    });
    const told = Array.from({ length: 5_000 }, (_, track) => alerts.take(drop(track), track * 10_000)).flat();
    told.push(...alerts.tick(400 * SECOND));
    expect(told.filter(({ kind }) => kind === "raise")).toHaveLength(1);
    const grown = told.filter((one) => one.kind === "grow");
    expect(grown.every(({ members }) => members.length <= 200)).toBe(true);
    expect(new Set(grown.flatMap(({ members }) => members)).size).toBe(5_000);
    expect(grown.at(-1)!.count).toBe(5_000);
  });
});
