/** `jmc scenario FILE`: a scripted mission, played to its end; exit 1 where something is not as the script says. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { readMissionDocument, type ScenarioFile, scenarioFile } from "@openjmc/agreement";
import { type Fault, FaultError } from "@openjmc/model";
import type { PlayedStep } from "../scenario/play.ts";
import { type PlayedScenario, playScenario, type ScenarioOptions } from "../scenario/scenario.ts";
import { runExport } from "./export.ts";
import { CHECK_FAILED, DONE, print, say } from "./terminal.ts";
import { runVerify } from "./verify.ts";

export interface ScenarioFlags {
  readonly data?: string;
  readonly json?: boolean;
  readonly variant?: string;
  readonly poorLink?: boolean;
}

interface Counts {
  readonly steps: number;
  readonly failed: number;
  readonly entries: number;
  readonly archives: readonly { readonly level: string; readonly holds: boolean }[];
}

export async function runScenario(file: string, flags: ScenarioFlags): Promise<number> {
  const path = resolve(file);
  const scenario = read(path);
  const folder =
    flags.data === undefined ? mkdtempSync(join(tmpdir(), "openjmc-scenario-")) : newFolder(resolve(flags.data));
  try {
    const missionFolder = dirname(dirname(path));
    const counts: Counts[] = [];
    for (const variant of variantsOf(scenario, flags)) {
      const own = variant === undefined ? folder : join(folder, variant);
      if (variant !== undefined) tellVariant(scenario, variant, flags);
      counts.push(await playOne({ scenario, missionFolder, folder: own, ...(variant ? { variant } : {}) }, flags));
    }
    return tellAll(counts, flags);
  } finally {
    if (flags.data === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** All variants, one after the other, or the one that is named. */
function variantsOf({ variants }: ScenarioFile, { variant }: ScenarioFlags): readonly (string | undefined)[] {
  return variant === undefined ? (variants?.map(({ id }) => id) ?? [undefined]) : [variant];
}

async function playOne(options: Omit<ScenarioOptions, "onStep" | "link">, flags: ScenarioFlags): Promise<Counts> {
  const { scenario, folder } = options;
  const link = flags.poorLink ? scenario.link : undefined;
  const played = await playScenario({ ...options, link, onStep: (step) => tell(step, flags) });
  const archives = await makeArchives(scenario, played, folder);
  const failed =
    played.steps.filter(({ faults }) => faults.length > 0).length + archives.filter(({ holds }) => !holds).length;
  return { steps: played.steps.length, failed, entries: played.entries, archives };
}

function tellVariant({ variants }: ScenarioFile, id: string, { json }: ScenarioFlags): void {
  const variant = variants?.find((one) => one.id === id);
  if (!json) say(`variant ${id}: ${variant?.says ?? ""}`);
}

function tellAll(counts: readonly Counts[], { json }: ScenarioFlags): number {
  const sum = (of: (one: Counts) => number): number => counts.reduce((total, one) => total + of(one), 0);
  const [steps, failed, entries] = [sum((one) => one.steps), sum((one) => one.failed), sum((one) => one.entries)];
  const archives = counts.flatMap((one) => one.archives);
  if (json) print(JSON.stringify({ steps, failed, entries, archives }));
  else say(`${steps} steps, ${entries} entries, ${archives.length} archives; ${failed} not as the script says`);
  return failed === 0 ? DONE : CHECK_FAILED;
}

function tell(step: PlayedStep, { json }: ScenarioFlags): void {
  if (json) {
    print(JSON.stringify(step));
    return;
  }
  say(`${step.faults.length === 0 ? "  ok" : "FAIL"}  ${step.at}  ${step.says}`);
  for (const fault of step.faults) say(`      ${fault}`);
}

/** Archives of all levels over one root, each verified from its file alone. */
async function makeArchives({ archive = [] }: ScenarioFile, { centre }: PlayedScenario, folder: string) {
  if (archive.length === 0) return [];
  const out = join(folder, "archive.zip");
  await runExport(centre, { out, release: archive.join(","), party: "P" });
  const made: { level: string; holds: boolean }[] = [];
  for (const level of archive) {
    const one = archive.length === 1 ? out : out.replace(/\.zip$/, `-${level}.zip`);
    made.push({ level, holds: (await runVerify(one, {})) === DONE });
  }
  return made;
}

function newFolder(folder: string): string {
  if (existsSync(folder))
    throw new FaultError({
      code: "folder.exists",
      what: "scenario",
      where: { file: folder },
      expected: "a new folder",
    });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Errors: `file.unreadable`, the first of the faults of its form. */
function read(path: string): ScenarioFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new FaultError({
      code: "file.unreadable",
      what: "scenario",
      where: { file: path },
      cause: (error as Error).message,
    });
  }
  const faults: Fault[] = [];
  const document = readMissionDocument(path, text, scenarioFile, faults);
  if (!document) throw new FaultError(faults[0]!);
  return document.value;
}
