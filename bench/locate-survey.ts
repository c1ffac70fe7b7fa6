/**
 * The locator beside its targets: on the shared scenarios, on other seeds of the same kinds, on scenarios whose stations, noise, fire and
 * weather are drawn from the seed, and on such where clocks are wrong or the air is uneven and nobody says so. No part of `npm run bench`:
 *
 *     node bench/locate-survey.ts [--kinds valley,front,barrage,clocks,uneven] [--seeds 10] [--speed]
 */
import { parseArgs } from "node:util";
import { type ArrivalScenario, BARRAGE, FRONT, VALLEY, variedScenario } from "./arrivals-generator.ts";
import { type EventScore, scoreEvents } from "./event-score.ts";
import { bestRun, generatedScenario, locate, readShared, type Scenario } from "./locate-run.ts";

interface Kind {
  readonly shared: readonly string[];
  readonly scenario: ArrivalScenario;
  /** F1, strict F1, median and 95 % error at most, bursts exact, arrivals a second: what the shared scenarios ask. */
  readonly target: readonly [number, number, number, number, number, number];
  readonly varied: boolean;
}

const LIKE_VALLEY = [0.98, 0.96, 7, 40, 0.85, 20_000] as const;
const KINDS: Readonly<Record<string, Kind>> = {
  valley: { shared: ["E1", "E1n"], scenario: VALLEY, target: LIKE_VALLEY, varied: true },
  front: { shared: ["E2"], scenario: FRONT, target: [0.95, 0.92, 14, 60, 0.7, 20_000], varied: true },
  barrage: { shared: ["E3"], scenario: BARRAGE, target: [0.95, 0.93, 5, 20, 0.8, 5000], varied: true },
  clocks: { shared: [], scenario: { ...VALLEY, clockError: 0.1 }, target: LIKE_VALLEY, varied: false },
  uneven: { shared: [], scenario: { ...VALLEY, pathError: 0.0005 }, target: LIKE_VALLEY, varied: false },
};
const FIRST_SEED = 201;

interface Row extends EventScore {
  readonly arrivalsPerSecond: number;
}

const { values } = parseArgs({
  options: {
    kinds: { type: "string", default: Object.keys(KINDS).join() },
    seeds: { type: "string", default: "10" },
    speed: { type: "boolean", default: false },
  },
});

function survey(scenario: Scenario): Row {
  const { found, seconds } = values.speed ? bestRun(scenario) : locate(scenario);
  const row = {
    ...scoreEvents(scenario.truth, found),
    arrivalsPerSecond: Math.round(scenario.arrivals.length / seconds),
  };
  show(scenario.label, row);
  return row;
}

function show(label: string, row: Row): void {
  console.log(
    `${label.padEnd(24)} F1 ${row.f1.toFixed(3)}  strict ${row.strictF1.toFixed(3)}  error ${row.medianError.toFixed(1)} / ` +
      `${row.error95.toFixed(1)} m  bursts ${row.burstsExact.toFixed(2)}  in ellipse ${row.inEllipse95.toFixed(3)}  ` +
      `${row.arrivalsPerSecond} arrivals/s`,
  );
}

function summarise(label: string, rows: readonly Row[], target: Kind["target"]): void {
  const mean = (of: (row: Row) => number): string => {
    const value = rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
    return value.toPrecision(3);
  };
  const shares = rows.map((row) => row.inEllipse95);
  const [f1, strict, median, far, bursts, speed] = target;
  console.log(
    `${label.padEnd(24)} F1 ${mean((row) => row.f1)} (${f1})  strict ${mean((row) => row.strictF1)} (${strict})  ` +
      `error ${mean((row) => row.medianError)} / ${mean((row) => row.error95)} m (${median} / ${far})  ` +
      `bursts ${mean((row) => row.burstsExact)} (${bursts})  in ellipse ${mean((row) => row.inEllipse95)}, ` +
      `${Math.min(...shares).toFixed(3)} to ${Math.max(...shares).toFixed(3)} (0.92-0.98)  ` +
      `${mean((row) => row.arrivalsPerSecond)} arrivals/s (${speed})\n`,
  );
}

const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => FIRST_SEED + index);
for (const name of values.kinds.split(",")) {
  const { shared, scenario, target, varied } = KINDS[name]!;
  for (const each of shared.flatMap(readShared)) survey(each);
  const same = seeds.map((seed) => survey(generatedScenario({ ...scenario, name }, seed)));
  summarise(name, same, target);
  if (!varied) continue;
  const other = seeds.map((seed) => survey(generatedScenario(variedScenario(scenario, seed), seed)));
  summarise(`varied ${name}`, other, target);
}
