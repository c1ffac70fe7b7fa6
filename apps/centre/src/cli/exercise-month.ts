/** `jmc exercise month`: a month of suspicions, played by scripted officers of both components; exit 1 where its score does not hold. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { FaultError, formatInstant, type Instant } from "@openjmc/model";
import { playMonth } from "../month/month.ts";
import { scoreMonth } from "../month/score-month.ts";
import { countOf, type ExerciseFlags } from "./exercise/flags.ts";
import { missionOf } from "./exercise/folder.ts";
import { runRebuild } from "./rebuild.ts";
import { CHECK_FAILED, DONE, print, say } from "./terminal.ts";
import { runVerify } from "./verify.ts";

const TENTH = 0.1;

export async function runMonth(flags: ExerciseFlags): Promise<number> {
  const isKept = flags.data !== "data";
  const folder = isKept ? newFolder(resolve(flags.data)) : mkdtempSync(join(tmpdir(), "openjmc-month-"));
  let told = 0;
  const onProgress = (at: Instant, share: number): void => {
    if (share < told + TENTH) return;
    told = Math.floor(share / TENTH) * TENTH;
    say(`${formatInstant(at).slice(0, 16)}Z: ${Math.round(share * 100)} %`);
  };
  try {
    const outcome = await playMonth({
      missionFolder: missionOf(flags).missionFolder,
      ...{ folder, onProgress, seed: flags.seed ?? "1" },
      days: countOf(flags.days ?? "30", "--days"),
      suspicions: countOf(flags.suspicions ?? "200", "--suspicions"),
    });
    const score = scoreMonth(outcome);
    const centre = join(folder, "centre");
    const isVerified = (await runVerify(centre, {})) === DONE;
    const isRebuilt = (await runRebuild(centre, { check: true })) === DONE;
    const checks = [
      ...score.checks,
      { name: "the record verifies from its files alone", holds: isVerified, got: String(isVerified), asked: "true" },
      {
        name: "every view is made again from the record, equal",
        holds: isRebuilt,
        got: String(isRebuilt),
        asked: "true",
      },
    ];
    const result = { ...score, checks, acts: outcome.acts, entries: outcome.entries };
    if (flags.json) print(JSON.stringify(result));
    else tell(result);
    return checks.every(({ holds }) => holds) ? DONE : CHECK_FAILED;
  } finally {
    if (!isKept) rmSync(folder, { recursive: true, force: true });
  }
}

function tell({
  checks,
  dispositions,
  faults,
  acts,
  entries,
}: ReturnType<typeof scoreMonth> & Record<"acts" | "entries", number>) {
  for (const { name, holds, got, asked } of checks)
    print(`${holds ? "  ok" : "FAIL"}  ${name}: ${got} (asked: ${asked})`);
  for (const [name, count] of Object.entries(dispositions)) print(`      ${count} ${name}`);
  for (const fault of faults.slice(0, 40)) print(`      ${fault}`);
  print(`${acts} acts of officers, ${entries} entries`);
}

function newFolder(folder: string): string {
  if (existsSync(folder))
    throw new FaultError({
      ...{ code: "folder.exists", what: "month", where: { file: folder } },
      expected: "a new folder",
    });
  mkdirSync(folder, { recursive: true });
  return folder;
}
