import type { CoverageRow, SourceRow } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { airCells, eyesAt } from "./air-cells.ts";

const radar = (more: Partial<SourceRow> = {}) =>
  ({
    ...{ id: "r", format: "asterix", means: "radar", link: { kind: "udp" }, state: "live", lon: 10, lat: 0 },
    ...{ heightMetres: 20, heightReference: "ground", rangeMetres: 60_000 },
    ...more,
  }) as SourceRow;
const span = (watching: boolean, from: number, until: number) =>
  ({ source: "r", watching, from, until }) as CoverageRow;
const BOX = [9, -1, 11, 1] as const;
const LOW = { altitudeMetres: 100, target: "silent" } as const;

describe("the watch of the air on the map", () => {
  it("covers the ground that the sensors see, and less of it the lower one flies", () => {
    const eyes = eyesAt([radar()], [], undefined);
    const [low, high] = [airCells(eyes, BOX, LOW), airCells(eyes, BOX, { ...LOW, altitudeMetres: 3000 })];
    expect(low.features.length).toBeGreaterThan(100);
    expect(high.features.length).toBeGreaterThan(low.features.length);
    expect(low.features.every(({ properties }) => properties!.probability > 0.5 && properties!.probability <= 1)).toBe(
      true,
    );
  });

  it("is nothing where nobody watches: now by state, earlier by the spans of that time", () => {
    expect(airCells(eyesAt([radar({ state: "down" })], [], undefined), BOX, LOW).features).toEqual([]);
    const coverage = [span(true, 0, 100), span(false, 100, 200)];
    const down = [radar({ state: "down" })];
    expect(eyesAt(down, coverage, 50)).toHaveLength(1);
    expect(eyesAt(down, coverage, 150)).toHaveLength(0);
  });

  it("does not see what is silent with receivers alone", () => {
    const receiver = eyesAt([radar({ format: "beast", means: "ads-b" })], [], undefined);
    expect(airCells(receiver, BOX, LOW).features).toEqual([]);
    expect(airCells(receiver, BOX, { ...LOW, target: "broadcasting" }).features.length).toBeGreaterThan(100);
  });
});
