/** A scripted mission from its founding to its archives: a real centre, both components' processes, a clock that jumps. */
import { cpSync } from "node:fs";
import { basename, join } from "node:path";
import type { ScenarioFile } from "@openjmc/agreement";
import { FaultError, type Instant, parseInstant } from "@openjmc/model";
import { pino } from "pino";
import { type Centre, openCentre } from "../centre.ts";
import { DEMONSTRATION_PASSPHRASE, demonstrationSignerFolder } from "../cli/exercise/folder.ts";
import { wallNow } from "../clock.ts";
import { foundCentre } from "../founding/found-centre.ts";
import type { FoundingTerms } from "../founding/genesis.ts";
import { readPredecessor, successionTerms } from "../founding/predecessor.ts";
import { readMission } from "../mission/read.ts";
import { copyMission } from "./mission-copy.ts";
import { type PlayedStep, playStep, type Stage } from "./play.ts";
import { Players } from "./players.ts";
import { SteppedClock } from "./stepped-clock.ts";

export interface ScenarioOptions {
  readonly scenario: ScenarioFile;
  readonly missionFolder: string;
  /** Folder in which everything is made; the centre is `centre` in it. */
  readonly folder: string;
  readonly onStep: (step: PlayedStep) => void;
}

export interface PlayedScenario {
  readonly steps: readonly PlayedStep[];
  readonly entries: number;
  /** Folder of the centre, which is stopped. */
  readonly centre: string;
}

const ORIGIN = "exercise.scenario";
const KEY_MEMORY_KIB = 1_024;

/** Errors (thrown): those of founding and opening, `officer.unknown`. What is not as the scenario says is told by step. */
export async function playScenario(options: ScenarioOptions): Promise<PlayedScenario> {
  const { scenario, folder } = options;
  const startsAt = instantOf(scenario.startsAt);
  const mission = join(folder, "mission");
  copyMission(options.missionFolder, mission, scenario.without ?? []);
  const centre = join(folder, "centre");
  await found(centre, mission, ORIGIN, startsAt);
  const steps = await onStage(centre, mission, startsAt, (stage) => playAll(stage, scenario.steps, options.onStep));
  const notes = scenario.annotations ?? [];
  if (notes.length === 0) return { ...steps, centre };
  const log = join(folder, "annotations");
  const begins = instantOf(notes[0]!.at);
  const terms: Omit<FoundingTerms, "exercise"> = { purpose: "annotations", succeeds: await succession(centre) };
  takeKeysAlong(folders(centre, mission), folders(log, mission));
  await found(log, mission, `${ORIGIN}.annotations`, begins, { terms, predecessor: centre });
  const noted = await onStage(log, mission, begins, (stage) => playAll(stage, notes, options.onStep));
  return { ...steps, steps: [...steps.steps, ...noted.steps], centre };
}

/** The components keep their keys; receipts of the closed log stay with it. */
function takeKeysAlong(from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): void {
  for (const [component, folder] of from)
    cpSync(folder, to.get(component)!, { recursive: true, filter: (path) => basename(path) !== "receipts" });
}

async function succession(centre: string): Promise<NonNullable<FoundingTerms["succeeds"]>> {
  const reason = "The record is closed; what is said of it afterwards stands here.";
  return successionTerms(await readPredecessor(centre), { reason, acceptsUnsealed: true });
}

async function found(
  folder: string,
  missionFolder: string,
  origin: string,
  startsAt: Instant,
  more: { readonly terms?: Omit<FoundingTerms, "exercise">; readonly predecessor?: string } = {},
): Promise<void> {
  const signers = Object.fromEntries([...folders(folder, missionFolder)].map(([code, path]) => [code, keys(path)]));
  await foundCentre({
    ...{ folder, missionFolder, exercise: true, origin, now: wallNow(), startsAt, seed: "1", signers },
    keyMemoryKiB: KEY_MEMORY_KIB,
    ...(more.terms ? { terms: more.terms } : {}),
    ...(more.predecessor === undefined ? {} : { keepsKeys: true, predecessor: more.predecessor }),
  });
}

const keys = (folder: string) => ({ folder, passphrase: DEMONSTRATION_PASSPHRASE });

/** Signer folders by component, beside the centre whose founding made them. */
function folders(centre: string, missionFolder: string): Map<string, string> {
  const mission = readMission(missionFolder, { exercise: true });
  if (!mission.ok) throw new FaultError(mission.faults[0]!);
  return new Map(
    mission.value.view.components.map(({ code }) => [code, demonstrationSignerFolder(centre, code)] as const),
  );
}

async function onStage(
  folder: string,
  missionFolder: string,
  startsAt: Instant,
  play: (stage: Stage) => Promise<readonly PlayedStep[]>,
): Promise<{ readonly steps: readonly PlayedStep[]; readonly entries: number }> {
  const clock = new SteppedClock(startsAt);
  const centre = await openCentre({
    ...{ folder, host: "127.0.0.1", port: 0, mqtt: { host: "127.0.0.1", port: 0 }, clock },
    logger: pino({ level: "silent" }),
  });
  try {
    const players = await Players.start(centre.url, folders(folder, missionFolder));
    try {
      const steps = await play({ players, clock, peoplesEntries: () => peoplesEntries(centre), saved: new Map() });
      return { steps, entries: centre.registrar.size };
    } finally {
      await players.stop();
    }
  } finally {
    await centre.stop();
  }
}

function peoplesEntries({ registrar }: Centre): number {
  return [...registrar.desk.life.actedAt.values()].reduce((sum, times) => sum + times.length, 0);
}

async function playAll(
  stage: Stage,
  steps: ScenarioFile["steps"],
  onStep: (step: PlayedStep) => void,
): Promise<readonly PlayedStep[]> {
  const played: PlayedStep[] = [];
  for (const step of steps) {
    const result = await playStep(stage, step);
    played.push(result);
    onStep(result);
  }
  return played;
}

function instantOf(text: string): Instant {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new FaultError(parsed.fault);
  return parsed.value;
}
