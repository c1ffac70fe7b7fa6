import { type Fault, formatInstant, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import { describe, expect, test } from "vitest";
import { loadMission } from "./load-mission.ts";
import { testMissionFiles } from "./testing.ts";

function load(change?: (files: Map<string, string>) => void, exercise = true) {
  const files = testMissionFiles();
  change?.(files);
  return loadMission(files, { exercise });
}

function good(exercise: boolean) {
  const result = load(undefined, exercise);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.value;
}

function faultsAfter(file: string, from: string | RegExp, to: string): readonly Fault[] {
  const result = load((files) => {
    const before = files.get(file)!;
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    files.set(file, after);
  });
  return result.ok ? [] : result.faults;
}

describe("a mission folder", () => {
  test("without its overlay knows nothing fictional", () => {
    const { view, judgedZones } = good(false);
    expect(view.exercise).toBe(false);
    expect(view.exerciseSetting).toBeUndefined();
    expect(view.zones.map((zone) => [zone.zone, zone.fictional])).toEqual([
      ["area", false],
      ["road", false],
    ]);
    expect(judgedZones).toHaveLength(2);
    expect(view.officers).toEqual([]);
    expect(view.release).toEqual({ gridMetres: 1000, delay: MICROSECONDS_PER_HOUR / 2 });
    expect(view.provisions).toEqual([
      { id: "text/1", instrument: "text", number: "1", names: { en: "No fire" }, says: "No fire." },
    ]);
  });

  test("with its overlay judges fictional zones only, and takes the overlay's rules, sources and flights", () => {
    const { view, judgedZones } = good(true);
    expect(judgedZones.map((zone) => zone.zone)).toEqual(["drill"]);
    expect(view.zones).toHaveLength(3);
    expect(view.rules.map((rule) => rule.id)).toEqual(["drill-fire"]);
    expect(view.sources.map((source) => source.id)).toEqual(["r1"]);
    expect(view.officers.map((officer) => officer.id)).toEqual(["A-1", "B-1"]);
    expect(view.names.en).toBe("Exercise");
  });

  test("times of an exercise count from its start, which may be another one", () => {
    const { view } = good(true);
    expect(view.flights.map((flight) => [flight.id, formatInstant(flight.from)])).toEqual([
      ["F1", "2030-06-01T00:05:00.000000Z"],
      ["F1-2", "2030-06-01T00:35:00.000000Z"],
      ["F1-3", "2030-06-01T01:05:00.000000Z"],
    ]);
    const later = loadMission(testMissionFiles(), { exercise: true, startsAt: 0 });
    expect(later.ok && later.value.view.flights[0]!.from).toBe(300_000_000);
    expect(later.ok && later.value.view.exerciseSetting!.startsAt).toBe(0);
  });

  test("without a rule no unit of count is converted; a rule is taken as it stands", () => {
    expect(good(true).view.countConversions).toBeUndefined();
    const rule =
      "{ id: C1, names: { en: One each }, from: round, to: explosion, each: 1, qualifier: about, basis: chosen }";
    const loaded = load((files) =>
      files.set("exercise/rules.yaml", `${files.get("exercise/rules.yaml")}countConversions:\n  - ${rule}\n`),
    );
    expect(loaded.ok && loaded.value.view.countConversions).toEqual([
      {
        id: "C1",
        names: { en: "One each" },
        from: "round",
        to: "explosion",
        each: 1,
        qualifier: "about",
        basis: "chosen",
      },
    ]);
    const twice = load((files) =>
      files.set(
        "rules.yaml",
        `${files.get("rules.yaml")}countConversions:\n  - ${rule}\n  - ${rule.replace("C1", "C2")}\n`,
      ),
    );
    expect(twice.ok ? [] : twice.faults).toMatchObject([
      { code: "mission.conversion-ambiguous", where: { field: "countConversions[1]" }, got: "round to explosion" },
    ]);
  });

  test("a centreline with a width becomes the corridor's polygon", () => {
    const road = good(false).view.zones[1]!;
    expect(road.geometry.type).toBe("Polygon");
    expect(road.precisionMetres).toBe(20);
  });

  test.each<[string, string, string | RegExp, string, Partial<Fault> & { line?: number; field?: string }]>([
    ["malformed YAML", "mission.yaml", "id: test", "id: [test", { code: "mission.yaml-malformed", line: 3 }],
    ["a repeated key", "mission.yaml", "id: test", "id: test\nid: again", { code: "mission.yaml-malformed", line: 3 }],
    [
      "a misspelt field",
      "rules.yaml",
      "severity:",
      "severityy:",
      { code: "mission.shape-wrong", line: 2, field: "rules[0].severityy" },
    ],
    ["a missing field", "mission.yaml", /lapseHours.*\n/, "", { code: "mission.shape-wrong", field: "lapseHours" }],
    [
      "a number as text",
      "mission.yaml",
      "lapseHours: 48",
      'lapseHours: "48"',
      { code: "mission.shape-wrong", line: 21, field: "lapseHours" },
    ],
    [
      "a word that is not in the list",
      "zones.yaml",
      "kind: ceasefire-area",
      "kind: peace-area",
      { code: "mission.shape-wrong", line: 3, field: "zones[0].kind" },
    ],
    [
      "an unreadable precision",
      "zones.yaml",
      "sketch ±2 km",
      "roughly 2 km",
      { code: "mission.shape-wrong", line: 11, field: "zones[0].versions[0].precision" },
    ],
    [
      "a day that the calendar lacks",
      "zones.yaml",
      "2030-01-01T00:00:00Z",
      "2030-02-30T00:00:00Z",
      { code: "instant.impossible", line: 8, field: "zones[0].versions[0].validFrom" },
    ],
    [
      "a span that ends before it begins",
      "zones.yaml",
      "2031-01-01",
      "2029-01-01",
      { code: "mission.span-empty", line: 9 },
    ],
    [
      "a missing geometry",
      "zones.yaml",
      "zones/area.geojson",
      "zones/areas.geojson",
      { code: "mission.file-missing", line: 7 },
    ],
    [
      "an open ring",
      "zones/area.geojson",
      "[10,1],[10,0]]",
      "[10,1]]",
      { code: "mission.ring-open", field: "coordinates[0]" },
    ],
    [
      "a ring that crosses itself",
      "zones/area.geojson",
      "[11,0],[11,1]",
      "[11,1],[11,0]",
      { code: "mission.ring-crosses" },
    ],
    [
      "a latitude beyond the pole",
      "zones/area.geojson",
      "[11,1]",
      "[11,91]",
      { code: "mission.shape-wrong", field: "coordinates[0][2][1]" },
    ],
    [
      "a width without a centreline",
      "zones/road.geojson",
      /.+/,
      '{ "type": "Point", "coordinates": [10, 0] }',
      { code: "mission.zone-not-a-line" },
    ],
    [
      "a rule for an unknown provision",
      "rules.yaml",
      "text/1",
      "text/9",
      { code: "mission.reference-unknown", line: 2, field: "rules[0].provision" },
    ],
    [
      "a component of an unknown state",
      "mission.yaml",
      "state: S2",
      "state: S9",
      { code: "mission.reference-unknown", field: "components[1].state" },
    ],
    [
      "a flight into an unknown zone",
      "exercise/flights.yaml",
      "[drill]",
      "[area51]",
      { code: "mission.reference-unknown", field: "flights[0].zones[0]" },
    ],
    [
      "an officer of a third component",
      "exercise/exercise.yaml",
      "component: B",
      "component: C",
      { code: "mission.reference-unknown", field: "officers[1].component" },
    ],
    [
      "a source of an unknown operator",
      "exercise/sources.yaml",
      "operator: joint",
      "operator: C",
      { code: "mission.reference-unknown", field: "sources[0].operator" },
    ],
    [
      "an exercise rule with a real rule's code",
      "exercise/rules.yaml",
      "drill-fire",
      "fire",
      { code: "mission.code-repeated" },
    ],
    [
      "an exercise zone with a real zone's code",
      "exercise/zones.yaml",
      "id: drill",
      "id: area",
      { code: "mission.code-repeated" },
    ],
    ["a place given twice", "exercise/gazetteer.yaml", "T2", "T1", { code: "mission.code-repeated", line: 2 }],
    [
      "a name missing in a complete language",
      "mission.yaml",
      "completeLanguages: [en]",
      "completeLanguages: [en, tr]",
      { code: "mission.name-missing" },
    ],
    [
      "a text given by language, but not in a complete one",
      "instruments/text.yaml",
      "says: No fire.",
      "says: { tr: Ateş yok. }",
      { code: "mission.name-missing", line: 12, field: "provisions[0].says" },
    ],
    [
      "a contact of nobody",
      "mission.yaml",
      "lapseHours: 48",
      "contacts: [{ id: C1, of: X, names: { en: Line }, line: hotline, languages: [en] }]\nlapseHours: 48",
      { code: "mission.reference-unknown", line: 21, field: "contacts[0].of" },
    ],
    ["an unknown time zone", "mission.yaml", "Etc/UTC", "Etc/Nowhere", { code: "mission.time-zone-unknown", line: 7 }],
    [
      "a third component",
      "mission.yaml",
      "parties:",
      '  - { code: C, state: S1, names: { en: C }, colour: "#112233", languages: [en] }\nparties:',
      { code: "mission.shape-wrong", field: "components" },
    ],
    [
      "a flight that ends before it begins",
      "exercise/flights.yaml",
      "+00:10:00",
      "+00:01:00",
      { code: "mission.span-empty", field: "flights[0].until" },
    ],
  ])("tells %s with its place", (_, file, from, to, expected) => {
    const faults = faultsAfter(file, from, to);
    const { line, field, ...rest } = expected;
    const where = { ...(line === undefined ? {} : { line }), ...(field === undefined ? {} : { field }) };
    expect(faults).toEqual(
      expect.arrayContaining([expect.objectContaining({ ...rest, where: expect.objectContaining(where) })]),
    );
    expect(faults.every((fault) => fault.where?.file !== undefined)).toBe(true);
  });

  test("tells every fault at once", () => {
    const result = load((files) => {
      files.set("rules.yaml", "rules: 5\n");
      files.delete("gazetteer.yaml");
      files.set("zonse.yaml", "zones: []\n");
    });
    const told = result.ok ? [] : result.faults.map((fault) => [fault.code, fault.where?.file]);
    expect(told).toEqual(
      expect.arrayContaining([
        ["mission.shape-wrong", "rules.yaml"],
        ["mission.file-missing", "gazetteer.yaml"],
        ["mission.file-unknown", "zonse.yaml"],
      ]),
    );
  });

  test("an alias bomb is refused, not unfolded", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
    for (const [one, before] of [..."bcdefghi"].map((one, index) => [one, "abcdefgh"[index]])) {
      bomb.push(`${one}: &${one} [${Array.from({ length: 9 }, () => `*${before}`).join(", ")}]`);
    }
    const result = load((files) => files.set("mission.yaml", bomb.join("\n")));
    expect(result.ok).toBe(false);
  });

  test("holds its places to its checks", () => {
    const check = (lies: string) => (files: Map<string, string>) =>
      void files.set("checks.yaml", `places:\n  - { place: T1, zone: area, version: 1, lies: ${lies} }\n`);
    expect(load(check("inside")).ok).toBe(true);
    const wrong = load(check("outside"));
    expect(wrong.ok ? [] : wrong.faults).toMatchObject([
      { code: "mission.place-misplaced", where: { file: "checks.yaml", line: 2 }, expected: "outside", got: "inside" },
    ]);
  });
});

