/** The kinds of sky that the tracker is measured on, and skies drawn from a seed: who flies, who looks, and how well. */
import { Random } from "./random.ts";
import type { GeneratedSensor } from "./track-generator.ts";

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
