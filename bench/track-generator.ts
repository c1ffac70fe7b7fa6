/**
 * Air traffic with its radar plots and the truth, from a seed: what the tracker is tuned and tested on, so that no figure
 * hangs on one file. Planar; east and north in metres, azimuths clockwise from north, seconds.
 */

import { Random } from "./random.ts";
import type { SceneDescription } from "./track-scenes.ts";

export interface GeneratedSensor {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly period: number;
  readonly phase: number;
  readonly sd_range: number;
  readonly sd_az: number;
  readonly pd: number;
  readonly min_range: number;
  readonly max_range: number;
}

export interface GeneratedHeader {
  readonly type: "header";
  readonly name: string;
  readonly scans: number;
  readonly sensors: readonly GeneratedSensor[];
  readonly clutter_per_scan: number;
  readonly gospa: { readonly p: 2; readonly c: number; readonly alpha: 2 };
}

export interface GeneratedScan {
  readonly t: number;
  readonly scan: number;
  readonly sensor: number;
  /** Range in metres and azimuth in radians of each plot. */
  readonly dets: readonly (readonly [number, number])[];
  /** Target of each plot, −1 for a false one. */
  readonly labels: readonly number[];
  /** Target, x, y, vx, vy. */
  readonly targets: readonly (readonly [number, number, number, number, number])[];
}

export interface GeneratedScene {
  readonly header: GeneratedHeader;
  readonly scans: readonly GeneratedScan[];
}

interface Flyer {
  readonly id: number;
  x: number;
  y: number;
  heading: number;
  speed: number;
  turnRate: number;
  until: number;
  readonly small: boolean;
  readonly group: number;
  /** Part of the formation that stays together when it splits. */
  readonly wing: number;
  readonly splitAt: number;
  readonly diesAt: number;
}

const GRAVITY = 9.80665;

/** Flies the scene and looks at it. */
export function generateScene(description: SceneDescription, seed: number): GeneratedScene {
  const random = new Random(seed);
  const flyers = firstFlyers(description, random);
  const biases = biasesOf(description, new Random(seed ^ 0x5bd1e995));
  let nextId = flyers.length;
  const times = scanTimes(description);
  const scans: GeneratedScan[] = [];
  let alive = flyers;
  let before = 0;
  for (const [index, { t, sensor }] of times.entries()) {
    for (const flyer of alive) move(flyer, before, t, description, random, alive);
    before = t;
    if (description.traffic) {
      alive = alive.filter((flyer) => flyer.diesAt > t && inside(flyer, description));
      while (alive.length < description.singles && random.uniform() < 0.7)
        alive.push(newcomer(nextId++, t, description, random));
    }
    scans.push(look(index, t, sensor, alive, description, biases.get(sensor.id)!, random));
  }
  const header: GeneratedHeader = {
    type: "header",
    name: description.name,
    scans: scans.length,
    sensors: description.sensors,
    clutter_per_scan: description.clutter,
    gospa: { p: 2, c: description.cutOff, alpha: 2 },
  };
  return { header, scans };
}

/** Range (metres) and azimuth (radians) by which each radar is off all the time. */
function biasesOf({ sensors, bias }: SceneDescription, random: Random): Map<number, readonly [number, number]> {
  const side = (): number => (random.uniform() < 0.5 ? -bias : bias);
  return new Map(sensors.map(({ id, sd_range, sd_az }) => [id, [side() * sd_range, side() * sd_az] as const]));
}

function scanTimes(description: SceneDescription): { t: number; sensor: GeneratedSensor }[] {
  const times: { t: number; sensor: GeneratedSensor }[] = [];
  for (const sensor of description.sensors)
    for (let index = 0; index < description.scans; index++)
      times.push({ t: sensor.phase + index * sensor.period, sensor });
  times.sort((left, right) => left.t - right.t || left.sensor.id - right.sensor.id);
  return times.slice(0, description.scans);
}

function speedOf(small: boolean, random: Random): number {
  return small ? random.between(25, 60) : random.between(120, 260);
}

function firstFlyers(description: SceneDescription, random: Random): Flyer[] {
  const flyers: Flyer[] = [];
  for (let group = 0; group < description.formations; group++) formation(group, flyers, description, random);
  for (let index = 0; index < description.singles; index++) {
    let flyer = single(flyers.length, description, random);
    while (!description.manoeuvres && !staysInside(flyer, description))
      flyer = single(flyers.length, description, random);
    flyers.push(flyer);
  }
  cross(flyers, description, random);
  return flyers;
}

