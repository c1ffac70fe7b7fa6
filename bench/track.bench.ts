/**
 * The tracker on scenes made from seeds it was not tuned on, and where the shared scenes S1–S4 are present, on those: GOSPA, identity
 * F1, honesty of the covariances, plots per second on one core, and the cost per plot as targets grow from 200 to 2,000.
 * Everything is told at the scan's own time: no figure rests on later plots.
 */
import {
  createTracker,
  DEFAULT_TRACKER_CONFIGURATION,
  type Plot,
  type PositionPlot,
  type SensorConfiguration,
  type TrackerConfiguration,
} from "@openjmc/fusion";
import { MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { Random } from "./random.ts";
import { type GeneratedScene, generateScene } from "./track-generator.ts";
import { bestRun, readSharedScene, SceneRun, scoreScene } from "./track-run.ts";
import { SCENES, type SceneKind } from "./track-scenes.ts";
import type { TrackScore } from "./track-score.ts";

const SEEDS = [101, 102, 103, 104, 105, 106] as const;

/** Numbers of targets by which the cost of a plot is asked. */
const TARGETS = [200, 500, 1000, 2000] as const;
const MOST_TARGETS = 2000;
const GROWTH_RUNS = 8;
const FIRST_TIMED = 8;

const LIVE_KINDS = ["named", "nameless", "radar"] as const;
type LiveKind = (typeof LIVE_KINDS)[number];
const LIVE_START = 1_600_000_000_000_000;
const LIVE_RADAR: SensorConfiguration = {
  source: "radar",
  kind: "radar",
  lon: 10,
  lat: 50,
  heightMetres: 100,
  rangeDeviation: 50,
  azimuthDeviation: 0.0015,
  detectionProbability: 0.9,
  minimumRangeMetres: 1000,
  maximumRangeMetres: 300_000,
  periodSeconds: 4,
  clutterPerPeriod: 20,
};
const LIVE_CONFIGURATION: TrackerConfiguration = {
  ...DEFAULT_TRACKER_CONFIGURATION,
  centreLon: LIVE_RADAR.lon,
  centreLat: LIVE_RADAR.lat,
  sensors: [LIVE_RADAR],
};

export interface TrackBenchRow extends TrackScore {
  readonly scene: string;
  readonly plots: number;
  readonly plotsPerSecond: number;
}

export interface TrackBench {
  readonly name: string;
  readonly headline: string;
  readonly rows: readonly TrackBenchRow[];
  /** Microseconds per plot by number of targets in one area: whole scans on the plane, of more and more crowded skies. */
  readonly costPerPlot: Readonly<Record<number, number>>;
  /** The same where the sky grows with the targets, so that as many fly on each square kilometre: see `growthOfCost`. */
  readonly growth: Readonly<Record<number, number>>;
  /** The same of the live tracker, plot by plot with its changes told four times a second, by kind of plot. */
  readonly liveCostPerPlot: Readonly<Record<LiveKind, Readonly<Record<number, number>>>>;
  /** Sum over every number told, so that no work can be left out. */
  readonly checksum: number;
}

export function run(): TrackBench {
  const rows: TrackBenchRow[] = [];
  let checksum = 0;
  const measure = (label: string, scene: GeneratedScene): void => {
    const tracked = bestRun(scene);
    const { seconds, plots, sum } = tracked;
    checksum += sum;
    rows.push({ scene: label, plots, plotsPerSecond: Math.round(plots / seconds), ...scoreScene(scene, tracked.told) });
  };
  for (const kind of Object.keys(SCENES) as SceneKind[]) {
    const shared = readSharedScene(kind);
    if (shared) measure(`shared ${kind}`, shared);
    for (const seed of SEEDS) measure(`${kind} seed ${seed}`, generateScene(SCENES[kind], seed));
  }
  const costPerPlot = costByTargets();
  const growth = growthOfCost();
  return {
    name: "tracks: plots to tracks, told at each scan's own time",
    headline: headlineOf(rows, costPerPlot, growth),
    rows,
    costPerPlot,
    growth,
    liveCostPerPlot: Object.fromEntries(LIVE_KINDS.map((kind) => [kind, liveCostByTargets(kind)])) as Record<
      LiveKind,
      Record<number, number>
    >,
    checksum: Math.round(checksum),
  };
}

/** The means of each kind of scene over all its seeds, and the worst of them; the shared one is a seed like the others. */
function headlineOf(
  rows: readonly TrackBenchRow[],
  costPerPlot: Readonly<Record<number, number>>,
  growth: Readonly<Record<number, number>>,
): string {
  const kinds = (Object.keys(SCENES) as SceneKind[]).map((kind) => {
    const some = rows.filter(({ scene }) => scene.includes(kind));
    const mean = (of: (row: TrackBenchRow) => number): number =>
      some.reduce((sum, row) => sum + of(row), 0) / some.length;
    const worst = Math.min(...some.map(({ idf1 }) => idf1));
    const [gospa, idf1, nees] = [mean((row) => row.gospa), mean((row) => row.idf1), mean((row) => row.nees)];
    const thousands = Math.round(mean((row) => row.plotsPerSecond) / 1000);
    return `${kind}: GOSPA ${gospa.toFixed(0)}, IDF1 ${idf1.toFixed(3)} (worst ${worst.toFixed(3)}), NEES ${nees.toFixed(2)}, ${thousands}k plots/s`;
  });
  const cost = `${growth[200]} µs a plot at 200 targets, ${growth[2000]} at 2,000 as far from each other, ${costPerPlot[200]} and ${costPerPlot[2000]} in one area`;
  return [...kinds, cost].join("; ");
}

/** The same sky with more and more in it: false plots stay as many per target. */
function costByTargets(): Record<number, number> {
  const cost: Record<number, number> = {};
  for (const targets of TARGETS) {
    const scene = skyOf(targets, 7);
    const { seconds, plots } = bestRun(scene);
    cost[targets] = Math.round((seconds / plots) * 1e8) / 100;
  }
  return cost;
}

/** The sky of `costByTargets`, its sides `stretch` times as long, and its radars' errors across no larger for it. */
function skyOf(targets: number, seed: number, stretch = 1): GeneratedScene {
  const sensors = SCENES.S3.sensors.map((sensor) => ({
    ...sensor,
    x: sensor.x * stretch,
    y: sensor.y * stretch,
    max_range: sensor.max_range * stretch,
    sd_az: sensor.sd_az / stretch,
  }));
  const halfWidth = SCENES.S3.halfWidth * stretch;
  return generateScene({ ...SCENES.S3, scans: 60, singles: targets, clutter: targets / 4, sensors, halfWidth }, seed);
}

/**
 * As many targets on each square kilometre and as many plots for each target, whatever the number of targets; as many plots for each
 * number. Of each scan the least of several runs counts: the others are the compiler's and the neighbours'.
 */
function growthOfCost(): Record<number, number> {
  const cost: Record<number, number> = {};
  for (const targets of TARGETS) {
    const skies = Array.from({ length: MOST_TARGETS / targets }, (_, index) =>
      skyOf(targets, 7 + index, Math.sqrt(targets / MOST_TARGETS)),
    );
    const timed = skies.map(leastSeconds);
    const seconds = timed.reduce((sum, one) => sum + one.seconds, 0);
    const plots = timed.reduce((sum, one) => sum + one.plots, 0);
    cost[targets] = Math.round((seconds / plots) * 1e8) / 100;
  }
  return cost;
}

/** Least seconds of each scan, summed up, without the first scans, in which the tracker's memory is laid out. */
function leastSeconds(sky: GeneratedScene): { readonly seconds: number; readonly plots: number } {
  const least = sky.scans.map(() => Number.POSITIVE_INFINITY);
  for (let time = 0; time < GROWTH_RUNS; time++) {
    const scanner = new SceneRun(sky);
    for (const scan of sky.scans.keys()) least[scan] = Math.min(least[scan]!, scanner.take(scan));
  }
  return {
    seconds: least.slice(FIRST_TIMED).reduce((sum, seconds) => sum + seconds, 0),
    plots: sky.scans.slice(FIRST_TIMED).reduce((sum, { dets }) => sum + dets.length, 0),
  };
}

/** Reports with a name, positions without one, and plots of a turning radar: microseconds per plot from 200 to 2,000 targets. */
function liveCostByTargets(kind: LiveKind): Record<number, number> {
  const cost: Record<number, number> = {};
  for (const targets of TARGETS) {
    const plots = livePlots(kind, targets);
    // As many plots for each number, so that the compiler has seen the code as often.
    const runs = Math.max(2, Math.ceil(40_000 / plots.length));
    let least = Number.POSITIVE_INFINITY;
    for (let run = 0; run < runs; run++) least = Math.min(least, secondsFor(plots));
    cost[targets] = Math.round((least / plots.length) * 1e8) / 100;
  }
  return cost;
}

function secondsFor(plots: readonly Plot[]): number {
  const tracker = createTracker(LIVE_CONFIGURATION);
  let tick = plots[0]!.at;
  const before = process.cpuUsage();
  for (const plot of plots) {
    for (; tick < plot.at; tick += MICROSECONDS_PER_SECOND / 4) {
      tracker.tick(tick);
      tracker.changes();
    }
    tracker.report(plot);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Straight flights over 400 by 400 km for 24 seconds. */
function livePlots(kind: LiveKind, targets: number): Plot[] {
  const random = new Random(targets);
  const plots: Plot[] = [];
  const step = kind === "radar" ? LIVE_RADAR.periodSeconds : 1;
  for (let target = 0; target < targets; target++) {
    const [x, y] = [random.between(-200_000, 200_000), random.between(-200_000, 200_000)];
    const [u, v, phase] = [random.between(-200, 200), random.between(-200, 200), random.uniform()];
    for (let second = 0; second < 24; second += step) {
      const azimuth = Math.atan2(x + u * second, y + v * second);
      const seconds = second + (kind === "radar" ? step * (0.5 + azimuth / (2 * Math.PI)) : phase);
      const at = LIVE_START + Math.round(seconds * MICROSECONDS_PER_SECOND);
      const east = x + u * seconds + 10 * random.normal();
      const north = y + v * seconds + 10 * random.normal();
      const common = { frame: 0, source: kind, at, altitudeMetres: 8000 };
      if (kind === "radar") plots.push({ ...common, kind: "polar", rangeMetres: Math.hypot(east, north), azimuth });
      else plots.push({ ...common, kind: "position", ...degreesAt(east, north), ...namedAs(kind, target, u, v) });
    }
  }
  return plots.sort((left, right) => left.at - right.at).map((plot, frame) => ({ ...plot, frame }));
}

function namedAs(kind: LiveKind, target: number, velocityEast: number, velocityNorth: number): Partial<PositionPlot> {
  if (kind === "nameless") return { positionDeviation: 15 };
  const icao = (0x100000 + target).toString(16).toUpperCase();
  return { positionDeviation: 15, velocityEast, velocityNorth, identity: { icao } };
}

function degreesAt(east: number, north: number): { readonly lon: number; readonly lat: number } {
  return { lon: LIVE_RADAR.lon + east / 71_500, lat: LIVE_RADAR.lat + north / 111_200 };
}

if (import.meta.main) {
  const bench = run();
  for (const row of bench.rows)
    console.log(
      `${row.scene.padEnd(12)} GOSPA ${row.gospa.toFixed(0).padStart(5)}  IDF1 ${row.idf1.toFixed(4)}  ` +
        `NEES ${row.nees.toFixed(2)}  missed ${row.missedPerScan.toFixed(2)}  false ${row.falsePerScan.toFixed(2)}  ` +
        `${row.plotsPerSecond} plots/s`,
    );
  console.log("microseconds per plot by targets", bench.costPerPlot, "checksum", bench.checksum);
  console.log("growth", bench.growth);
  console.log("live", bench.liveCostPerPlot);
}
