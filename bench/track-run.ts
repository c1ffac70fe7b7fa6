/** Runs the tracker over a whole scene, and scores what it told at each scan's own time. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type PlaneSensor, PlaneTracker, type PlaneTrackerOptions } from "@openjmc/fusion";
import type { GeneratedHeader, GeneratedScan, GeneratedScene } from "./track-generator.ts";
import type { SceneKind } from "./track-scenes.ts";
import { scoreTracks, type ToldTrack, type TrackScore } from "./track-score.ts";

/** Scans that do not count: tracks are still being found. */
const WARM_UP: Readonly<Record<SceneKind, number>> = { S1: 10, S2: 30, S3: 30, S4: 10 };
const SHARED = process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../shared");

export interface TrackedScene {
  readonly told: ToldTrack[][];
  /** Processor time of the tracker alone: from polar plots to every track's state told, once per scan. */
  readonly seconds: number;
  readonly plots: number;
  readonly sum: number;
}

/** Plots that the compiler must have seen before its code is what runs all day. */
const WARM_PLOTS = 100_000;
const FEWEST_RUNS = 3;

/** The fastest of several runs: the others are the compiler's and the neighbours'. */
export function bestRun(scene: GeneratedScene): TrackedScene {
  let best = trackScene(scene);
  const runs = Math.max(FEWEST_RUNS, Math.ceil(WARM_PLOTS / best.plots));
  for (let run = 1; run < runs; run++) {
    const next = trackScene(scene);
    if (next.seconds < best.seconds) best = next;
  }
  return best;
}

/** A tracker on its way through a scene, scan by scan. */
export class SceneRun {
  readonly #tracker: PlaneTracker;
  readonly #scene: GeneratedScene;
  readonly #ranges: readonly Float64Array[];
  readonly #azimuths: readonly Float64Array[];
  seconds = 0;
  plots = 0;
  sum = 0;

  constructor(scene: GeneratedScene, options?: PlaneTrackerOptions) {
    const { header, scans } = scene;
    this.#scene = scene;
    this.#tracker = new PlaneTracker(
      header.sensors.map((sensor) => planeSensor(sensor, header)),
      options,
    );
    this.#ranges = scans.map(({ dets }) => Float64Array.from(dets, ([range]) => range));
    this.#azimuths = scans.map(({ dets }) => Float64Array.from(dets, ([, azimuth]) => azimuth));
  }

  /** Takes a scan and tells every track, against the clock; returns the seconds of processor time that it took. */
  take(index: number): number {
    const { sensor, t } = this.#scene.scans[index]!;
    const ranges = this.#ranges[index]!;
    const before = process.cpuUsage();
    this.#tracker.scan(sensor, t, ranges, this.#azimuths[index]!, ranges.length);
    this.#tracker.tell(t, (one) => {
      this.sum += one.x + one.y + one.vx + one.vy + one.pxx + one.pyy;
    });
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    this.seconds += seconds;
    this.plots += ranges.length;
    return seconds;
  }

  /** What is told at the scan just taken. */
  told(index: number): ToldTrack[] {
    const list: ToldTrack[] = [];
    this.#tracker.tell(this.#scene.scans[index]!.t, (one) => list.push({ ...one }));
    return list;
  }
}

export function trackScene(scene: GeneratedScene, options?: PlaneTrackerOptions): TrackedScene {
  const run = new SceneRun(scene, options);
  const told = scene.scans.map((_, index) => {
    run.take(index);
    return run.told(index);
  });
  return { told, seconds: run.seconds, plots: run.plots, sum: run.sum };
}

export function planeSensor(sensor: GeneratedHeader["sensors"][number], header: GeneratedHeader): PlaneSensor {
  return {
    x: sensor.x,
    y: sensor.y,
    rangeDeviation: sensor.sd_range,
    azimuthDeviation: sensor.sd_az,
    detectionProbability: sensor.pd,
    minimumRange: sensor.min_range,
    maximumRange: sensor.max_range,
    clutterPerScan: header.clutter_per_scan,
  };
}

export function scoreScene(scene: GeneratedScene, told: readonly (readonly ToldTrack[])[]): TrackScore {
  return scoreTracks(scene.scans, told, scene.header.gospa.c, WARM_UP[scene.header.name as SceneKind]);
}

/** A shared scene with its truth, where the folder is present. */
export function readSharedScene(kind: string): GeneratedScene | undefined {
  const file = (name: string): string => join(SHARED, "data/bench", `${kind}.${name}.jsonl`);
  if (!existsSync(file("scans"))) return undefined;
  const lines = (name: string): unknown[] =>
    readFileSync(file(name), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  const [header, ...scans] = lines("scans") as [GeneratedHeader, ...GeneratedScan[]];
  const truth = lines("truth") as GeneratedScan[];
  return { header, scans: scans.map((scan, index) => ({ ...scan, labels: [], targets: truth[index]!.targets })) };
}
