/**
 * Seeded scenarios of arrivals at acoustic and seismic stations, with truth: bursts and single rounds of several weapons,
 * wind and temperature that drift and differ from the estimate given, missed and false arrivals, dead time. Same seed, same
 * scenario. Sizes can be chosen so that the locator is tried on layouts that nobody looked at while it was made.
 */

/** What a scenario is made of. Lengths in metres, times in seconds. */
export interface ArrivalScenario {
  readonly name: string;
  readonly seed: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly columns: number;
  readonly rows: number;
  readonly duration: number;
  readonly events: number;
  /** Share of events that belong to bursts, and how many places bursts come from (0: each burst its own). */
  readonly burstShare: number;
  readonly batteries: number;
  readonly roundScatter: number;
  readonly seismic: boolean;
  readonly bearingError: number;
  /** One-sigma departure of the true weather from the estimate, and how much it drifts. */
  readonly temperatureError: number;
  readonly windError: number;
  readonly drift: number;
  /** One-sigma constant clock error of stations, and random variation of the source level (decibels): zero in the plain ones. */
  readonly clockError: number;
  readonly levelSpread: number;
  /** Relative error of single paths' travel times that nobody states: air that is not the same everywhere. */
  readonly pathError: number;
  /** Factor on the onset errors, probability of detection, and share of arrivals that are false; all three are stated. */
  readonly onsetScale: number;
  readonly detection: number;
  readonly falseShare: number;
}

export interface GeneratedArrival {
  readonly t: number;
  readonly s: number;
  readonly ph: "A" | "P";
  readonly amp: number;
  readonly f: number;
  readonly az?: number;
}

export interface GeneratedEvent {
  readonly id: number;
  readonly t: number;
  readonly x: number;
  readonly y: number;
  readonly cls: string;
  readonly burst: number;
  /** Arrivals of it that are in the scenario. */
  n: number;
}

export interface GeneratedScenario {
  readonly header: Record<string, unknown>;
  readonly arrivals: readonly GeneratedArrival[];
  readonly events: readonly GeneratedEvent[];
  /** Event of each arrival, −1 for false ones. */
  readonly labels: Int32Array;
}

export const VALLEY: ArrivalScenario = {
  name: "valley",
  seed: 1,
  halfWidth: 20_000,
  halfHeight: 20_000,
  columns: 4,
  rows: 3,
  duration: 3600,
  events: 500,
  burstShare: 0.6,
  batteries: 0,
  roundScatter: 27,
  seismic: false,
  bearingError: 0,
  temperatureError: 1,
  windError: 0.7,
  drift: 0.5,
  clockError: 0,
  levelSpread: 0,
  pathError: 0,
  onsetScale: 1,
  detection: 0.9,
  falseShare: 0.3,
};

export const FRONT: ArrivalScenario = {
  ...VALLEY,
  name: "front",
  halfWidth: 100_000,
  halfHeight: 50_000,
  columns: 12,
  rows: 5,
  duration: 21_600,
  events: 1250,
  burstShare: 0.45,
  seismic: true,
  temperatureError: 1.5,
  windError: 1,
  drift: 1,
};

export const BARRAGE: ArrivalScenario = {
  ...VALLEY,
  name: "barrage",
  columns: 5,
  rows: 5,
  duration: 60,
  events: 600,
  burstShare: 1,
  batteries: 12,
  roundScatter: 75,
  bearingError: 0.035,
  drift: 0.1,
};

interface Weapon {
  readonly what: string;
  readonly share: number;
  readonly frequency: number;
  readonly air: number;
  readonly ground: number;
}

const WEAPONS: readonly Weapon[] = [
  { what: "mortar", share: 0.3, frequency: 28, air: 112, ground: 52 },
  { what: "artillery", share: 0.33, frequency: 14, air: 122, ground: 62 },
  { what: "mlrs", share: 0.15, frequency: 18, air: 124, ground: 64 },
  { what: "impact", share: 0.19, frequency: 10, air: 126, ground: 66 },
  { what: "demolition", share: 0.03, frequency: 5, air: 135, ground: 75 },
];

const PICK_ERROR = { A: 0.02, P: 0.05 } as const;
const DEAD_TIME = 0.06;
const FRONT_PICK_ERROR = 0.03;

