/**
 * Tracks from bearings alone: bearings of several places that cross begin one. Two places see as many false crossings as true ones
 * where there is more than one target, so a pair is believed only if nothing else crosses either of its bearings; three places that
 * agree are believed in any case.
 */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { PlanePlot } from "./conversion.ts";

/** A bearing in the plane that no track could use. */
export interface HeldBearing {
  readonly source: string;
  readonly at: Instant;
  readonly frame: number;
  /** Place of the sensor, metres; azimuth from the plane's north and its standard deviation, radians. */
  readonly x: number;
  readonly y: number;
  readonly azimuth: number;
  readonly deviation: number;
  readonly maximumRange: number;
  readonly name: string | undefined;
}

/** Where bearings cross, as a plot; and the bearings that do. */
export interface Crossing {
  readonly place: Pick<PlanePlot, "x" | "y" | "xx" | "xy" | "yy">;
  readonly bearings: readonly HeldBearing[];
}

/** Bearings farther apart in time do not make a crossing. */
const WINDOW = 3 * MICROSECONDS_PER_SECOND;
/** Bearings that meet at a sharper angle say too little about the distance, radians. */
const SHARPEST = 0.1;
/** Squared distance, in standard deviations, by which a third bearing may miss a crossing. */
const AGREE = 9;
/** Bearings of one source this near each other are one target's: radians, and standard deviations. */
const SAME_ANGLE = 0.02;
const SAME_DEVIATIONS = 4;
/** What a target may have flown between two bearings, m/s. */
const SPEED = 250;
const MOST_HELD = 256;

export class Triangulation {
  #held: HeldBearing[] = [];

  /** Takes a bearing that fits no track; a crossing if it makes one, whose bearings are used up. */
  add(bearing: HeldBearing): Crossing | undefined {
    this.#held = this.#held.filter((held) => bearing.at - held.at <= WINDOW).slice(-MOST_HELD);
    const crossing = this.#crossing(bearing);
    if (!crossing) {
      this.#held.push(bearing);
      return undefined;
    }
    const used = new Set(crossing.bearings);
    this.#held = this.#held.filter((held) => ![...used].some((one) => isSameTarget(one, held)));
    return crossing;
  }

  #crossing(bearing: HeldBearing): Crossing | undefined {
    const partners = distinct(this.#held.filter((held) => held.source !== bearing.source && mayMeet(held, bearing)));
    const rivals = distinct(
      this.#held.filter((held) => held.source === bearing.source && !isSameTarget(held, bearing)),
    );
    for (const partner of partners) {
      const third = partners.find((other) => other.source !== partner.source && agrees(other, [bearing, partner]));
      if (third) return crossingOf([bearing, partner, third]);
    }
    const [only, ...others] = partners;
    if (!only || others.length > 0 || rivals.some((rival) => mayMeet(rival, only))) return undefined;
    return crossingOf([bearing, only]);
  }

  snapshot(): readonly HeldBearing[] {
    return structuredClone(this.#held);
  }

  restore(held: readonly HeldBearing[]): void {
    this.#held = structuredClone([...held]);
  }
}

function isSameTarget(one: HeldBearing, other: HeldBearing): boolean {
  if (one.source !== other.source || one.name !== other.name) return false;
  const spread = Math.max(SAME_ANGLE, SAME_DEVIATIONS * Math.max(one.deviation, other.deviation));
  return Math.abs(wrap(one.azimuth - other.azimuth)) < spread;
}

/** The newest bearing of each target that a source has told of. */
function distinct(bearings: readonly HeldBearing[]): HeldBearing[] {
  const newest: HeldBearing[] = [];
  for (const bearing of [...bearings].reverse())
    if (!newest.some((one) => isSameTarget(one, bearing))) newest.push(bearing);
  return newest;
}

function mayMeet(one: HeldBearing, other: HeldBearing): boolean {
  if (one.name !== undefined && other.name !== undefined && one.name !== other.name) return false;
  return Math.abs(one.at - other.at) <= WINDOW && meet(one, other) !== undefined;
}

/** Where two bearings meet in front of both and within their ranges. */
function meet(one: HeldBearing, other: HeldBearing): { readonly x: number; readonly y: number } | undefined {
  const sine = Math.sin(wrap(other.azimuth - one.azimuth));
  if (Math.abs(sine) < Math.sin(SHARPEST)) return undefined;
  const dx = other.x - one.x;
  const dy = other.y - one.y;
  const along = (dx * Math.cos(other.azimuth) - dy * Math.sin(other.azimuth)) / -sine;
  const otherAlong = (dx * Math.cos(one.azimuth) - dy * Math.sin(one.azimuth)) / -sine;
  if (along <= 0 || otherAlong <= 0 || along > one.maximumRange || otherAlong > other.maximumRange) return undefined;
  return { x: one.x + along * Math.sin(one.azimuth), y: one.y + along * Math.cos(one.azimuth) };
}

function agrees(third: HeldBearing, pair: readonly [HeldBearing, HeldBearing]): boolean {
  const crossing = crossingOf(pair);
  if (!crossing) return false;
  const { x, y, xx, xy, yy } = crossing.place;
  const distance = Math.hypot(x - third.x, y - third.y);
  if (distance > third.maximumRange || !pair.every((one) => mayMeet(one, third))) return false;
  const [sine, cosine] = [Math.sin(third.azimuth), Math.cos(third.azimuth)];
  const miss = (x - third.x) * cosine - (y - third.y) * sine;
  const variance = xx * cosine * cosine - 2 * xy * sine * cosine + yy * sine * sine;
  return miss * miss < AGREE * (variance + (third.deviation * distance) ** 2);
}

/** Least squares of the distances across the bearings; two Gauss-Newton steps settle the weights, which follow from the distances. */
function crossingOf(bearings: readonly HeldBearing[]): Crossing | undefined {
  const first = meet(bearings[0]!, bearings[1]!);
  if (!first) return undefined;
  let { x, y } = first;
  let [xx, xy, yy] = [0, 0, 0];
  const newest = Math.max(...bearings.map(({ at }) => at));
  for (let step = 0; step < 2; step++) {
    let [a, b, c, p, q] = [0, 0, 0, 0, 0];
    for (const bearing of bearings) {
      const [sine, cosine] = [Math.sin(bearing.azimuth), Math.cos(bearing.azimuth)];
      const flown = (SPEED * (newest - bearing.at)) / MICROSECONDS_PER_SECOND;
      const weight = 1 / ((bearing.deviation * Math.hypot(x - bearing.x, y - bearing.y)) ** 2 + flown * flown);
      const across = bearing.x * cosine - bearing.y * sine;
      a += weight * cosine * cosine;
      b -= weight * sine * cosine;
      c += weight * sine * sine;
      p += weight * cosine * across;
      q -= weight * sine * across;
    }
    const determinant = a * c - b * b;
    if (!(determinant > 0)) return undefined;
    [xx, xy, yy] = [c / determinant, -b / determinant, a / determinant];
    [x, y] = [xx * p + xy * q, xy * p + yy * q];
  }
  return { place: { x, y, xx, xy, yy }, bearings };
}

function wrap(angle: number): number {
  return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
}