/** Lays the last flyers' ways across those of the first: both are at one place at one time, half-way through. */
function cross(flyers: Flyer[], description: SceneDescription, random: Random): void {
  const seconds = (description.scans * description.sensors[0]!.period) / description.sensors.length;
  for (let pair = 0; pair < description.crossings; pair++) {
    const first = flyers[pair]!;
    const second = flyers[flyers.length - 1 - pair]!;
    const meeting = seconds * random.between(0.35, 0.65);
    second.heading = first.heading + (random.uniform() < 0.5 ? -1 : 1) * random.between(0.05, 0.4);
    second.speed = first.speed * random.between(0.9, 1.1);
    second.x = first.x + meeting * (first.speed * Math.sin(first.heading) - second.speed * Math.sin(second.heading));
    second.y = first.y + meeting * (first.speed * Math.cos(first.heading) - second.speed * Math.cos(second.heading));
  }
}

function single(id: number, description: SceneDescription, random: Random): Flyer {
  const small = random.uniform() < description.smallShare;
  const reach = description.traffic ? description.halfWidth : description.halfWidth * 0.7;
  return {
    id,
    x: random.between(-reach, reach),
    y: random.between(-reach, reach),
    heading: random.between(-Math.PI, Math.PI),
    speed: description.manoeuvres ? speedOf(small, random) : random.between(60, 130),
    turnRate: 0,
    until: random.between(0, 40),
    small,
    group: -1,
    wing: 0,
    splitAt: 0,
    diesAt: lifeEnd(0, small, description.halfWidth, random),
  };
}

/** Whether a straight flight stays in sight of the first sensor from the first scan to the last. */
function staysInside(flyer: Flyer, description: SceneDescription): boolean {
  const seconds = description.scans * description.sensors[0]!.period;
  for (let part = 0; part <= 20; part++) {
    const flown = (flyer.speed * seconds * part) / 20;
    const range = Math.hypot(flyer.x + flown * Math.sin(flyer.heading), flyer.y + flown * Math.cos(flyer.heading));
    if (range > description.halfWidth || range < 3_000) return false;
  }
  return true;
}

/** Small aircraft land or break off, the sooner the smaller the sky; others only fly out. */
function lifeEnd(t: number, small: boolean, halfWidth: number, random: Random): number {
  return small ? t - (halfWidth / 100) * Math.log(1 - random.uniform()) : Number.POSITIVE_INFINITY;
}

function newcomer(id: number, t: number, description: SceneDescription, random: Random): Flyer {
  const small = random.uniform() < description.smallShare;
  const w = description.halfWidth;
  let x = random.between(-w, w);
  let y = random.between(-w, w);
  let heading = random.between(-Math.PI, Math.PI);
  if (!small) {
    const side = Math.floor(random.uniform() * 4);
    if (side === 0) x = -w + 1;
    else if (side === 1) x = w - 1;
    else if (side === 2) y = -w + 1;
    else y = w - 1;
    heading = Math.atan2(-x, -y) + random.between(-0.9, 0.9);
  }
  return {
    id,
    x,
    y,
    heading,
    speed: speedOf(small, random),
    turnRate: 0,
    until: t + random.between(5, 60),
    small,
    group: -1,
    wing: 0,
    splitAt: 0,
    diesAt: lifeEnd(t, small, w, random),
  };
}

function formation(group: number, flyers: Flyer[], description: SceneDescription, random: Random): void {
  const angle = (2 * Math.PI * group) / description.formations + random.between(-0.2, 0.2);
  const range = random.between(0.4, 0.7) * description.halfWidth;
  const heading = angle + Math.PI + random.between(-0.7, 0.7);
  const speed = random.between(40, 95);
  const spacing = random.between(250, 500);
  const splitAt = random.between(140, 320);
  const wings = 3 + Math.floor(random.uniform() * 5);
  for (let member = 0; member < 10; member++) {
    const along = -Math.ceil(member / 2) * spacing * 0.5;
    const across = (member % 2 === 0 ? 1 : -1) * Math.ceil(member / 2) * spacing * 0.7;
    flyers.push({
      id: flyers.length,
      x:
        range * Math.sin(angle) +
        across * Math.cos(heading) +
        along * Math.sin(heading) +
        random.normal() * spacing * 0.3,
      y:
        range * Math.cos(angle) -
        across * Math.sin(heading) +
        along * Math.cos(heading) +
        random.normal() * spacing * 0.3,
      heading: heading + random.normal() * 0.004,
      speed: speed * (1 + random.normal() * 0.004),
      turnRate: 0,
      until: 0,
      small: true,
      group,
      wing: member < wings ? 0 : 1,
      splitAt,
      diesAt: Number.POSITIVE_INFINITY,
    });
  }
}

