/** Every mission folder that the project ships: it loads, its sketches fit, and its exercise raises what it should. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AlertDecision, type ChecksFile, createJudge, type JudgedTrack, type Mission } from "@openjmc/agreement";
import { type Area, distanceBetween, prepareArea } from "@openjmc/geo";
import type { EventRow, Geometry, NotifiedFlight, ZoneVersion } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readMission } from "../apps/centre/src/mission/read.ts";

const root = join(import.meta.dirname, "..");
const shared = process.env.OPENJMC_SHARED ?? join(root, "../shared");
const folders = readdirSync(join(root, "missions"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(entry.parentPath, entry.name, "mission.yaml")))
  .map((entry) => join(entry.parentPath, entry.name));
const exercises = folders.filter((folder) => existsSync(join(folder, "exercise")));

function load(folder: string, exercise: boolean): Mission {
  const result = readMission(folder, { exercise });
  if (!result.ok) throw new Error(JSON.stringify(result.faults, undefined, 1));
  return result.value;
}

describe.each(folders)("mission %s", (folder) => {
  it("loads without fault, and knows nothing fictional without its overlay", () => {
    const { view } = load(folder, false);
    expect(view.zones.some((zone) => zone.fictional)).toBe(false);
    expect(view.flights.some((flight) => flight.fictional)).toBe(false);
  });

  it("draws its areas with a dozen vertices or more", () => {
    for (const zone of load(folder, false).view.zones) {
      if (zone.geometry.type !== "Polygon") continue;
      expect(zone.geometry.coordinates[0]!.length, zone.zone).toBeGreaterThan(12);
    }
  });
});

const overlaps = folders.flatMap((folder) => {
  const file = join(folder, "checks.yaml");
  const checks = existsSync(file) ? (parse(readFileSync(file, "utf8")) as ChecksFile) : undefined;
  return (checks?.overlaps ?? []).map((check) => ({ folder, ...check }));
});

describe.skipIf(!existsSync(join(shared, "data/geo")))("sketches against outlines (needs ../shared/data/geo)", () => {
  it.each(overlaps)("$zone covers $name", ({ folder, zone, version, file, feature, name, sharedAtLeast }) => {
    const sketch = load(folder, false).view.zones.find((one) => one.zone === zone && one.version === version)!;
    const outline = readFeature(join(shared, "data", file), feature, name);
    expect(sharedArea(prepareArea(sketch.geometry), prepareArea(outline))).toBeGreaterThanOrEqual(sharedAtLeast);
  });
});

function readFeature(file: string, id: string, name: string): Geometry {
  const { features } = JSON.parse(readFileSync(file, "utf8")) as {
    features: { id: string; properties: { name: string }; geometry: Geometry }[];
  };
  return features.find((feature) => feature.id === id && feature.properties.name === name)!.geometry;
}

/** Common over united area, counted on a fine grid. */
function sharedArea(first: Area, second: Area): number {
  const [west, south] = [Math.min(first.box[0], second.box[0]), Math.min(first.box[1], second.box[1])];
  const [east, north] = [Math.max(first.box[2], second.box[2]), Math.max(first.box[3], second.box[3])];
  let both = 0;
  let any = 0;
  for (let column = 0; column < 200; column++) {
    for (let row = 0; row < 200; row++) {
      const lon = west + ((east - west) * (column + 0.5)) / 200;
      const lat = south + ((north - south) * (row + 0.5)) / 200;
      const [inFirst, inSecond] = [first.contains(lon, lat), second.contains(lon, lat)];
      if (inFirst && inSecond) both++;
      if (inFirst || inSecond) any++;
    }
  }
  return both / any;
}

