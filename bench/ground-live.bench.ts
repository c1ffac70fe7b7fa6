/**
 * From a blast to its event in a console: an exercise whose acoustic stations all send waveforms, over SeedLink and MQTT, into a centre
 * in a process of its own, which picks, locates and names them; and a console's own row store at the end of its stream of changes.
 * Times are the scenario's: what the wire and the program take of the wall's counts as many times as the exercise is faster than it.
 * Truth is the exercise's: its wind varies in space and time, it has echoes, gusts, thunder and clocks that are wrong.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { EVENT_RULES, type ExerciseScore } from "@openjmc/exercise";
import type { EventRow, Instant } from "@openjmc/model";
import { openSigner } from "../apps/centre/src/signer/signer-folder.ts";
import { jmc } from "../test/support/jmc.ts";
import { steadyPort } from "../test/support/port.ts";
import { until } from "../test/support/wait.ts";
import { quantile, rounded } from "./support/quantile.ts";
import { recordersMission } from "./support/recorders-mission.ts";
import { openRowsTab } from "./support/rows-tab.ts";

const JMC = join(import.meta.dirname, "../apps/centre/src/cli/jmc.ts");
const OFFICER = "A-Duty-1";
/** The passphrase of demonstration keys, which everybody knows. */
const PASSPHRASE = "exercise";
const SEEDS = ["11"];
const MINUTES = 5;
/** Faster, what the wall's clock takes would count so many times. */
const SPEED = 1;

interface Shown {
  readonly first: EventRow;
  /** The centre's clock when the store had it. */
  readonly storedAt: Instant;
  last: EventRow;
}

export async function run(seeds: readonly string[] = SEEDS, minutes = MINUTES, speed = SPEED) {
  const results = [];
  for (const seed of seeds) results.push(await measure(seed, minutes, speed));
  const told = results.flatMap(({ secondsAfterLast }) => secondsAfterLast);
  const summary = summaryOf(told);
  return {
    name: "waveforms over SeedLink and MQTT to located events in the console's row store",
    headline: `${summary.p50} s after the last arrival that was needed, p95 ${summary.p95} s, of ${told.length} events`,
    unit: `seconds of the scenario at ${speed}x`,
    afterLastNeeded: summary,
    runs: results.map(({ secondsAfterLast: _all, ...rest }) => rest),
  };
}

async function measure(seed: string, minutes: number, speed: number) {
  const root = mkdtempSync(join(tmpdir(), "openjmc-bench-"));
  const data = join(root, "centre");
  try {
    const mission = recordersMission(join(root, "mission"));
    const shown = await watch(data, mission.folder, seed, minutes, speed);
    const { stdout, stderr } = await jmc(["exercise", "score", "--data", data, "--json"]);
    if (stdout === "") throw new Error(stderr);
    const { events } = JSON.parse(stdout) as ExerciseScore;
    const standing = [...shown.values()].filter(({ last }) => last.status === "automatic" || last.status === "settled");
    const afterLast = standing.map(({ first, storedAt }) => (storedAt - lastArrival(first)) / 1e6);
    return {
      seed,
      stations: { seedLink: mission.seedLink, mqtt: mission.mqtt },
      secondsAfterLast: afterLast,
      afterLastNeeded: summaryOf(afterLast),
      afterFifthArrival: summaryOf(standing.flatMap(afterFifth)),
      ofThatSensorToSolution: summaryOf(standing.map(({ first }) => (first.firstSolvedAt - lastArrival(first)) / 1e6)),
      ofThatCentreToStore: summaryOf(standing.map(({ first, storedAt }) => (storedAt - first.firstSolvedAt) / 1e6)),
      arrivalsOfFirstVersion: summaryOf(standing.map(({ first }) => first.arrivals.length)),
      firstVersionTellsClasses: `${standing.filter(({ first }) => first.classes.length > 0).length} of ${standing.length}`,
      fire: {
        expected: events.expected,
        found: events.found,
        shown: events.observed,
        false: events.false.length,
        errorMetres: events.errorMetres,
        roundsCounted: `${events.rounds.found} of ${events.rounds.expected}`,
        burstsCountedExactly: `${events.bursts.countedExactly} of ${events.bursts.expected}`,
        typed: `${events.classes.named} of ${events.classes.expected}, ${events.classes.right} rightly`,
        waveformsUsed: `${events.waveforms.used} of ${events.waveforms.expected}`,
      },
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Plays the exercise to its end beside a console's tab; every event that the tab's store came to hold. */
async function watch(data: string, mission: string, seed: string, minutes: number, speed: number) {
  const port = await steadyPort();
  const url = `http://localhost:${port}`;
  const options = { data, mission, seed, port, speed, "until-truth": `${minutes}m` };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const exercise = spawn(process.execPath, [JMC, "exercise", "--headless", ...flags], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  exercise.stderr.on("data", (part: Buffer) => {
    said += part.toString();
  });
  const ended = once(exercise, "exit");
  await until("the exercise answers", () =>
    fetch(`${url}/healthz`)
      .then((answer) => answer.ok)
      .catch(() => false),
  );
  const signer = openSigner(`${data}-signer-a`, OFFICER, PASSPHRASE);
  const shown = new Map<string, Shown>();
  const tab = await openRowsTab(url, { name: OFFICER, signer }, "events", (key, { rows, now }) => {
    const row = rows.get("events", key);
    if (row === undefined) return;
    const known = shown.get(key);
    if (known === undefined) shown.set(key, { first: row, storedAt: now(), last: row });
    else known.last = row;
  });
  const [code] = (await ended) as [number | null];
  tab.close();
  if (code !== 0) throw new Error(`ended with ${code}: ${said}`);
  return shown;
}

/** The one without which the first version would not have been shown: nothing else came since the version before. */
function lastArrival({ arrivals }: EventRow): Instant {
  return Math.max(...arrivals.map(({ at }) => at));
}

/** However many a version rests on: five are enough to place a round amid false arrivals. */
function afterFifth({ last, storedAt }: Shown): number[] {
  const fifth = last.arrivals.map(({ at }) => at).sort((one, other) => one - other)[EVENT_RULES.neededArrivals - 1];
  return fifth === undefined ? [] : [Math.max(0, (storedAt - fifth) / 1e6)];
}

function summaryOf(values: readonly number[]) {
  return {
    p50: rounded(quantile(values, 0.5)),
    p95: rounded(quantile(values, 0.95)),
    longest: rounded(quantile(values, 1)),
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { seeds: { type: "string" }, minutes: { type: "string" }, speed: { type: "string" } },
  });
  const result = await run(values.seeds?.split(","), Number(values.minutes ?? MINUTES), Number(values.speed ?? SPEED));
  console.log(JSON.stringify(result, undefined, 1));
}
