import type { IncidentRow } from "@openjmc/model";
import { expect, it } from "vitest";
import { incidentsNear } from "./repeat-places.ts";

const row = (id: string, occurredAt: number, lon?: number, lat?: number): IncidentRow =>
  ({ id, occurredAt, ...(lon === undefined ? {} : { lon, lat }) }) as IncidentRow;

it("finds earlier incidents at the same place, the latest first", () => {
  const own = row("own", 100, 46.5, 39.5);
  const rows = [
    own,
    row("first", 10, 46.51, 39.5),
    row("far", 20, 46.6, 39.5),
    row("second", 50, 46.5, 39.51),
    row("later", 200, 46.5, 39.5),
    row("nowhere", 60),
  ];
  expect(incidentsNear(own, rows).map(({ id }) => id)).toEqual(["second", "first"]);
  expect(incidentsNear(row("placeless", 100), rows)).toEqual([]);
});
