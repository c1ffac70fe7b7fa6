import { coarsen } from "@openjmc/geo";
import { formatDegrees, formatInstant } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coarsePlace, type ReleaseRule, release } from "./gate.ts";

const NOW = 1_617_700_000_000_000;
const rule: ReleaseRule = { gridMetres: 1000, delay: 1_800_000_000 };
const LIMIT = NOW - rule.delay;
const forAll = (value: unknown): unknown => release(value, "public", rule, NOW);

const degrees = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
const place = fc.oneof(
  fc.record({ lon: degrees(179.99), lat: degrees(89) }),
  fc
    .record({ lon: degrees(179.99), lat: degrees(89) })
    .map(({ lon, lat }) => ({ lon: formatDegrees(lon), lat: formatDegrees(lat), uncertaintyMetres: 20 })),
);
const time = fc
  .integer({ min: LIMIT - 3_600_000_000, max: NOW + 60_000_000 })
  .chain((at) => fc.constantFrom<number | string>(at, formatInstant(at)));
const times = fc.dictionary(
  fc.constantFrom("at", "originTime", "occurredAt", "raisedAt", "claimedAt", "receivedAt", "from"),
  time,
  { maxKeys: 2 },
);
const fineFields = fc.dictionary(
  fc.constantFrom(
    "ellipse",
    "arrivals",
    "stations",
    "observer",
    "bearingDegrees",
    "velocityEast",
    "outline",
    "payload",
  ),
  fc.oneof(place, fc.double({ noNaN: true }), fc.string()),
  { maxKeys: 2 },
);
const geometry = fc
  .array(fc.tuple(degrees(179.99), degrees(89)), { minLength: 1, maxLength: 4 })
  .map((ring) => ({ type: "Polygon", coordinates: [ring] }));

/** Rows and parts of rows, nested as the views nest them: places beside times, in parts, in lists. */
const { row } = fc.letrec<{ row: unknown }>((tie) => ({
  row: fc
    .tuple(
      fc.option(place, { nil: {} }),
      times,
      fineFields,
      fc.dictionary(
        fc.constantFrom("body", "proposal", "place", "mark", "items", "geometry", "remark", "count"),
        fc.oneof(
          { maxDepth: 3 },
          fc.string(),
          fc.integer(),
          fc.boolean(),
          fc.constant(null),
          geometry,
          tie("row"),
          fc.array(tie("row"), { maxLength: 3 }),
        ),
        { maxKeys: 3 },
      ),
    )
    .map(([where, when, fine, rest]) => ({ ...where, ...when, ...fine, ...rest })),
}));
const rows = fc.array(row, { maxLength: 4 });

const TIMES = ["at", "originTime", "occurredAt", "raisedAt", "claimedAt", "receivedAt", "from"];
const FORBIDDEN = [
  "ellipse",
  "arrivals",
  "stations",
  "observer",
  "bearingDegrees",
  "velocityEast",
  "outline",
  "payload",
];

/** Every object in a value, however deep. */
function* objectsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Readonly<Record<string, unknown>>;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

function placed(value: unknown): boolean {
  return [...objectsIn(value)].some((one) => one.lon !== undefined || Array.isArray(one.coordinates));
}

const instant = (value: unknown): number =>
  typeof value === "string" ? Date.parse(value) * 1000 : typeof value === "number" ? value : Number.NaN;

function expectOnGrid(lon: unknown, lat: unknown): void {
  const place = { lon: Number(lon), lat: Number(lat) };
  expect(coarsePlace(place, rule.gridMetres)).toEqual(place);
  const middle = coarsen(place, rule.gridMetres);
  expect(place.lon).toBeCloseTo(middle.lon, 3);
  expect(place.lat).toBeCloseTo(middle.lat, 3);
}

