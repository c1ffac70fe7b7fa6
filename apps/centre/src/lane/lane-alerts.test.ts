import { join } from "node:path";
import type { RaiseDecision } from "@openjmc/agreement";
import type { TrackFinding } from "@openjmc/fusion";
import { pointsInside } from "@openjmc/geo";
import {
  type HeightCircumstances,
  MICROSECONDS_PER_SECOND,
  type SourceDescription,
  type SourceState,
  UNPROVED_CONFIDENCE,
} from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { readMission } from "../mission/read.ts";
import { LaneAlerts } from "./lane-alerts.ts";
import { judgingOf } from "./lane-configuration.ts";
import { SourceHealth } from "./source-health.ts";

const START = 1_000_000 * MICROSECONDS_PER_SECOND;
const read = readMission(join(import.meta.dirname, "../../../../missions/karabakh-2020"), { exercise: true });
if (!read.ok) throw new Error(read.faults[0]!.code);
const mission = read.value;
const receiver = mission.view.sources.find(({ format }) => format === "beast")!;

function setUp(authentication: SourceDescription["authentication"], heights: HeightCircumstances = {}) {
  const source: SourceDescription = { ...receiver, authentication };
  const alerts = new LaneAlerts(judgingOf(mission), {
    idOf: (name) => name,
    trackIdOf: (key) => `track-${key}`,
    trackOf: () => undefined,
    sourceOf: (id) => (id === source.id ? source : undefined),
    pressureAt: () => heights,
  });
  return { source, alerts };
}

const raisedBy = (alerts: LaneAlerts): RaiseDecision[] =>
  alerts.take().flatMap(({ decision }) => (decision.kind === "raise" ? [decision] : []));

/** Tells the state of the source every second for ten minutes. */
function stay(state: SourceState, { source, alerts }: ReturnType<typeof setUp>): RaiseDecision[] {
  for (let second = 0; second < 600; second++) {
    const at = START + second * MICROSECONDS_PER_SECOND;
    alerts.sources([{ ...new SourceHealth(source).row(at), state }], at);
  }
  return raisedBy(alerts);
}

describe("an alert about a receiver", () => {
  it("that rests on what the receiver says is capped where that proves nothing", () => {
    const [unproved] = stay("jammed", setUp("address-only"));
    expect(unproved).toMatchObject({ probability: UNPROVED_CONFIDENCE, capped: "unauthenticated" });
    const [proved] = stay("jammed", setUp("signed"));
    expect(proved).toMatchObject({ probability: 1 });
    expect(proved).not.toHaveProperty("capped");
  });

  it("by what the tracker found at it is capped likewise", () => {
    const { source, alerts } = setUp("address-only");
    const drop: TrackFinding = {
      ...{ kind: "accuracy-drop", at: START, tracks: [1], source: source.id, frames: [1] },
      evidence: { category: 1, bestCategory: 9 },
    };
    alerts.found([drop], START);
    expect(raisedBy(alerts)).toMatchObject([{ probability: UNPROVED_CONFIDENCE, capped: "unauthenticated" }]);
  });

  it("that has fallen silent is what the centre sees for itself", () => {
    const [silent] = stay("down", setUp("address-only"));
    expect(silent).toMatchObject({ probability: 1 });
    expect(silent).not.toHaveProperty("capped");
  });
});

it("an aircraft at a zone's ceiling is as surely inside as the pressure of the hour says", () => {
  const zone = mission.judgedZones.find(({ kind, ceilingMetres }) => kind === "no-fly" && ceilingMetres !== undefined)!;
  const points = pointsInside(zone);
  const inside = (heights: HeightCircumstances): number => {
    const { source, alerts } = setUp("signed", heights);
    const track: Parameters<LaneAlerts["track"]>[0] = {
      ...{ id: "t", at: START, firstAt: START, status: "confirmed", ...points[points.length >> 1]!, existence: 1 },
      ...{ altitudeMetres: zone.ceilingMetres! + 50, altitudeReference: "pressure", velocityUp: 0, nis: 2 },
      ...{ velocityEast: 50, velocityNorth: 0, ellipse: { semiMajorMetres: 9, semiMinorMetres: 9, azimuth: 0 } },
      ...{ sources: [source.id], suspicions: [], positionCovariance: [9, 0, 9] },
    };
    const at = zone.validFrom + MICROSECONDS_PER_SECOND;
    return alerts.track({ ...track, at }, false, at).zones[0]?.probability ?? 0;
  };
  const [low, unknown, high] = [{ seaLevelHectopascals: 980 }, {}, { seaLevelHectopascals: 1040 }].map(inside);
  expect(low).toBeGreaterThan(0.95);
  expect(unknown).toBeGreaterThan(0.2);
  expect(unknown).toBeLessThan(0.5);
  expect(high).toBeLessThan(0.05);
});