function inside(flyer: Flyer, description: SceneDescription): boolean {
  return Math.abs(flyer.x) < description.halfWidth && Math.abs(flyer.y) < description.halfWidth;
}

/** Straight legs and coordinated turns; a formation turns as one until it splits. */
function move(
  flyer: Flyer,
  from: number,
  until: number,
  description: SceneDescription,
  random: Random,
  all: readonly Flyer[],
): void {
  let t = from;
  while (t < until) {
    if (description.manoeuvres && flyer.until <= t) nextLeg(flyer, t, description.turnScale, random, all);
    const end = description.manoeuvres ? Math.min(until, Math.max(flyer.until, t + 0.05)) : until;
    const step = end - t;
    const middle = flyer.heading + 0.5 * flyer.turnRate * step;
    const half = 0.5 * flyer.turnRate * step;
    const chord = flyer.speed * step * (Math.abs(half) < 1e-9 ? 1 : Math.sin(half) / half);
    flyer.x += chord * Math.sin(middle);
    flyer.y += chord * Math.cos(middle);
    flyer.heading += flyer.turnRate * step;
    t = end;
  }
}

function nextLeg(flyer: Flyer, t: number, turnScale: number, random: Random, all: readonly Flyer[]): void {
  const split = t >= flyer.splitAt;
  const together = flyer.group >= 0;
  const leader = together
    ? all.find((other) => other.group === flyer.group && (!split || other.wing === flyer.wing))!
    : flyer;
  if (together && leader !== flyer) {
    flyer.turnRate = leader.turnRate;
    flyer.until = leader.until;
    return;
  }
  if (flyer.turnRate === 0 && random.uniform() < 0.75) {
    const acceleration =
      GRAVITY * random.between(0.3, flyer.small ? 2 : 2.5) * turnScale * (flyer.group >= 0 ? 0.5 : 1);
    flyer.turnRate = ((random.uniform() < 0.5 ? -1 : 1) * acceleration) / flyer.speed;
    flyer.until =
      t + Math.min(random.between(5, 35), (random.between(0.5, 2) * Math.PI) / Math.abs(flyer.turnRate) + 5);
  } else {
    flyer.turnRate = 0;
    flyer.until = t + random.between(5, 80);
  }
  if (together && !split) flyer.until = Math.min(flyer.until, flyer.splitAt);
}

function look(
  index: number,
  t: number,
  sensor: GeneratedSensor,
  alive: readonly Flyer[],
  description: SceneDescription,
  [rangeBias, azimuthBias]: readonly [number, number],
  random: Random,
): GeneratedScan {
  const found: [number, number, number][] = [];
  for (const flyer of alive) {
    const dx = flyer.x - sensor.x;
    const dy = flyer.y - sensor.y;
    const range = Math.hypot(dx, dy);
    if (range < sensor.min_range || range > sensor.max_range || random.uniform() > sensor.pd) continue;
    found.push([
      range + rangeBias + sensor.sd_range * random.normal(),
      Math.atan2(dx, dy) + azimuthBias + sensor.sd_az * random.normal(),
      flyer.id,
    ]);
  }
  for (let count = random.poisson(description.clutter); count > 0; count--)
    found.push([random.between(sensor.min_range, sensor.max_range), random.between(-Math.PI, Math.PI), -1]);
  for (let place = found.length - 1; place > 0; place--) {
    const other = Math.floor(random.uniform() * (place + 1));
    [found[place], found[other]] = [found[other]!, found[place]!];
  }
  return {
    t,
    scan: index,
    sensor: sensor.id,
    dets: found.map(([range, azimuth]) => [range, wrap(azimuth)] as const),
    labels: found.map(([, , id]) => id),
    targets: alive.map((flyer) => [
      flyer.id,
      flyer.x,
      flyer.y,
      flyer.speed * Math.sin(flyer.heading),
      flyer.speed * Math.cos(flyer.heading),
    ]),
  };
}

function wrap(angle: number): number {
  return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
}