describe("the shape of the land", () => {
  const GRID = "ncols 2\nnrows 2\nxllcenter 10\nyllcenter 0\ncellsize 1\n100 200\n300 400\n";
  const STATED = "terrain: { basis: measured from space }\nlapseHours: 48";

  function withGrid(grid: string | undefined, stated: boolean) {
    return load((files) => {
      if (grid !== undefined) files.set("terrain.asc", grid);
      if (stated) files.set("mission.yaml", files.get("mission.yaml")!.replace("lapseHours: 48", STATED));
    });
  }

  test("stands beside the mission's files, with where it comes from", () => {
    const result = withGrid(GRID, true);
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    expect(result.value.terrain).toMatchObject({ west: 10, south: 0, columns: 2, rows: 2 });
    expect(result.value.view.terrain).toEqual({ basis: "measured from space" });
    expect(good(true).terrain).toBeUndefined();
  });

  test("tells the ground below a band above the ground, as high and as low as it is", () => {
    const result = load((files) => {
      files.set("terrain.asc", GRID.replace("100 200", "400 600").replace("300 400", "400 600"));
      files.set("mission.yaml", files.get("mission.yaml")!.replace("lapseHours: 48", STATED));
      const band = "ceilingMetres: 150\n        altitudeReference: ground\n        issuer: test";
      files.set("zones.yaml", files.get("zones.yaml")!.replace("issuer: test", band));
    }, false);
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    const [area, road] = result.value.judgedZones;
    expect(area!.ground!.groundMetres).toBeCloseTo(500, 0);
    expect(area!.ground!.groundDoubtMetres).toBeGreaterThan(80);
    expect(area!.ground!.groundDoubtMetres).toBeLessThanOrEqual(100);
    expect(road!.ground).toBeUndefined();
  });

  test.each([
    [GRID, false, "mission.terrain-unstated"],
    [undefined, true, "mission.file-missing"],
    [GRID.replace("400", "x"), true, "terrain.height"],
  ])("is refused where it is not whole: %#", (grid, stated, code) => {
    const result = withGrid(grid, stated);
    expect(result.ok ? [] : result.faults.map((fault) => fault.code)).toEqual([code]);
  });
});