describe.each(exercises)("exercise of %s", (folder) => {
  const mission = load(folder, true);
  const { view } = mission;
  const start = view.exerciseSetting!.startsAt;
  const noFly = mission.judgedZones.find((zone) => zone.kind === "no-fly")!;
  const ceasefire = mission.judgedZones.find((zone) => zone.kind === "ceasefire-area")!;

  it("judges fictional zones only and carries its watermark", () => {
    expect(mission.judgedZones.every((zone) => zone.fictional)).toBe(true);
    expect(view.flights.every((flight) => flight.fictional)).toBe(true);
    expect(view.exerciseSetting!.watermark).not.toBe("");
  });

  it("has receivers of both wires and ends, and ten acoustic stations over both links, three to eight kilometres apart", () => {
    const kinds = view.sources.map((source) => `${source.format} ${source.link.kind}`);
    for (const kind of [
      "beast tcp-client",
      "beast tcp-listener",
      "sbs tcp-client",
      "arrivals mqtt",
      "arrivals tcp-listener",
      "asterix udp",
      "remote-id tcp-listener",
    ]) {
      expect(kinds).toContain(kind);
    }
    const stations = view.sources.filter((source) => source.format === "arrivals");
    expect(stations.length).toBeGreaterThanOrEqual(10);
    for (const station of stations) {
      const nearest = Math.min(
        ...stations.filter((other) => other !== station).map((other) => distanceBetween(station, other)),
      );
      expect(nearest, station.id).toBeGreaterThan(3000);
      expect(nearest, station.id).toBeLessThan(8000);
    }
  });

  it("raises one alert for a flight through its no-fly zone, naming rule and provision, and none for the notified one", () => {
    const flight = view.flights.find((one) => one.zones.includes(noFly.zone) && one.from - start < 1_800_000_000)!;
    const judge = createJudge(mission);
    const stranger = fly(judge, noFly, flight.from, { icao: "F07FFF", callsign: "STRANGER" });
    expect(stranger).toMatchObject([
      { kind: "raise", zone: noFly.zone, rule: expect.any(String), provision: expect.any(String) },
    ]);
    expect(view.provisions.map((provision) => provision.id)).toContain(
      (stranger[0] as { provision: string }).provision,
    );
    expect(fly(judge, noFly, flight.from, identityOf(flight))).toEqual([]);
    expect(fly(judge, noFly, flight.from, { icao: "F07FFE", altitudeMetres: 10_600 })).toEqual([]);
  });

  it("raises one alert for a burst inside its ceasefire area", () => {
    const judge = createJudge(mission);
    const shots = Array.from({ length: 6 }, (_, round) => shotIn(ceasefire, start + round * 1_000_000, `e${round}`));
    const decisions = shots.flatMap((shot) => judge.event({ ...shot, status: "settled" }, shot.originTime).decisions);
    expect(decisions.filter((decision) => decision.kind === "raise")).toMatchObject([{ zone: ceasefire.zone }]);
  });
});

function identityOf({ icao, callsign }: NotifiedFlight): Partial<JudgedTrack> {
  return { ...(icao ? { icao } : {}), ...(callsign ? { callsign } : {}) };
}

function middleOf(zone: ZoneVersion): { lon: number; lat: number } {
  const [west, south, east, north] = prepareArea(zone.geometry).box;
  return { lon: (west + east) / 2, lat: (south + north) / 2 };
}

/** West to east through the middle of a zone in five minutes, 1,000 m high. */
function fly(judge: ReturnType<typeof createJudge>, zone: ZoneVersion, from: number, more: Partial<JudgedTrack>) {
  const [west, , east] = prepareArea(zone.geometry).box;
  const { lat } = middleOf(zone);
  const decisions: AlertDecision[] = [];
  for (let second = 0; second <= 300; second++) {
    const at = from + second * 1_000_000;
    const track: JudgedTrack = {
      id: `t-${more.icao}`,
      at,
      firstAt: from,
      status: "confirmed",
      lon: west - 0.05 + ((east - west) * second) / 300,
      lat,
      altitudeMetres: 1000,
      altitudeReference: "pressure",
      velocityEast: 60,
      velocityNorth: 0,
      velocityUp: 0,
      ellipse: { semiMajorMetres: 50, semiMinorMetres: 50, azimuth: 0 },
      existence: 1,
      sources: [],
      suspicions: [],
      positionCovariance: [400, 0, 400],
      ...more,
    };
    decisions.push(...judge.track(track, at).decisions, ...judge.tick(at));
  }
  return decisions;
}

function shotIn(zone: ZoneVersion, originTime: number, id: string): EventRow {
  return {
    id,
    version: 1,
    originTime,
    originTimeErrorSeconds: 0.02,
    ...middleOf(zone),
    ellipse: { semiMajorMetres: 30, semiMinorMetres: 20, azimuth: 0 },
    kind: "explosion",
    count: 1,
    countUnit: "explosion",
    classes: [],
    arrivals: [],
    stations: [],
    burst: { event: id, rounds: 1 },
    status: "automatic",
    zones: [],
    firstSolvedAt: originTime,
  };
}