/** Makes a scenario: arrivals in order of time, their truth, and a header as `jmc locate` reads it. */
export function generateArrivals(scenario: ArrivalScenario): GeneratedScenario {
  const random = new Random(scenario.seed);
  const stations = layStations(scenario, random);
  const weather = makeWeather(scenario, random);
  const events = fire(scenario, random);
  const airError = scenario.onsetScale * (scenario.seismic ? FRONT_PICK_ERROR : PICK_ERROR.A);
  const groundError = scenario.onsetScale * PICK_ERROR.P;
  const heard = events.flatMap((event) =>
    hear(event, scenario, stations, weather, { air: airError, ground: groundError }, random),
  );
  const wrong = invent(heard, scenario, stations.length, random);
  const all = [...heard, ...wrong].sort((one, other) => one.arrival.t - other.arrival.t);
  const kept = thin(all);
  for (const { label } of kept) if (label >= 0) events[label]!.n++;
  return {
    header: {
      type: "header",
      name: scenario.name,
      duration: scenario.duration,
      sensors: stations.map(({ x, y }, id) => ({ id, x: round(x, 1), y: round(y, 1) })),
      met: {
        T: weather.estimate.temperature,
        wind: weather.estimate.wind,
        sd_T: scenario.temperatureError,
        sd_wind: scenario.windError,
      },
      pick_sd: scenario.seismic ? { A: airError, P: groundError } : { A: airError },
      vP: scenario.seismic ? 5000 : null,
      az_sd: scenario.bearingError || null,
      p_detect: scenario.detection,
      false_fraction: scenario.falseShare,
      deadtime: DEAD_TIME,
    },
    arrivals: kept.map(({ arrival }) => arrival),
    events,
    labels: Int32Array.from(kept, ({ label }) => label),
  };
}

interface Station {
  readonly x: number;
  readonly y: number;
  readonly clock: number;
}

function layStations(scenario: ArrivalScenario, random: Random): Station[] {
  const { columns, rows, halfWidth, halfHeight } = scenario;
  const [stepX, stepY] = [(2 * halfWidth) / columns, (2 * halfHeight) / rows];
  return Array.from({ length: columns * rows }, (_, index) => ({
    x: -halfWidth + ((index % columns) + 0.5) * stepX + random.normal() * 0.15 * stepX,
    y: -halfHeight + (Math.floor(index / columns) + 0.5) * stepY + random.normal() * 0.15 * stepY,
    clock: random.normal() * scenario.clockError,
  }));
}

interface Weather {
  readonly estimate: { readonly temperature: number; readonly wind: readonly [number, number] };
  readonly groundSpeed: number;
  at(time: number): { readonly speed: number; readonly east: number; readonly north: number };
}

