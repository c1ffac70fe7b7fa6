import type { EventChange } from "@openjmc/fusion";
import { expect, it } from "vitest";
import { EventViews } from "./event-views.ts";

const AT = 1_772_344_800_000_000;

function changeOf(version: number, status: EventChange["status"], more: Partial<EventChange> = {}): EventChange {
  return {
    ...{ key: 7, version, status, originTime: AT, originTimeErrorSeconds: 0.1, lon: 30, lat: 40 },
    ...{ covariance: [100, 0, 100], ellipse95: { semiMajorMetres: 25, semiMinorMetres: 25, azimuth: 0 } },
    ...{ arrivals: [], misfits: [], silentStations: [], logOdds: 40, classification: [], what: "mortar" },
    burst: { key: 7, rounds: 1, spanSeconds: 0 },
    ...more,
  };
}

it("an event was first told when it was, also after its last revision", () => {
  const views = new EventViews((name) => name);
  const told = [
    [changeOf(1, "live"), 10],
    [changeOf(2, "settled"), 160],
    [changeOf(3, "settled"), 910],
  ] as const;
  const rows = told.flatMap(([change, second]) => views.rowsOf([change], AT + second * 1e6));
  expect(rows.map((row) => row.firstSolvedAt)).toEqual([AT + 10e6, AT + 10e6, AT + 10e6]);
});

it("the other end of a flight is told only of an event that is shown", () => {
  const views = new EventViews((name) => name);
  const flight = { role: "landed", other: 3, seconds: 30, metres: 4000, probability: 0.8 } as const;
  expect(views.rowsOf([changeOf(1, "settled", { flight })], AT)[0]!.flight).toBeUndefined();
  views.rowsOf([changeOf(1, "live", { key: 3 })], AT);
  expect(views.rowsOf([changeOf(2, "settled", { flight })], AT)[0]!.flight).toMatchObject({ event: "event|3" });
});
