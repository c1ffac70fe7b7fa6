import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventRow, TrackRow } from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pathsOf } from "../folder/layout.ts";
import { foundCentre } from "../founding/found-centre.ts";
import { openPicture } from "../picture/index.ts";
import { readObserved } from "./read-observed.ts";

const missions = join(import.meta.dirname, "../../../../missions");
const missionFolder = join(
  missions,
  readdirSync(missions).find((name) => existsSync(join(missions, name, "exercise")))!,
);
const START = 1_700_000_000_000_000;
let parent: string;
let data: string;

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), "observed-"));
  data = join(parent, "data");
  const signer = (code: string) => ({ folder: join(parent, `signer-${code}`), passphrase: "exercise" });
  await foundCentre({
    folder: data,
    missionFolder,
    exercise: true,
    origin: "exercise.test",
    now: START,
    seed: "1",
    signers: { A: signer("A"), B: signer("B") },
    keyMemoryKiB: 64,
  });
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

function track(id: string, seconds: number, status: TrackRow["status"]): TrackRow {
  return {
    id,
    at: START + seconds * 1e6,
    firstAt: START,
    status,
    lon: 10,
    lat: 45,
    altitudeMetres: 3000,
    velocityEast: 100,
    velocityNorth: 0,
    velocityUp: 0,
    ellipse: { semiMajorMetres: 10, semiMinorMetres: 10, azimuth: 0 },
    existence: 1,
    icao: "F10001",
    sources: ["r"],
    zones: [],
    suspicions: [],
  };
}

function event(id: string, version: number, status: EventRow["status"], lon: number): EventRow {
  return {
    id,
    version,
    originTime: START,
    originTimeErrorSeconds: 0.1,
    lon,
    lat: 45,
    ellipse: { semiMajorMetres: 10, semiMinorMetres: 10, azimuth: 0 },
    kind: "explosion",
    count: 1,
    countUnit: "explosion",
    classes: [{ what: "mortar", probability: 0.9 }],
    arrivals: [{ station: "s-1", at: START + 9e6, residualSeconds: 0.01, used: true }],
    stations: [],
    burst: { event: id, rounds: 1 },
    status,
    zones: [],
    firstSolvedAt: START,
  };
}

describe("what a centre observed, read from its folder", () => {
  it("is confirmed tracks with their points, the last version of standing events, and the alerts of the record", async () => {
    const picture = await openPicture({ directory: pathsOf(data).picture });
    const lines = [
      { t: "track", row: track("t-1", 1, "tentative") },
      { t: "track", row: track("t-1", 2, "confirmed") },
      { t: "track", row: track("t-1", 3, "confirmed") },
      { t: "track", row: track("t-1", 4, "coasted") },
      { t: "track", row: track("t-2", 4, "tentative") },
      { t: "event", row: event("e-1", 1, "automatic", 10) },
      { t: "event", row: event("e-1", 2, "settled", 10.5) },
      { t: "event", row: event("e-2", 1, "automatic", 11) },
      { t: "event", row: event("e-2", 2, "withdrawn", 11) },
    ];
    lines.forEach((line, index) => void picture.append(START + index * 1e6, index + 1, line));
    await picture.close();
    const observed = await readObserved(data);
    expect(observed.tracks).toEqual([
      {
        id: "t-1",
        icao: "F10001",
        points: [2, 3].map((seconds) => ({ at: START + seconds * 1e6, lon: 10, lat: 45, altitudeMetres: 3000 })),
      },
    ]);
    const arrivals = [{ station: "s-1", at: START + 9e6 }];
    const told = { toldAt: START, what: "mortar" };
    expect(observed.events).toEqual([
      { id: "e-1", originTime: START, lon: 10.5, lat: 45, count: 1, arrivals, ...told },
    ]);
    expect(observed.alerts).toEqual([]);
  });
});
