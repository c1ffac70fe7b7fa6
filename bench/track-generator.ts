/**
 * Air traffic with its radar plots and the truth, from a seed: what the tracker is tuned and tested on, so that no figure
 * hangs on one file. Planar; east and north in metres, azimuths clockwise from north, seconds.
 */

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

/** What kind of sky: how many targets fly, how, and who sees them. */
export interface SceneDescription {
  readonly name: string;
  readonly scans: number;
  readonly sensors: readonly GeneratedSensor[];
  readonly clutter: number;
  readonly cutOff: number;
  readonly halfWidth: number;
  readonly singles: number;
  readonly smallShare: number;
  readonly manoeuvres: boolean;
  /** Factor on the lateral accelerations of turns. */
  readonly turnScale: number;
  /** How many of the singles are made to cross another's way at the same time, at a small angle. */
  readonly crossings: number;
  /** Constant error of each radar that nobody states, in standard deviations of its range and of its azimuth. */
  readonly bias: number;
  /** Whether targets leave and others come. */
  readonly traffic: boolean;
  readonly formations: number;
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

/** A deterministic source of random numbers (SplitMix32, Steele and others 2014). */
export class Random {
  #state: number;
  #spare: number | undefined;
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    return ((bits ^ (bits >>> 15)) >>> 0) / 4294967296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** Standard normal (Box and Muller). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  poisson(mean: number): number {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let product = this.uniform();
    let count = 0;
    while (product > limit) {
      product *= this.uniform();
      count++;
    }
    return count;
  }
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

function radar(
  id: number,
  x: number,
  y: number,
  period: number,
  phase: number,
  rangeDeviation: number,
  azimuthDeviation: number,
  minimum: number,
  maximum: number,
): GeneratedSensor {
  return {
    id,
    x,
    y,
    period,
    phase,
    sd_range: rangeDeviation,
    sd_az: azimuthDeviation,
    pd: 0.9,
    min_range: minimum,
    max_range: maximum,
  };
}

const plain = { turnScale: 1, crossings: 0, bias: 0 } as const;
const quiet = { ...plain, singles: 20, smallShare: 0, manoeuvres: false, traffic: false, formations: 0 } as const;
const busy = { ...plain, smallShare: 0.4, manoeuvres: true, traffic: true, formations: 0 } as const;

export type SceneKind = "S1" | "S2" | "S3" | "S4";

/** Scenes of the four kinds that the benchmark knows. */
export const SCENES: Readonly<Record<SceneKind, SceneDescription>> = {
  S1: {
    ...quiet,
    name: "S1",
    scans: 150,
    sensors: [radar(0, 0, 0, 4, 0, 50, 0.00174533, 1000, 80_000)],
    clutter: 20,
    cutOff: 500,
    halfWidth: 60_000,
  },
  S2: {
    ...busy,
    name: "S2",
    scans: 300,
    sensors: [
      radar(0, 0, 0, 4, 0, 30, 0.00139626, 1000, 160_000),
      radar(1, -70_000, -60_000, 5, 1.3, 60, 0.00261799, 1000, 200_000),
      radar(2, 60_000, 50_000, 6, 2.7, 120, 0.00523599, 1000, 200_000),
    ],
    clutter: 50,
    cutOff: 1000,
    halfWidth: 100_000,
    singles: 200,
  },
  S3: {
    ...busy,
    name: "S3",
    scans: 100,
    sensors: [
      radar(0, -120_000, -120_000, 4, 0, 50, 0.00174533, 1000, 400_000),
      radar(1, 120_000, -120_000, 4, 1, 50, 0.00174533, 1000, 400_000),
      radar(2, -120_000, 120_000, 4, 2, 50, 0.00174533, 1000, 400_000),
      radar(3, 120_000, 120_000, 4, 3, 50, 0.00174533, 1000, 400_000),
    ],
    clutter: 500,
    cutOff: 1000,
    halfWidth: 250_000,
    singles: 2000,
  },
  S4: {
    ...plain,
    name: "S4",
    scans: 150,
    sensors: [radar(0, 0, 0, 4, 0, 60, 0.00349066, 500, 87_000)],
    clutter: 60,
    cutOff: 500,
    halfWidth: 60_000,
    singles: 20,
    smallShare: 0.5,
    manoeuvres: true,
    traffic: false,
    formations: 6,
  },
};

/** A sky of one of the kinds with all that a tracker could be fitted to drawn from the seed: who flies, who looks, and how well. */
export function variedScene(kind: SceneKind, seed: number): SceneDescription {
  const base = SCENES[kind];
  const random = new Random(Math.imul(seed, 0x01000193));
  const noise = random.between(0.6, 1.6);
  const pd = random.between(0.75, 0.97);
  const singles = Math.round(base.singles * random.between(0.6, 1.2));
  return {
    ...base,
    sensors: base.sensors.map((sensor) => ({
      ...sensor,
      pd,
      sd_range: sensor.sd_range * noise,
      sd_az: sensor.sd_az * noise,
    })),
    clutter: Math.round(base.clutter * random.between(0.4, 2.5)),
    singles,
    smallShare: base.manoeuvres ? random.between(0.2, 0.7) : 0,
    turnScale: random.between(0.6, 1.2),
    crossings: base.manoeuvres ? 0 : Math.floor(singles / 4),
    bias: random.between(0, 0.5),
    formations: base.formations === 0 ? 0 : Math.round(random.between(3, 8)),
  };
}
