/** Runs the locator over a whole scenario, with a tick a minute, as `jmc locate` does. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  classify,
  DEFAULT_MODELS,
  decide,
  type LocatorModels,
  type PlaneArrival,
  type PlaneEvent,
  PlaneLocator,
} from "@openjmc/fusion";
import { type ArrivalScenario, type GeneratedArrival, generateArrivals } from "./arrivals-generator.ts";
import type { FoundEvent, TrueEvent } from "./event-score.ts";

export const SHARED_NAMES = ["E1", "E1n", "E2", "E3"] as const;
const SHARED = process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../shared");
const TICK = 60;

export interface Scenario {
  readonly label: string;
  readonly header: Record<string, unknown>;
  readonly arrivals: readonly GeneratedArrival[];
  readonly truth: readonly TrueEvent[];
}

/** A shared scenario with its truth, where the folder is present. */
export function readShared(name: string): Scenario[] {
  const file = join(SHARED, `data/bench/${name}.picks.jsonl`);
  if (!existsSync(file)) return [];
  const read = (path: string): unknown[] =>
    readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  const [header, ...arrivals] = read(file);
  const truth = read(file.replace("picks", "events")).slice(1) as TrueEvent[];
  return [
    {
      label: `shared ${name}`,
      header: header as Record<string, unknown>,
      arrivals: arrivals as GeneratedArrival[],
      truth,
    },
  ];
}

export function generatedScenario(kind: ArrivalScenario, seed: number): Scenario {
  const { header, arrivals, events } = generateArrivals({ ...kind, seed });
  return { label: `${kind.name} seed ${seed}`, header, arrivals, truth: events };
}

export interface Located {
  readonly found: FoundEvent[];
  readonly seconds: number;
}

/** Arrivals that the compiler must have seen before its code is what runs all day. */
const WARM_ARRIVALS = 50_000;
const FEWEST_RUNS = 3;

/** The fastest of several runs: the others are the compiler's and the neighbours'. */
export function bestRun(scenario: Scenario): Located {
  let best = locate(scenario);
  const runs = Math.max(FEWEST_RUNS, Math.ceil(WARM_ARRIVALS / scenario.arrivals.length));
  for (let run = 1; run < runs; run++) {
    const next = locate(scenario);
    if (next.seconds < best.seconds) best = next;
  }
  return best;
}

export function locate({ header, arrivals }: Scenario): Located {
  const prepared = arrivals.map((arrival, frame) => planeArrival(arrival, frame, header));
  const started = process.cpuUsage();
  const locator = new PlaneLocator({
    stations: stationsOf(header),
    weather: weatherOf(header),
    models: modelsOf(header),
  });
  const found = new Map<number, FoundEvent & { readonly event: PlaneEvent }>();
  const advance = (now: number): void => {
    locator.advance(now);
    for (const event of locator.takeChanged()) {
      const [x, y, t] = event.state as unknown as readonly [number, number, number];
      if (event.status === "withdrawn" || event.status === "merged") found.delete(event.key);
      else found.set(event.key, { t, x, y, cov: locator.spreadOf(event), event });
    }
  };
  let tick = prepared[0]!.time + TICK;
  for (const arrival of prepared) {
    if (arrival.time > tick) {
      advance(tick);
      tick = Math.ceil(arrival.time / TICK) * TICK;
    }
    locator.add(arrival);
  }
  const last = prepared.at(-1)!.time;
  const { settleAfter, forgetAfter } = locator.field.limits;
  for (const later of [0, settleAfter + 1, forgetAfter + 1]) advance(last + later);
  const seconds = process.cpuUsage(started).user / 1e6;
  const { evidence } = locator.field;
  return {
    found: [...found.values()].map(({ event, ...place }) => ({
      ...place,
      what: decide(event, evidence),
      probability: classify(event, evidence)[0]!.probability,
    })),
    seconds,
  };
}

function planeArrival(arrival: GeneratedArrival, frame: number, header: Record<string, unknown>): PlaneArrival {
  const onset = header.pick_sd as Record<string, number>;
  return {
    frame,
    station: arrival.s,
    phase: arrival.ph === "A" ? 0 : 1,
    time: arrival.t,
    timeError: onset[arrival.ph]!,
    clockError: 0,
    amplitude: arrival.amp,
    frequency: arrival.f,
    backAzimuth: arrival.az ?? Number.NaN,
    bearingError: (header.az_sd as number | null) ?? Number.NaN,
  };
}

function stationsOf(header: Record<string, unknown>) {
  const sensors = header.sensors as readonly { readonly id: number; readonly x: number; readonly y: number }[];
  return sensors.map(({ id, x, y }) => ({ id: String(id), east: x, north: y }));
}

function weatherOf(header: Record<string, unknown>) {
  const met = header.met as { T: number; wind: readonly [number, number]; sd_T: number; sd_wind: number };
  return {
    temperature: met.T,
    windEast: met.wind[0],
    windNorth: met.wind[1],
    temperatureError: met.sd_T,
    windError: met.sd_wind,
  };
}

function modelsOf(header: Record<string, unknown>): LocatorModels {
  const onset = header.pick_sd as { readonly A: number; readonly P?: number };
  const { A, P } = DEFAULT_MODELS.phases;
  return {
    ...DEFAULT_MODELS,
    phases: {
      A: { ...A!, timeError: onset.A },
      ...(onset.P === undefined ? {} : { P: { ...P!, timeError: onset.P, speed: header.vP as number } }),
    },
    falseFraction: header.false_fraction as number,
    detectionProbability: header.p_detect as number,
    deadTime: header.deadtime as number,
  };
}
