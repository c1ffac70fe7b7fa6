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
import { type GeneratedScene, generateScene, Random, SCENES, type SceneKind } from "./track-generator.ts";
import { bestRun, readSharedScene, SceneRun, scoreScene } from "./track-run.ts";
import type { TrackScore } from "./track-score.ts";

const SEEDS = [101, 102, 103, 104, 105, 106] as const;

const GROWTH_RUNS = 6;

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

/**
 * Microseconds per plot of three skies: one of 200 targets; ten of them with a tracker each, taken by turns, so that what is looked up
 * is the same and only the memory is that of 2,000; and one of 2,000 as thinly spread as the 200, where no more tracks meet each other.
 */
export interface CostGrowth {
  readonly alone: number;
  readonly tenByTurns: number;
  readonly asThinlySpread: number;
}

export interface TrackBench {
  readonly name: string;
  readonly headline: string;
  readonly rows: readonly TrackBenchRow[];
  /** Microseconds per plot by number of targets: whole scans on the plane. */
  readonly costPerPlot: Readonly<Record<number, number>>;
  /** What of its growth is no work of the tracker's: see `growthOfCost`. */
  readonly growth: CostGrowth;
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
  growth: CostGrowth,
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
  const cost = `${costPerPlot[200]} µs a plot at 200 targets, ${costPerPlot[2000]} at 2,000, ${growth.tenByTurns} at ten times 200 by turns`;
  return [...kinds, cost].join("; ");
}

/** The same sky with more and more in it: false plots stay as many per target. */
function costByTargets(): Record<number, number> {
  const cost: Record<number, number> = {};
  for (const targets of [200, 500, 1000, 2000]) {
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

/** How much the cost grows by memory alone, and how much where tracks stay as far from each other: the least of several runs. */
function growthOfCost(): CostGrowth {
  const small = Array.from({ length: 10 }, (_, index) => skyOf(200, 7 + index));
  const thin = [skyOf(2000, 7, Math.sqrt(10))];
  const least = { alone: Infinity, tenByTurns: Infinity, asThinlySpread: Infinity };
  for (let run = 0; run < GROWTH_RUNS; run++) {
    const alone = small.map((sky) => secondsByTurns([sky]));
    const seconds = alone.reduce((sum, one) => sum + one.seconds, 0);
    const plots = alone.reduce((sum, one) => sum + one.plots, 0);
    least.alone = Math.min(least.alone, seconds / plots);
    for (const [name, skies] of [["tenByTurns", small] as const, ["asThinlySpread", thin] as const]) {
      const turns = secondsByTurns(skies);
      least[name] = Math.min(least[name], turns.seconds / turns.plots);
    }
  }
  const microseconds = (seconds: number): number => Math.round(seconds * 1e8) / 100;
  return {
    alone: microseconds(least.alone),
    tenByTurns: microseconds(least.tenByTurns),
    asThinlySpread: microseconds(least.asThinlySpread),
  };
}

/** Scan after scan of every sky, each taken by a tracker of its own. */
function secondsByTurns(skies: readonly GeneratedScene[]): { readonly seconds: number; readonly plots: number } {
  const runs = skies.map((sky) => new SceneRun(sky));
  for (let scan = 0; scan < skies[0]!.scans.length; scan++) for (const run of runs) run.take(scan);
  return {
    seconds: runs.reduce((sum, run) => sum + run.seconds, 0),
    plots: runs.reduce((sum, run) => sum + run.plots, 0),
  };
}

/** Reports with a name, positions without one, and plots of a turning radar: microseconds per plot from 200 to 2,000 targets. */
function liveCostByTargets(kind: LiveKind): Record<number, number> {
  const cost: Record<number, number> = {};
  for (const targets of [200, 500, 1000, 2000]) {
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
