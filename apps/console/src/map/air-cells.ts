/** How well the air is watched, as cells over the map's box: each with the probability that a target there is followed. */
import { seenProbability } from "@openjmc/geo";
import { type AirEye, airEyesOf, type CoverageRow, type Instant, type Skyline, type SourceRow } from "@openjmc/model";
import type { Feature, FeatureCollection } from "geojson";
import type { AirSetting, ViewBox } from "../url/view-state.ts";

const COLUMNS = 48;
const ROWS = 36;
/** Below this a cell is as good as clear ground, and is left out. */
const LEAST = 0.02;

/** Sensors of the air that watch at a time: now by their state, earlier by the spans in which they did. */
export function eyesAt(
  sources: readonly SourceRow[],
  coverage: readonly CoverageRow[],
  at: Instant | undefined,
  skylines: ReadonlyMap<string, Skyline> = new Map(),
): readonly AirEye[] {
  const isWatching = (source: SourceRow): boolean =>
    at === undefined
      ? source.state === "live" || source.state === "stale"
      : coverage.some((row) => row.source === source.id && row.watching && row.from <= at && at < row.until);
  return airEyesOf(sources.filter(isWatching), skylines);
}

export function airCells(eyes: readonly AirEye[], box: ViewBox, air: AirSetting): FeatureCollection {
  const [west, south, east, north] = box;
  const [width, height] = [(east - west) / COLUMNS, (north - south) / ROWS];
  const features: Feature[] = [];
  for (let column = 0; column < COLUMNS; column++) {
    for (let row = 0; row < ROWS; row++) {
      const [left, bottom] = [west + column * width, south + row * height];
      const middle = { lon: left + width / 2, lat: bottom + height / 2 };
      const probability = seenProbability(eyes, middle, air.altitudeMetres, air.target);
      if (probability >= LEAST) features.push(cell(left, bottom, left + width, bottom + height, probability));
    }
  }
  return { type: "FeatureCollection", features };
}

function cell(left: number, bottom: number, right: number, top: number, probability: number): Feature {
  const ring = [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
    [left, bottom],
  ];
  return { type: "Feature", geometry: { type: "Polygon", coordinates: [ring] }, properties: { probability } };
}