describe("what the gate lets out", () => {
  it("is the very same for the two components", () => {
    fc.assert(
      fc.property(rows, fc.constantFrom("component" as const, "common" as const), (value, audience) => {
        const before = JSON.stringify(value);
        expect(release(value, audience, rule, NOW)).toBe(value);
        expect(JSON.stringify(value)).toBe(before);
      }),
    );
  });

  it("has no place finer than the grid", () => {
    fc.assert(
      fc.property(rows, (value) => {
        for (const one of objectsIn(forAll(value))) {
          expect("lon" in one).toBe("lat" in one);
          if ("lon" in one) expectOnGrid(one.lon, one.lat);
          for (const ring of (one.coordinates as [number, number][][] | undefined) ?? [])
            for (const [lon, lat] of ring) expectOnGrid(lon, lat);
        }
      }),
    );
  });

  it("has none of the fields from which a place could be had", () => {
    fc.assert(
      fc.property(rows, (value) => {
        for (const one of objectsIn(forAll(value))) expect(FORBIDDEN.filter((name) => name in one)).toEqual([]);
      }),
    );
  });

  it("has nothing placed that is newer than the delay", () => {
    fc.assert(
      fc.property(rows, (value) => {
        for (const one of objectsIn(forAll(value)))
          if (placed(one))
            for (const name of TIMES.filter((field) => one[field] !== undefined))
              expect(instant(one[name])).toBeLessThanOrEqual(LIMIT);
      }),
    );
  });

  it("says no more when it passes the gate again, and later says no less", () => {
    fc.assert(
      fc.property(rows, (value) => {
        const once = forAll(value);
        expect(forAll(once)).toEqual(once);
        const later = release(value, "public", rule, NOW + 86_400_000_000) as unknown[];
        expect(later.length).toBeGreaterThanOrEqual((once as unknown[]).length);
      }),
    );
  });

  it("cannot tell two places of one cell apart", () => {
    fc.assert(
      fc.property(degrees(179), degrees(80), fc.double({ min: 0, max: 1, noNaN: true }), (lon, lat, part) => {
        const middle = coarsen({ lon, lat }, rule.gridMetres);
        const other = { lon: middle.lon + (lon - middle.lon) * part, lat: middle.lat + (lat - middle.lat) * part };
        expect(forAll([{ lon, lat }])).toEqual(forAll([other]));
      }),
    );
  });

  it("leaves what is old and placed in, coarse, and says how coarse", () => {
    const [released] = forAll([
      { at: LIMIT, lon: "47.1234567", lat: "39.7654321", uncertaintyMetres: 20, kind: "shot" },
    ]) as [{ lon: string; lat: string; uncertaintyMetres: number }];
    expect(released).toMatchObject({ at: LIMIT, kind: "shot" });
    expect(released.lon).not.toBe("47.1234567");
    expect(released.uncertaintyMetres).toBeGreaterThan(500);
  });

  it("leaves a row out while a part of it is too new, and numbers without a place in at once", () => {
    const fresh = { occurredAt: formatInstant(NOW), place: { lon: "47.1234567", lat: "39.7654321" } };
    expect(forAll([{ id: "f", proposal: fresh }])).toEqual([]);
    expect(forAll([{ id: "i", evidence: [fresh, { id: "e" }] }])).toEqual([{ id: "i", evidence: [{ id: "e" }] }]);
    expect(forAll([{ source: "s", from: NOW, watching: true }])).toHaveLength(1);
  });

  it("writes no more digits than the grid bears, and an event without its ellipse still says how coarse it is", () => {
    const event = { originTime: LIMIT, lon: 47.1234567, lat: 39.7654321, ellipse: { semiMajorMetres: 40 } };
    const [released] = forAll([event]) as [{ lon: number; lat: number; uncertaintyMetres: number }];
    for (const degrees of [released.lon, released.lat]) expect(String(degrees)).toMatch(/^\d+(\.\d{1,4})?$/);
    expect(released.uncertaintyMetres).toBeGreaterThan(700);
    expect(released).not.toHaveProperty("ellipse");
    const [wide] = forAll([{ ...event, ellipse: { semiMajorMetres: 2_345.6 } }]) as [{ uncertaintyMetres: number }];
    expect(wide.uncertaintyMetres).toBe(2_346);
  });
});

it("keeps of an event what would tell more finely than its coarse place, and of coverage where nobody hears", () => {
  const at = LIMIT - 3_600_000_000;
  const flight = { role: "fired", event: "e2", seconds: 31.2, metres: 6241.7, probability: 0.9 };
  const event = { id: "e1", originTime: at, lon: 47.1234567, lat: 39.9876543, flight, classes: [], count: 1 };
  expect(forAll([event])).toEqual([{ id: "e1", originTime: at, ...coarsePlace(event, 1000), classes: [], count: 1 }]);
  const reaches = [{ what: "mortar", metres: [4000, 900] }];
  const span = {
    key: "k",
    from: at,
    watching: true,
    hearing: { noiseDecibels: 60, windEast: 1, windNorth: 2, reaches },
  };
  expect(forAll([{ ...span, noiseDecibels: 60 }])).toEqual([{ key: "k", from: at, watching: true }]);
  const thing = { what: "ground", name: "P-1", until: at, velocityEast: 3, velocityNorth: 1 };
  expect(forAll([{ id: "c", at, thing }])).toEqual([{ id: "c", at }]);
  // The name of a notified flight tells no place.
  expect(forAll({ track: "t", flight: "F-1" })).toEqual({ track: "t", flight: "F-1" });
});
