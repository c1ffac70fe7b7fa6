/** A scripted mission from its founding to its archives: a real centre, both components' processes, a clock that jumps. */
import { cpSync } from "node:fs";
import { basename, join } from "node:path";
import type { ScenarioFile } from "@openjmc/agreement";
import { FaultError, type Instant, parseInstant } from "@openjmc/model";
import type { Centre } from "../centre.ts";
import type { FoundingTerms } from "../founding/genesis.ts";
import { readPredecessor, successionTerms } from "../founding/predecessor.ts";
import { copyMission } from "./mission-copy.ts";
import { type PlayedStep, playStep, type Stage } from "./play.ts";
import { foundTheatre, inTheatre, signerFolders } from "./theatre.ts";

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

/** Errors (thrown): those of founding and opening, `officer.unknown`. What is not as the scenario says is told by step. */
export async function playScenario(options: ScenarioOptions): Promise<PlayedScenario> {
  const { scenario, folder } = options;
  const startsAt = instantOf(scenario.startsAt);
  const mission = join(folder, "mission");
  copyMission(options.missionFolder, mission, scenario.without ?? []);
  const centre = join(folder, "centre");
  await foundTheatre({ folder: centre, missionFolder: mission, origin: ORIGIN, startsAt });
  const steps = await onStage(centre, mission, startsAt, (stage) => playAll(stage, scenario.steps, options.onStep));
  const notes = scenario.annotations ?? [];
  if (notes.length === 0) return { ...steps, centre };
  const log = join(folder, "annotations");
  const begins = instantOf(notes[0]!.at);
  const terms: Omit<FoundingTerms, "exercise"> = { purpose: "annotations", succeeds: await succession(centre) };
  takeKeysAlong(signerFolders(centre, mission), signerFolders(log, mission));
  const founding = { folder: log, missionFolder: mission, origin: `${ORIGIN}.annotations`, startsAt: begins };
  await foundTheatre({ ...founding, terms, predecessor: centre });
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

async function onStage(
  folder: string,
  missionFolder: string,
  startsAt: Instant,
  play: (stage: Stage) => Promise<readonly PlayedStep[]>,
): Promise<{ readonly steps: readonly PlayedStep[]; readonly entries: number }> {
  return inTheatre({ folder, missionFolder, startsAt }, async ({ centre, players, clock }) => {
    const steps = await play({ players, clock, peoplesEntries: () => peoplesEntries(centre), saved: new Map() });
    return { steps, entries: centre.registrar.size };
  });
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
