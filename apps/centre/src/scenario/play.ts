/** Plays steps against a centre: each act by its officer's own process, each question until it is answered as expected. */
import type { ScenarioStep } from "@openjmc/agreement";
import { FaultError, formatInstant, parseInstant } from "@openjmc/model";
import { misfits } from "./match.ts";
import type { Players } from "./players.ts";
import type { SteppedClock } from "./stepped-clock.ts";

/** How a step went. */
export interface PlayedStep {
  readonly at: string;
  readonly says: string;
  /** What was not as the scenario says; empty where all was. */
  readonly faults: readonly string[];
}

export interface Stage {
  readonly players: Players;
  readonly clock: SteppedClock;
  /** Entries that people could have made: those of the machine come by themselves. */
  readonly peoplesEntries: () => number;
  /** Statements by the names under which steps saved them. */
  readonly saved: Map<string, string>;
}

type Act = NonNullable<ScenarioStep["acts"]>[number];
type Ask = NonNullable<ScenarioStep["asks"]>[number];

/** What follows from an act may need a beat of the centre; what is not so after this long is not so. */
const PATIENCE_MILLISECONDS = 20_000;
const AGAIN_MILLISECONDS = 150;

export async function playStep(stage: Stage, step: ScenarioStep): Promise<PlayedStep> {
  const at = parseInstant(step.at);
  if (!at.ok) throw new FaultError(at.fault);
  stage.clock.moveTo(at.value);
  const faults: string[] = [];
  for (const act of step.acts ?? []) faults.push(...(await playAct(stage, act)));
  for (const ask of step.asks ?? []) faults.push(...(await playAsk(stage, ask)));
  return { at: step.at, says: step.says, faults };
}

async function playAct(stage: Stage, act: Act): Promise<string[]> {
  const before = stage.peoplesEntries();
  const name = `${act.by} ${act.kind}`;
  try {
    const { statement } = await stage.players.act({
      ...{ officer: act.by, kind: act.kind, body: filled(stage, act.body) as object },
      ...(act.subject === undefined ? {} : { subject: act.subject }),
    });
    if (act.refused !== undefined) return [`${name}: recorded, though it should be refused as ${act.refused}`];
    for (const officer of act.countersign ?? []) await stage.players.act({ officer, countersign: statement });
    if (act.save !== undefined) stage.saved.set(act.save, statement);
    return [];
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { code, expected } = error.fault;
    if (code !== act.refused) return [`${name}: ${code}${expected === undefined ? "" : `, expected ${expected}`}`];
    return stage.peoplesEntries() === before ? [] : [`${name}: refused, and yet the record has grown`];
  }
}

async function playAsk(stage: Stage, ask: Ask): Promise<string[]> {
  if (ask.hash !== undefined) {
    stage.saved.set(ask.hash, await stage.players.hash(ask.by, ask.get));
    return [];
  }
  const until = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const faults = askFaults(stage, ask, await stage.players.ask(ask.by, String(filled(stage, ask.get))));
    if (faults.length === 0 || performance.now() > until) return faults.map((fault) => `${ask.get}: ${fault}`);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLISECONDS));
  }
}

function askFaults(stage: Stage, ask: Ask, answer: unknown): string[] {
  const text = typeof answer === "string" ? answer : JSON.stringify(answer);
  return [
    ...(ask.expect === undefined ? [] : misfits(filled(stage, ask.expect), answer)),
    ...(ask.lacks !== undefined && misfits(filled(stage, ask.lacks), answer).length === 0
      ? [`holds ${JSON.stringify(ask.lacks)}`]
      : []),
    ...(ask.contains ?? []).filter((one) => !text.includes(one)).map((one) => `does not hold “${one}”`),
    ...(ask.excludes ?? []).filter((one) => text.includes(one)).map((one) => `holds “${one}”`),
  ];
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** `$name` is a saved statement; times are written as statements write them. */
function filled(stage: Stage, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(stage, item));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(stage, item)]));
  if (typeof value !== "string") return value;
  if (/^\$\w+$/.test(value)) return stage.saved.get(value.slice(1)) ?? value;
  const instant = MOMENT.test(value) ? parseInstant(value) : undefined;
  return instant?.ok ? formatInstant(instant.value) : value;
}
