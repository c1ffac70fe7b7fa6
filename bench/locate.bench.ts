/**
 * Arrivals to events on scenarios from seeds the locator was not made with, and where they are present on the shared E1, E1n,
 * E2, E3: how many were found, how well, how honestly, and arrivals per second of processor time. One configuration for all.
 */
import { type ArrivalScenario, BARRAGE, FRONT, VALLEY } from "./arrivals-generator.ts";
import { type ClassScore, scoreClasses } from "./class-score.ts";
import { type EventScore, scoreEvents } from "./event-score.ts";
import { bestRun, generatedScenario, locate, readShared, SHARED_NAMES } from "./locate-run.ts";

const SEEDS = [101, 102] as const;
const KINDS: readonly ArrivalScenario[] = [VALLEY, FRONT, BARRAGE];
/** Unstated clock errors of a tenth of a second at every station. */
const WRONG_CLOCKS: ArrivalScenario = { ...VALLEY, name: "valley with wrong clocks", clockError: 0.1 };

/** Barrages by events a second and seconds: the same rounds ever closer together, then as close for twice as long. */
const FIRES = [
  [1, 600],
  [3, 200],
  [10, 60],
  [10, 120],
] as const;
const FIRE_SEED = 104;
const FIRE_RUNS = 2;

/** What an arrival costs through a barrage. */
export interface FireRow {
  readonly eventsPerSecond: number;
  readonly seconds: number;
  readonly arrivals: number;
  readonly microsecondsPerArrival: number;
}

export interface LocateBenchRow extends EventScore {
  readonly scenario: string;
  /** What it was: see `scoreClasses`. */
  readonly classes: ClassScore | undefined;
  readonly arrivals: number;
  readonly arrivalsPerSecond: number;
}

export interface LocateBench {
  readonly name: string;
  readonly headline: string;
  readonly rows: readonly LocateBenchRow[];
  readonly fires: readonly FireRow[];
  /** Sum over every number told, so that no work can be left out. */
  readonly checksum: number;
}

export function run(): LocateBench {
  const scenarios = [
    ...SHARED_NAMES.flatMap(readShared),
    ...KINDS.flatMap((kind) => SEEDS.map((seed) => generatedScenario(kind, seed))),
    generatedScenario(WRONG_CLOCKS, 103),
  ];
  let checksum = 0;
  const rows = scenarios.map((scenario) => {
    const { found, seconds } = bestRun(scenario);
    for (const { t, x, y } of found) checksum += t + x + y;
    const score = Object.entries(scoreEvents(scenario.truth, found)).map(([key, value]) => [
      key,
      Number(value.toFixed(4)),
    ]);
    const arrivals = scenario.arrivals.length;
    const arrivalsPerSecond = Math.round(arrivals / seconds);
    const classes = scoreClasses(scenario.truth, found);
    return {
      scenario: scenario.label,
      arrivals,
      arrivalsPerSecond,
      ...(Object.fromEntries(score) as EventScore),
      classes,
    };
  });
  const fires = FIRES.map(([rate, duration]) => {
    const runs = Array.from({ length: FIRE_RUNS }, () => costOf(rate, duration));
    return runs.sort((one, other) => one.microsecondsPerArrival - other.microsecondsPerArrival)[0]!;
  });
  const name = "location: arrivals to events";
  return { name, headline: headlineOf(rows), rows, fires, checksum: Math.round(checksum) };
}

/** Processor time of an arrival through a barrage of so many events a second that lasts so many seconds. */
function costOf(eventsPerSecond: number, duration: number): FireRow {
  const kind = { ...BARRAGE, duration, events: eventsPerSecond * duration };
  const scenario = generatedScenario(kind, FIRE_SEED);
  const arrivals = scenario.arrivals.length;
  const microseconds = (locate(scenario).seconds * 1e6) / arrivals;
  return { eventsPerSecond, seconds: duration, arrivals, microsecondsPerArrival: Math.round(microseconds) };
}

/** Speed and accuracy on the shared scenarios, or on all where those are absent. */
function headlineOf(rows: readonly LocateBenchRow[]): string {
  const shared = rows.filter(({ scenario }) => scenario.startsWith("shared"));
  const told = (shared.length > 0 ? shared : rows).map(
    ({ scenario, arrivalsPerSecond, strictF1, medianError }) =>
      `${scenario.replace("shared ", "")}: ${arrivalsPerSecond.toLocaleString("en")} arrivals/s, strict F1 ${strictF1.toFixed(3)}, ${medianError.toFixed(1)} m`,
  );
  return told.join("; ");
}
