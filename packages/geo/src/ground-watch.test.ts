import { type CoverageRow, type Instant, MICROSECONDS_PER_HOUR, PLACED_BY, type ZoneVersion } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { geodesicBetween } from "./geodesic.ts";
import { pointsInside } from "./ground-raster.ts";
import { groundWatch } from "./ground-watch.ts";

const HOUR = MICROSECONDS_PER_HOUR;
const KINDS = ["small", "large"];

const square = (zone: string, west: number, south: number, size: number, more: Partial<ZoneVersion> = {}) =>
  ({
    ...{ zone, version: 1, kind: "ceasefire-area", validFrom: 0 },
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [west, south],
          [west + size, south],
          [west + size, south + size],
          [west, south + size],
          [west, south],
        ],
      ],
    },
    ...more,
  }) as ZoneVersion;

const post = (id: string, lon: number, lat: number, rangeMetres = 50_000) => ({ id, lon, lat, rangeMetres });

/** In all eight directions the same. */
const even = (metres: number): number[] => new Array<number>(8).fill(metres);

function heard(
  source: string,
  fromHour: number,
  untilHour: number,
  reaches: Readonly<Record<string, readonly number[]>>,
): CoverageRow {
  return {
    ...{ key: `${source}@${fromHour}`, source, means: "acoustic", watching: true, areaSquareKilometres: 1 },
    ...{ from: fromHour * HOUR, until: untilHour * HOUR },
    hearing: {
      ...{ noiseDecibels: 50, windEast: 0, windNorth: 0 },
      reaches: Object.entries(reaches).map(([what, metres]) => ({ what, metres })),
    },
  };
}

const ZONE = square("z", 10, 0, 0.2);
const asked = (
  coverage: readonly CoverageRow[],
  more: { readonly zones?: ZoneVersion[]; readonly from?: Instant; readonly until?: Instant } = {},
) =>
  groundWatch({
    ...{ zones: [ZONE], held: [], kinds: KINDS, from: 0, until: 2 * HOUR, coverage },
    posts: ["a", "b", "c", "d"].map((id) => post(id, 10.1, 0.1)),
    ...more,
  });

