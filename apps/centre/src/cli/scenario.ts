/** `jmc scenario FILE`: a scripted mission, played to its end; exit 1 where something is not as the script says. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { readMissionDocument, type ScenarioFile, scenarioFile } from "@openjmc/agreement";
import { type Fault, FaultError } from "@openjmc/model";
import type { PlayedStep } from "../scenario/play.ts";
import { type PlayedScenario, playScenario } from "../scenario/scenario.ts";
import { runExport } from "./export.ts";
import { CHECK_FAILED, DONE, print, say } from "./terminal.ts";
import { runVerify } from "./verify.ts";

export interface ScenarioFlags {
  readonly data?: string;
  readonly json?: boolean;
}

export async function runScenario(file: string, flags: ScenarioFlags): Promise<number> {
  const path = resolve(file);
  const scenario = read(path);
  const folder =
    flags.data === undefined ? mkdtempSync(join(tmpdir(), "openjmc-scenario-")) : newFolder(resolve(flags.data));
  try {
    const missionFolder = dirname(dirname(path));
    const played = await playScenario({ scenario, missionFolder, folder, onStep: (step) => tell(step, flags) });
    const archives = await makeArchives(scenario, played, folder);
    const failed =
      played.steps.filter(({ faults }) => faults.length > 0).length + archives.filter(({ holds }) => !holds).length;
    if (flags.json) print(JSON.stringify({ steps: played.steps.length, failed, entries: played.entries, archives }));
    else
      say(
        `${played.steps.length} steps, ${played.entries} entries, ${archives.length} archives; ${failed} not as the script says`,
      );
    return failed === 0 ? DONE : CHECK_FAILED;
  } finally {
    if (flags.data === undefined) rmSync(folder, { recursive: true, force: true });
  }
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
