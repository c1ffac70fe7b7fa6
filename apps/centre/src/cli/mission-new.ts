/** `jmc mission new DIR`: a mission's folder from a few questions, at the terminal or from a file of answers. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { FaultError } from "@openjmc/model";
import { answersOf, MISSION_QUESTIONS, newMissionFiles } from "../mission/new-mission.ts";
import { runMissionCheck } from "./mission.ts";
import { say } from "./terminal.ts";

export interface MissionNewFlags {
  readonly answers?: string;
}

export async function runMissionNew(folder: string, flags: MissionNewFlags): Promise<number> {
  const target = resolve(folder);
  if (existsSync(target))
    throw new FaultError({ code: "folder.exists", what: "mission", where: { file: target }, expected: "a new folder" });
  const given = flags.answers === undefined ? await ask() : readAnswers(resolve(flags.answers));
  for (const [name, text] of newMissionFiles(answersOf(given))) {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    writeFileSync(join(target, name), text, { flag: "wx" });
  }
  say(
    `${target}: made. Fill in the instruments, zones and gazetteer; check again with: npx jmc mission check ${folder}`,
  );
  return runMissionCheck(target, process.stdout, process.stderr);
}

/** A question is asked again until its answer has the form. Ends with `request.field` where there is no more input. */
async function ask(): Promise<Record<string, string>> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const lines = terminal[Symbol.asyncIterator]();
  const given: Record<string, string> = {};
  try {
    for (const { field, question, pattern, expected } of MISSION_QUESTIONS) {
      for (;;) {
        process.stderr.write(`${question}: `);
        const line = await lines.next();
        if (line.done) throw wrong(field, expected, "nothing");
        given[field] = line.value.trim().replace(/\s+/g, " ");
        if (pattern.test(given[field])) break;
        say(`expected: ${expected}`);
      }
    }
  } finally {
    terminal.close();
  }
  return given;
}

/** A JSON object of answers by field. Errors: `file.unreadable`, `request.field`. */
function readAnswers(path: string): Record<string, string> {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new FaultError({
      code: "file.unreadable",
      what: "answers",
      where: { file: path },
      cause: (error as Error).message,
    });
  }
  for (const { field, pattern, expected } of MISSION_QUESTIONS) {
    const value = (given as Readonly<Record<string, unknown>> | null)?.[field];
    if (typeof value !== "string" || !pattern.test(value)) throw wrong(field, expected, String(value));
  }
  return given as Record<string, string>;
}

function wrong(field: string, expected: string, got: string): FaultError {
  return new FaultError({ code: "request.field", what: "answers", where: { field }, expected, got: got.slice(0, 80) });
}
