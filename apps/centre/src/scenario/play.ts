/** Plays steps against a centre: each act by its officer's own process, each question until it is answered as expected. */
import { createHash } from "node:crypto";
import type { ScenarioStep } from "@openjmc/agreement";
import {
  type Fault,
  FaultError,
  formatInstant,
  type Instant,
  MICROSECONDS_PER_SECOND,
  parseInstant,
} from "@openjmc/model";
import { misfits } from "./match.ts";
import type { Players } from "./players.ts";

/** How a step went. */
export interface PlayedStep {
  readonly at: string;
  readonly says: string;
  /** What was not as the scenario says; empty where all was. */
  readonly faults: readonly string[];
}

export interface Stage {
  readonly players: Pick<Players, "act" | "ask" | "hash">;
  /** Where the centre serves, for those who ask without signing in. */
  readonly url: string;
  /** Tokens with which recipients of the escalation plan read their own feeds. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Moves the scenario's clock, with everything that happens by itself until then. */
  readonly advance: (to: Instant) => Promise<void>;
  /** Files of the centre, of the components and of their mirrors in which one of the texts stands. */
  readonly filesWith: (texts: readonly string[]) => readonly string[];
  /** Entries of a kind in each mirror's own copy of the record, once it has all that the centre has. */
  readonly mirrored: (kinds: readonly string[]) => Promise<readonly (readonly string[])[]>;
  /** Entries that people could have made: those of the machine come by themselves. */
  readonly peoplesEntries: () => number;
  /** Statements by the names under which steps saved them. */
  readonly saved: Map<string, string>;
}

export type Act = NonNullable<ScenarioStep["acts"]>[number];
type Ask = NonNullable<ScenarioStep["asks"]>[number];

/** What follows from an act may need a beat of the centre; what is not so after this long is not so. */
const PATIENCE_MILLISECONDS = 60_000;
const AGAIN_MILLISECONDS = 150;

export async function playStep(stage: Stage, step: ScenarioStep): Promise<PlayedStep> {
  const at = parseInstant(step.at);
  if (!at.ok) throw new FaultError(at.fault);
  await stage.advance(at.value);
  const faults: string[] = [];
  for (const act of step.acts ?? []) faults.push(...(await playAct(stage, act)));
  for (const ask of step.asks ?? []) faults.push(...(await playAsk(stage, ask)));
  const readable = step.unreadable ? stage.filesWith(step.unreadable) : [];
  faults.push(...readable.map((file) => `${file}: holds what is sealed`));
  if (step.mirrors) faults.push(...(await mirrorFaults(stage, step.mirrors)));
  return { at: step.at, says: step.says, faults };
}

async function playAct(stage: Stage, act: Act): Promise<string[]> {
  const before = stage.peoplesEntries();
  const name = `${act.by} ${act.kind}`;
  try {
    const { statement } = await stage.players.act(orderOf(stage, act));
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

function orderOf(stage: Stage, { by, kind, body, subject, refs, attach, seal }: Act) {
  if (attach !== undefined) stage.saved.set("file", createHash("sha256").update(attach).digest("hex"));
  const promise = seal && { kind, ...(filled(stage, seal) as { incident: string; deadline: string }) };
  return {
    ...{ officer: by, kind, body: filled(stage, body) as object },
    ...(subject === undefined ? {} : { subject: String(filled(stage, subject)) }),
    ...(refs === undefined ? {} : { refs: filled(stage, refs) as typeof refs }),
    ...(attach === undefined ? {} : { attach }),
    ...(promise ? { seal: promise } : {}),
  };
}

/** Two copies of one log tell the same; that they tell anything at all is what is looked for. */
async function mirrorFaults(stage: Stage, kinds: readonly string[]): Promise<string[]> {
  const [first, ...others] = await stage.mirrored(kinds);
  if (first === undefined || others.length === 0) return ["mirrors: expected one of each component"];
  const missing = kinds.filter((kind) => !first.some((line) => line.includes(` ${kind} `)));
  const isSame = others.every((lines) => lines.join() === first.join());
  return [...missing.map((kind) => `mirrors: no ${kind}`), ...(isSame ? [] : ["mirrors: their lists differ"])];
}

async function playAsk(stage: Stage, ask: Ask): Promise<string[]> {
  if (ask.hash !== undefined) {
    stage.saved.set(ask.hash, await stage.players.hash(ask.by, filledText(stage, ask.get)));
    return [];
  }
  const until = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const { answer, refused } = await answerTo(stage, ask);
    const faults = refused === ask.refused ? askFaults(stage, ask, answer) : [`answered ${refused ?? "all the same"}`];
    if (faults.length === 0) savePaths(stage, ask, answer);
    if (faults.length === 0 || performance.now() > until) return faults.map((fault) => `${ask.get}: ${fault}`);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLISECONDS));
  }
}

const PUBLIC = "public";

/** The answer, or the code with which it was refused. */
async function answerTo(
  stage: Stage,
  { by, get }: Ask,
): Promise<{ readonly answer: unknown; readonly refused?: string }> {
  const path = filledText(stage, get);
  const token = stage.tokens[by];
  if (by === PUBLIC || token !== undefined) {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${stage.url}${path}`, { headers });
    const text = await response.text();
    const answer: unknown = /^[[{]/.test(text) ? JSON.parse(text) : text;
    return response.ok ? { answer } : { answer, refused: (answer as Fault).code };
  }
  try {
    return { answer: await stage.players.ask(by, path) };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { answer: error.fault, refused: error.fault.code };
  }
}

/** Keeps parts of an answer under names: `rows.0.id`. */
function savePaths(stage: Stage, { save = {} }: Ask, answer: unknown): void {
  for (const [name, path] of Object.entries(save)) stage.saved.set(name, String(partAt(answer, path)));
}

function partAt(answer: unknown, path: string): unknown {
  const step = (part: unknown, name: string): unknown =>
    (part as Readonly<Record<string, unknown>> | undefined)?.[name];
  return path.split(".").reduce(step, answer);
}

/** What goes out in one beat stands in the record within so long, also on a machine that has other things to do. */
const TOGETHER = 10 * MICROSECONDS_PER_SECOND;

/** Whether all of a list was recorded together. */
function isTogether(answer: unknown, path: string): boolean {
  const list = partAt(answer, path);
  const times = Array.isArray(list) ? list.map(({ at }: { readonly at: Instant }) => at) : [];
  return times.length > 1 && Math.max(...times) - Math.min(...times) < TOGETHER;
}

function askFaults(stage: Stage, ask: Ask, answer: unknown): string[] {
  const text = typeof answer === "string" ? answer : JSON.stringify(answer);
  return [
    ...(ask.expect === undefined ? [] : misfits(filled(stage, ask.expect), answer)),
    ...(ask.lacks !== undefined && misfits(filled(stage, ask.lacks), answer).length === 0
      ? [`holds ${JSON.stringify(ask.lacks)}`]
      : []),
    ...(ask.together === undefined || isTogether(answer, ask.together) ? [] : [`${ask.together}: not together`]),
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
  if (value.includes("${")) return filledText(stage, value);
  const instant = MOMENT.test(value) ? parseInstant(value) : undefined;
  return instant?.ok ? formatInstant(instant.value) : value;
}

/** `${name}` within a text is what was saved under the name. */
function filledText(stage: Stage, text: string): string {
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => stage.saved.get(name) ?? whole);
}
