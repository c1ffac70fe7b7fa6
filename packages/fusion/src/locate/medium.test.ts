import { describe, expect, it } from "vitest";
import { type EventInformation, MEDIUM_SIZE } from "./information.ts";
import { factorise, solveFactored, variancesOf } from "./linear.ts";
import { Medium } from "./medium.ts";

const STATIONS = 3;
const WEATHER = { temperature: 10, windEast: 1, windNorth: -2, temperatureError: 1, windError: 0.7 };
const SIZE = MEDIUM_SIZE + STATIONS;
const KNOT_SECONDS = 120;

function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Equations of so many arrivals about medium and terms of stations 0 … 2, as information. */
function tell(knot: number, random: () => number): EventInformation {
  const matrix = new Float64Array(SIZE * SIZE);
  const vector = new Float64Array(SIZE);
  for (let arrival = 0; arrival < 9; arrival++) {
    const row = Float64Array.from({ length: SIZE }, (_, place) => (place < MEDIUM_SIZE ? random() : 0));
    row[MEDIUM_SIZE + (arrival % STATIONS)] = 1;
    const value = 300 + 10 * random();
    for (let one = 0; one < SIZE; one++) {
      vector[one]! += row[one]! * value;
      for (let other = 0; other < SIZE; other++) matrix[one * SIZE + other]! += row[one]! * row[other]!;
    }
  }
  return { knot, stations: [0, 1, 2], matrix, vector };
}

function makeMedium(): Medium {
  const medium = new Medium(WEATHER, undefined);
  medium.setStations(STATIONS);
  return medium;
}

/** The terms' estimate with unit prior precision. */
function termsOf(medium: Medium): Float64Array {
  const { matrix, vector } = medium.eliminate();
  const factor = matrix.slice();
  for (let station = 0; station < STATIONS; station++) factor[station * (STATIONS + 1)]! += 1;
  expect(factorise(factor, STATIONS)).toBe(true);
  const terms = vector.slice();
  solveFactored(factor, terms, STATIONS);
  return terms;
}

/** The same by one dense system: medium of one knot and terms together. */
function denseTerms(medium: Medium, told: readonly EventInformation[]): number[] {
  medium.at(0);
  const factor = new Float64Array(SIZE * SIZE);
  const solved = new Float64Array(SIZE);
  for (let row = 0; row < MEDIUM_SIZE; row++) {
    const precision = 1 / medium.covariance[row * (MEDIUM_SIZE + 1)]!;
    factor[row * (SIZE + 1)] = precision;
    solved[row] = precision * medium.mean[row]!;
  }
  for (let station = MEDIUM_SIZE; station < SIZE; station++) factor[station * (SIZE + 1)] = 1;
  for (const { matrix, vector } of told) {
    for (let place = 0; place < matrix.length; place++) factor[place]! += matrix[place]!;
    for (let place = 0; place < SIZE; place++) solved[place]! += vector[place]!;
  }
  expect(factorise(factor, SIZE)).toBe(true);
  solveFactored(factor, solved, SIZE);
  return [...solved.subarray(MEDIUM_SIZE)];
}

describe("medium and station terms", () => {
  it("come out as one system of all unknowns has them", () => {
    const random = randomNumbers(3);
    const told = [tell(0, random), tell(0, random), tell(0, random)];
    const dense = denseTerms(makeMedium(), told);
    const medium = makeMedium();
    for (const each of told) medium.apply(each, 1);
    termsOf(medium).forEach((term, station) => {
      expect(term).toBeCloseTo(dense[station]!, 6);
    });
  });

  it("are the same however often they were asked for, and after what was told is taken back", () => {
    const random = randomNumbers(8);
    const told = Array.from({ length: 12 }, (_, knot) => tell(knot, random));
    const [patient, asking] = [makeMedium(), makeMedium()];
    const extra = tell(2, random);
    for (const each of told) {
      patient.apply(each, 1);
      asking.apply(each, 1);
      asking.eliminate();
    }
    asking.apply(extra, 1);
    asking.eliminate();
    asking.apply(extra, -1);
    const expected = termsOf(patient);
    termsOf(asking).forEach((term, station) => {
      expect(term).toBeCloseTo(expected[station]!, 6);
    });
  });

  it("go on from a snapshot, and after old knots are closed", () => {
    const random = randomNumbers(5);
    const medium = makeMedium();
    for (let knot = 0; knot < 9; knot++) medium.apply(tell(knot, random), 1);
    medium.eliminate();
    medium.dropBefore(5 * KNOT_SECONDS);
    const restored = makeMedium();
    restored.restore(JSON.parse(JSON.stringify(medium.snapshot())));
    const expected = termsOf(medium);
    termsOf(restored).forEach((term, station) => {
      expect(term).toBeCloseTo(expected[station]!, 6);
    });
  });

  it("know nothing of a station after it is forgotten", () => {
    const random = randomNumbers(9);
    const medium = makeMedium();
    for (let knot = 0; knot < 6; knot++) medium.apply(tell(knot, random), 1);
    medium.forgetStation(1);
    const { matrix } = medium.eliminate();
    expect(Math.abs(matrix[STATIONS + 1]!)).toBeLessThan(1e-9);
    expect(matrix[0]!).toBeGreaterThan(0.1);
    expect(termsOf(medium)[1]!).toBeCloseTo(0, 6);
  });
});

describe("variancesOf", () => {
  it("is the diagonal of the inverse", () => {
    const factor = Float64Array.of(4, 2, 1, 2, 5, 3, 1, 3, 6);
    factorise(factor, 3);
    const variances = new Float64Array(3);
    variancesOf(factor, variances, 3);
    for (let column = 0; column < 3; column++) {
      const unit = Float64Array.from({ length: 3 }, (_, row) => (row === column ? 1 : 0));
      solveFactored(factor, unit, 3);
      expect(variances[column]!).toBeCloseTo(unit[column]!, 12);
    }
  });
});