describe("what would have been heard over ground", () => {
  it("is the part within reach, hour by hour, by kind of source", () => {
    const [small, large] = asked([
      heard("a", 0, 1, { small: even(5000), large: even(50_000) }),
      heard("a", 1, 1.5, { small: even(1), large: even(5000) }),
    ]);
    const near = pointsInside(ZONE).filter(
      (point) => geodesicBetween({ lon: 10.1, lat: 0.1 }, point).distanceMetres <= 5000,
    );
    const share = near.length / pointsInside(ZONE).length;
    expect(share).toBeGreaterThan(0.1);
    expect(small!.hours.map(({ heardShare }) => heardShare)).toEqual([expect.closeTo(share, 12), 0]);
    expect(large!.hours.map(({ heardShare }) => heardShare)).toEqual([1, expect.closeTo(share / 2, 12)]);
    expect(large).toMatchObject({ what: "large", hoursHeard: expect.closeTo(1 + share / 2, 12), hoursOfPeriod: 2 });
    expect(large!.hoursPlaced).toBe(0);
  });

  it("goes by the direction in which the source lies", () => {
    const [small] = asked([heard("a", 0, 2, { small: [50_000, 50_000, 0, 0, 0, 0, 0, 50_000] })]);
    const north = pointsInside(ZONE).filter(({ lat }) => lat > 0.1).length / pointsInside(ZONE).length;
    expect(small!.hours[0]!.heardShare).toBeGreaterThan(0.6 * north);
    expect(small!.hours[0]!.heardShare).toBeLessThan(1.1 * north);
  });

  it("is placed where enough posts hear it, and no post is heard beyond its stated range", () => {
    const all = ["a", "b", "c", "d"].map((id) => heard(id, 0, 2, { small: even(60_000) }));
    expect(all).toHaveLength(PLACED_BY);
    expect(asked(all)[0]).toMatchObject({ hoursHeard: 2, hoursPlaced: 2 });
    expect(asked(all.slice(1))[0]).toMatchObject({ hoursHeard: 2, hoursPlaced: 0 });
    const far = groundWatch({
      ...{ zones: [ZONE], held: [], kinds: KINDS, from: 0, until: HOUR, coverage: all },
      posts: [post("a", 11, 0.1, 50_000)],
    });
    expect(far[0]).toMatchObject({ hoursHeard: 0 });
  });

  it("is told of nobody where there are no posts, and as nothing where none of them hears", () => {
    expect(
      groundWatch({ ...{ zones: [ZONE], held: [], kinds: KINDS }, posts: [], coverage: [], from: 0, until: HOUR }),
    ).toEqual([]);
    expect(asked([]).map(({ hoursHeard, hoursOfPeriod }) => [hoursHeard, hoursOfPeriod])).toEqual([
      [0, 2],
      [0, 2],
    ]);
  });

  it("is told apart by who holds the ground: the zone itself, else another that says so", () => {
    const own = square("own", 10, 0, 0.2, { heldBy: "P" });
    const part = square("part", 10, 0, 0.1, { heldBy: "Q" });
    const sides = (zone: ZoneVersion): (string | undefined)[] =>
      groundWatch({
        ...{ zones: [zone], held: [part], kinds: ["small"], from: 0, until: HOUR, coverage: [] },
        posts: [post("a", 10, 0)],
      }).map(({ heldBy }) => heldBy);
    expect(sides(own)).toEqual(["P"]);
    expect(sides(ZONE).sort()).toEqual(["Q", undefined]);
  });

  it("counts a version of a zone only while it was in force", () => {
    const first = square("z", 10, 0, 0.2, { validUntil: HOUR });
    const second = square("z", 10, 0, 0.2, { version: 2, validFrom: HOUR });
    const lines = asked([heard("a", 0, 2, { small: even(50_000) })], { zones: [first, second] });
    expect(lines[0]).toMatchObject({ zone: "z", hoursHeard: 2, hoursOfPeriod: 2 });
    expect(lines[0]!.hours.map(({ from }) => from)).toEqual([0, HOUR]);
    expect(asked([heard("a", 0, 2, { small: even(50_000) })], { zones: [first] })[0]).toMatchObject({
      hoursOfPeriod: 1,
    });
  });

  it("of a long period is some of its hours, evenly spread, and means what all of them do", () => {
    const hours = 2000;
    const [small] = asked([heard("a", 0, hours, { small: even(50_000) })], { until: hours * HOUR });
    expect(small!.hours.length).toBeLessThan(800);
    expect(small!.hoursHeard).toBeCloseTo(hours, 6);
  });

  it("never becomes less by a post, by time or by a longer reach", () => {
    const metres = fc.integer({ min: 0, max: 30_000 });
    const reaches = fc.array(metres, { minLength: 8, maxLength: 8 });
    const span = fc.record({
      source: fc.constantFrom("a", "b", "c", "d"),
      from: fc.double({ min: 0, max: 1.9, noNaN: true }),
      reaches,
    });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 6 }), span, fc.integer({ min: 0, max: 10_000 }), (spans, one, more) => {
        const rows = (list: typeof spans, longer = 0): CoverageRow[] =>
          list.map((each) => heard(each.source, each.from, 2, { small: each.reaches.map((reach) => reach + longer) }));
        // One post's spans do not overlap in truth; the first of each counts here.
        const alone = [...new Map(spans.toReversed().map((each) => [each.source, each])).values()];
        const others = alone.filter(({ source }) => source !== one.source);
        const [before] = asked(rows(others));
        const [after] = asked(rows([...others, one]));
        const [longer] = asked(rows([...others, one], more));
        expect(after!.hoursHeard).toBeGreaterThanOrEqual(before!.hoursHeard - 1e-9);
        expect(longer!.hoursHeard).toBeGreaterThanOrEqual(after!.hoursHeard - 1e-9);
        expect(after!.hoursPlaced).toBeLessThanOrEqual(after!.hoursHeard + 1e-9);
        expect(longer!.hoursHeard).toBeLessThanOrEqual(longer!.hoursOfPeriod + 1e-9);
      }),
      { numRuns: 30 },
    );
  });
});
