import { formatInstant } from "@openjmc/model";
import { expect, it } from "vitest";
import type { LaneDecision, LaneOutput } from "../lane/lane-output.ts";
import { actsOf } from "./machine-acts.ts";

const AT = 1_614_556_800_000_000;
const NOTHING: LaneOutput = {
  ...{ tracks: [], events: [], cues: [], weather: [], stills: [], sources: [], coverage: [] },
  ...{ decisions: [], settled: [], taps: [] },
};

const raise = (key: string, occurredAt: number): LaneDecision => ({
  alert: key,
  decision: {
    ...{ kind: "raise", key, rule: "rule", severity: "warning", subject: { kind: "track", id: "track" } },
    ...{ occurredAt, at: AT, probability: 0.9, outline: {} },
  },
});

it.each([8.64e18 + 1, Number.MAX_VALUE, -Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY])(
  "an alert is raised whatever time a sensor's clock brings along (%f), and those beside it too",
  (occurredAt) => {
    const end: LaneDecision = { alert: "ended", decision: { kind: "end", key: "ended", at: AT, endedAt: occurredAt } };
    const grow: LaneDecision = {
      alert: "grown",
      decision: { kind: "grow", key: "grown", at: AT, count: 2, until: occurredAt, members: ["x"] },
    };
    const acts = actsOf({ ...NOTHING, decisions: [raise("one", occurredAt), end, grow, raise("two", AT + 7)] });
    const times = acts.map(({ body }) => timeIn(body, "occurredAt", "endedAt", "until"));
    const decided = formatInstant(AT);
    expect(times).toEqual([decided, decided, decided, formatInstant(AT + 7)]);
  },
);

it("an event without a time that can be written is no entry, and takes none beside it along", () => {
  const row = (originTime: number) => ({
    ...{ id: `event-${originTime}`, version: 1, originTime, lon: 46, lat: 40, kind: "explosion", count: 1 },
    ...{ countUnit: "events", stations: [], ellipse: { semiMajorMetres: 9, semiMinorMetres: 5, azimuth: 0 } },
  });
  const settled = [row(Number.NaN), row(1e300), row(AT + 0.25)] as unknown as LaneOutput["settled"];
  expect(actsOf({ ...NOTHING, settled }).map(({ body }) => timeIn(body, "originTime"))).toEqual([formatInstant(AT)]);
});

const timeIn = (body: object, ...names: readonly string[]): unknown =>
  names.map((name) => (body as { readonly [field: string]: unknown })[name]).find((time) => time !== undefined);
