import { destinationOf, geodesicBetween } from "@openjmc/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { departureOf } from "./departure.ts";
import { placeWitnesses } from "./place-witnesses.ts";
import type { Placed, Witness } from "./witness.ts";

const TRUTH = { lon: 30, lat: 40 };
const AT = 1_772_344_800_000_000;
const LATE = 340;

/** Somebody so far away who looks, or hears, exactly right. */
function observer(id: string, direction: number, metres: number, more: Partial<Witness> = {}): Witness {
  const place = destinationOf(TRUTH, direction, metres);
  const { isHeard = false } = more;
  return {
    ...{ id, ...place, placeDeviation: 10, timeDeviation: 1, isHeard },
    at: AT + (isHeard ? Math.round((metres / LATE) * 1e6) : 0),
    bearing: geodesicBetween(place, TRUTH).azimuth,
    bearingDeviation: 0.02,
    ...more,
  };
}

const distance = (placed: Placed): number => geodesicBetween(placed, TRUTH).distanceMetres;

describe("witnesses without a solution", () => {
  it("two directions cross where it was, by when each heard it", () => {
    const placed = placeWitnesses([observer("a", 1, 4000, { isHeard: true }), observer("b", 2.6, 6000)])!;
    expect(distance(placed)).toBeLessThan(5);
    expect(Math.abs(placed.at - AT)).toBeLessThan(100_000);
  });

  it("one direction alone, or two that run beside each other or apart, leave the place open", () => {
    const one = observer("a", 1, 4000);
    const beside = { ...one, id: "b", ...destinationOf(one, 1, 500) };
    const apart = {
      ...observer("c", 2.6, 6000),
      bearing: geodesicBetween(TRUTH, destinationOf(TRUTH, 2.6, 6000)).azimuth,
    };
    expect(placeWitnesses([one])).toBeUndefined();
    expect(placeWitnesses([one, beside])).toBeUndefined();
    expect(placeWitnesses([one, apart])).toBeUndefined();
    expect(placeWitnesses([])).toBeUndefined();
  });

  it("direction and range give a place as sure as both are", () => {
    const placed = placeWitnesses([observer("a", 1, 4000, { rangeMetres: 4000, rangeDeviation: 300 })])!;
    expect(distance(placed)).toBeLessThan(5);
    const [eastEast, , northNorth] = placed.covariance;
    expect(Math.sqrt(eastEast + northNorth)).toBeGreaterThan(300);
    expect(Math.sqrt(eastEast + northNorth)).toBeLessThan(350);
  });
});

describe("witnesses beside a solution", () => {
  it("never make it less sure, and pull it towards where they are right", () => {
    const angle = fc.double({ min: 0, max: 6.2, noNaN: true });
    fc.assert(
      fc.property(angle, angle, fc.double({ min: 500, max: 9000, noNaN: true }), (direction, off, metres) => {
        const covariance = [90_000, 20_000, 40_000] as const;
        const prior: Placed = { ...destinationOf(TRUTH, off, 200), covariance, at: AT, timeDeviation: 0.1 };
        const placed = placeWitnesses([observer("a", direction, metres)], prior)!;
        const area = ([a, b, c]: Placed["covariance"]): number => a * c - b * b;
        expect(area(placed.covariance)).toBeLessThanOrEqual(area(prior.covariance) * (1 + 1e-9));
        expect(departureOf(observer("a", direction, metres), placed).place).toBeLessThanOrEqual(
          departureOf(observer("a", direction, metres), prior).place + 0.01,
        );
      }),
    );
  });

  it("depart by so many deviations in place and time", () => {
    const prior: Placed = { ...TRUTH, covariance: [1, 0, 1], at: AT, timeDeviation: 0.01 };
    const right = departureOf(observer("a", 1, 4000, { isHeard: true }), prior);
    expect(right.place).toBeLessThan(0.01);
    expect(right.time).toBeLessThan(0.1);
    const wrong = observer("b", 1, 4000);
    expect(departureOf({ ...wrong, bearing: wrong.bearing! + 0.1 }, prior).place).toBeCloseTo(5, 0);
    expect(departureOf({ ...wrong, at: AT + 10e6 }, prior).time).toBeCloseTo(10, 1);
    const { bearing: _bearing, bearingDeviation: _deviation, ...place } = wrong;
    expect(departureOf({ ...place, placeDeviation: 1000 }, prior).place).toBeCloseTo(4, 2);
  });
});