function makeWeather(scenario: ArrivalScenario, random: Random): Weather {
  const estimate = {
    temperature: round(random.between(-5, 30), 1),
    wind: [round(random.normal() * 3, 1), round(random.normal() * 3, 1)] as const,
  };
  const temperature = estimate.temperature + random.normal() * scenario.temperatureError;
  const wind = [0, 1].map((axis) => estimate.wind[axis]! + random.normal() * scenario.windError);
  const phases = [0, 1, 2].map(() => random.between(0, 2 * Math.PI));
  const swing = (axis: number, time: number): number =>
    scenario.drift * Math.sin(((0.6 + 0.15 * axis) * time) / 3600 + phases[axis]!);
  return {
    estimate,
    groundSpeed: 5000 * (1 + 0.02 * random.normal()),
    at: (time) => ({
      speed: 331.3 * Math.sqrt(1 + (temperature + swing(0, time)) / 273.15),
      east: wind[0]! + swing(1, time),
      north: wind[1]! + swing(2, time),
    }),
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly weapon: Weapon;
}

function choosePlace(scenario: ArrivalScenario, random: Random): Place {
  const edge = scenario.batteries > 0 ? 0.8 : 0.97;
  const x = random.between(-edge, edge) * scenario.halfWidth;
  const y = random.between(-edge, edge) * scenario.halfHeight;
  return { x, y, weapon: chooseWeapon(random) };
}

function chooseWeapon(random: Random): Weapon {
  let left = random.next();
  for (const weapon of WEAPONS) {
    left -= weapon.share;
    if (left < 0) return weapon;
  }
  return WEAPONS[0]!;
}

function fire(scenario: ArrivalScenario, random: Random): GeneratedEvent[] {
  const made: Omit<GeneratedEvent, "id" | "n">[] = [];
  const add = (place: Place, time: number, burst: number): void => {
    const scatter = burst < 0 ? 0 : scenario.roundScatter;
    const [x, y] = [place.x + random.normal() * scatter, place.y + random.normal() * scatter];
    made.push({ t: round(time, 4), x: round(x, 1), y: round(y, 1), cls: place.weapon.what, burst });
  };
  const batteries = Array.from({ length: scenario.batteries }, () => choosePlace(scenario, random));
  let burst = 0;
  while (made.length < scenario.events) {
    const start = random.between(0, scenario.duration);
    if (batteries.length > 0) {
      const battery = Math.floor(random.next() * batteries.length);
      add(batteries[battery]!, start, battery);
    } else if (random.next() > scenario.burstShare / 5) add(choosePlace(scenario, random), start, -1);
    else {
      const place = choosePlace(scenario, random);
      const rounds = 3 + Math.floor(random.next() * 6);
      for (let each = 0; each < rounds; each++) add(place, start + random.between(0, 12), burst);
      burst++;
    }
  }
  made.sort((one, other) => one.t - other.t);
  return made.map((event, id) => ({ ...event, id, n: 0 }));
}

interface Labelled {
  readonly arrival: GeneratedArrival;
  readonly label: number;
}

function hear(
  event: GeneratedEvent,
  scenario: ArrivalScenario,
  stations: readonly Station[],
  weather: Weather,
  onset: { readonly air: number; readonly ground: number },
  random: Random,
): Labelled[] {
  const weapon = WEAPONS.find(({ what }) => what === event.cls)!;
  const { speed, east, north } = weather.at(event.t);
  const louder = random.normal() * scenario.levelSpread;
  const disturbed = (): number => (scenario.pathError > 0 ? scenario.pathError * random.normal() : 0);
  const heard: Labelled[] = [];
  stations.forEach((station, s) => {
    const [dx, dy] = [station.x - event.x, station.y - event.y];
    const distance = Math.hypot(dx, dy);
    const air = weapon.air + louder - 20 * Math.log10(distance / 1000) - distance / 4000;
    if (random.next() < scenario.detection && air > random.between(77, 91)) {
      const travel = (distance / (speed + (east * dx + north * dy) / distance)) * (1 + disturbed());
      const t = event.t + travel + random.normal() * onset.air + station.clock;
      const az = Math.atan2(-dx, -dy) + random.normal() * scenario.bearingError;
      const f = weapon.frequency * Math.exp(0.2 * random.normal());
      heard.push(label(event.id, t, s, "A", air + 3 * random.normal(), f, scenario.bearingError > 0 ? az : undefined));
    }
    const ground = weapon.ground + louder - 26 * Math.log10(distance / 1000);
    if (!scenario.seismic || random.next() > scenario.detection || ground < random.between(24, 38)) return;
    const t = event.t + distance / weather.groundSpeed + random.normal() * onset.ground + station.clock;
    heard.push(
      label(event.id, t, s, "P", ground + 3 * random.normal(), 8 * Math.exp(0.3 * random.normal()), undefined),
    );
  });
  return heard;
}

/** False arrivals, so many that they are the stated share of all. */
function invent(heard: readonly Labelled[], scenario: ArrivalScenario, stations: number, random: Random): Labelled[] {
  const count = Math.round((heard.length * scenario.falseShare) / (1 - scenario.falseShare));
  const ground = heard.filter(({ arrival }) => arrival.ph === "P").length / Math.max(1, heard.length);
  return Array.from({ length: count }, () => {
    const ph = random.next() < ground ? "P" : "A";
    const t = random.between(0, scenario.duration + 100);
    const amp = (ph === "A" ? 95 : 45) + 8 * random.normal();
    const f = 20 * Math.exp(0.7 * random.normal());
    const az = scenario.bearingError > 0 ? random.between(-Math.PI, Math.PI) : undefined;
    return label(-1, t, Math.floor(random.next() * stations), ph, amp, f, az);
  });
}

function label(
  event: number,
  t: number,
  s: number,
  ph: "A" | "P",
  amp: number,
  f: number,
  az: number | undefined,
): Labelled {
  const bearing = az === undefined ? {} : { az: round(Math.atan2(Math.sin(az), Math.cos(az)), 4) };
  return { label: event, arrival: { t: round(t, 4), s, ph, amp: round(amp, 1), f: round(f, 1), ...bearing } };
}

/** A station cannot report within its dead time after an arrival of the same phase. */
function thin(all: readonly Labelled[]): Labelled[] {
  const last = new Map<string, number>();
  return all.filter(({ arrival }) => {
    const channel = `${arrival.s}${arrival.ph}`;
    if (arrival.t - (last.get(channel) ?? Number.NEGATIVE_INFINITY) < DEAD_TIME) return false;
    last.set(channel, arrival.t);
    return true;
  });
}

function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}

/** A scenario of one of the kinds with all that a locator could be fitted to drawn from the seed: stations, noise, fire, weather. */
export function variedScenario(base: ArrivalScenario, seed: number): ArrivalScenario {
  const random = new Random(Math.imul(seed, 0x01000193));
  const crowd = random.between(0.6, 1.4);
  return {
    ...base,
    name: `varied ${base.name}`,
    columns: base.columns + Math.floor(random.between(-1, 2)),
    rows: base.rows + Math.floor(random.between(0, 2)),
    events: Math.round(base.events * crowd),
    burstShare: base.batteries > 0 ? 1 : random.between(0.3, 0.8),
    batteries: base.batteries > 0 ? Math.round(random.between(6, 20)) : 0,
    roundScatter: base.roundScatter * random.between(0.5, 2),
    temperatureError: base.temperatureError * random.between(0.5, 2),
    windError: base.windError * random.between(0.5, 2),
    drift: base.drift * random.between(0, 2),
    levelSpread: random.between(0, 2),
    onsetScale: random.between(0.6, 1.6),
    detection: random.between(0.8, 0.97),
    falseShare: random.between(0.15, 0.4),
    seed,
  };
}

/** Mulberry32 by Tommy Ettinger (public domain), with normal deviates by Box and Muller (1958). */
class Random {
  #state: number;
  #kept: number | undefined;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  normal(): number {
    if (this.#kept !== undefined) {
      const kept = this.#kept;
      this.#kept = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    const angle = 2 * Math.PI * this.next();
    this.#kept = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
