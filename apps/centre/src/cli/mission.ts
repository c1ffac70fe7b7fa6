/** `jmc mission check DIR`: whether a mission's folder can be worked from, and what is in it. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Mission, MissionResult } from "@openjmc/agreement";
import type { Fault } from "@openjmc/model";
import { createWords, type Words } from "@openjmc/words";
import { readMission } from "../mission/read.ts";

/** Where a command writes. */
export interface Output {
  write(text: string): unknown;
}

/** How the command speaks. */
export interface MissionCheckOptions {
  readonly json?: boolean;
  readonly words?: Words;
}

/**
 * Checks a mission folder, with its exercise overlay where it has one. Faults go to `stderr`, one a line. Answers with the exit
 * code: 0 without fault, 1 with faults, 2 if there is no such folder.
 */
export function runMissionCheck(
  folder: string,
  stdout: Output,
  stderr: Output,
  { json = false, words = createWords("en") }: MissionCheckOptions = {},
): number {
  if (!isFolder(folder)) {
    stderr.write(`${words.say("agreement.check.no-folder", { folder })}\n`);
    return 2;
  }
  const withExercise = existsSync(join(folder, "exercise"));
  const results = (withExercise ? [false, true] : [false]).map((exercise) => readMission(folder, { exercise }));
  const faults = distinct(results);
  if (json) stdout.write(`${JSON.stringify({ folder, faults, missions: results.flatMap(summarise) })}\n`);
  else {
    for (const fault of faults) stderr.write(`${words.sayFault(fault)}\n`);
    for (const result of results) if (result.ok) stdout.write(`${say(result.value, words)}\n`);
  }
  return faults.length === 0 ? 0 : 1;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Both readings meet the same faults in the base files: each is told once. */
function distinct(results: readonly MissionResult[]): Fault[] {
  const seen = new Map<string, Fault>();
  for (const result of results) {
    for (const fault of result.ok ? [] : result.faults) seen.set(JSON.stringify(fault), fault);
  }
  return [...seen.values()];
}

function countsOf({ view, instruments, amendments }: Mission) {
  return {
    zones: view.zones.length,
    instruments: instruments.length,
    provisions: view.provisions.length,
    amendments: amendments.length,
    rules: view.rules.length,
    flights: view.flights.length,
    sources: view.sources.length,
    places: view.places.length,
  };
}

function summarise(result: MissionResult) {
  return result.ok
    ? [{ id: result.value.view.id, exercise: result.value.view.exercise, ...countsOf(result.value) }]
    : [];
}

function say(mission: Mission, words: Words): string {
  const name = mission.view.names[words.locale] ?? mission.view.id;
  return words.say("agreement.check.good", { name, ...countsOf(mission) });
}
