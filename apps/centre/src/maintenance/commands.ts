/** `jmc doctor`, `jmc backup` and `jmc restore`: they say what they find or do, line by line, as words or as JSON Lines. */
import type { Writable } from "node:stream";
import type { Instant } from "@openjmc/model";
import { createWords, type Locale } from "@openjmc/words";
import { makeBackup } from "./backup/backup.ts";
import { restoreBackup } from "./backup/restore.ts";
import { examine } from "./doctor/examine.ts";
import { type Finding, findingsOf, lineOf } from "./finding.ts";

export interface MaintenanceRun {
  readonly stdout: Writable;
  /** One JSON object a line instead of words. */
  readonly json?: boolean;
  readonly locale?: Locale;
}

/** Examines a folder. Returns the exit code: 1 when something is wrong. */
export async function runDoctor(
  run: MaintenanceRun & { readonly folder: string; readonly deep?: boolean },
): Promise<number> {
  const wrong = await tell(run, examine({ root: run.folder, ...(run.deep === undefined ? {} : { deep: run.deep }) }));
  const finding = findingsOf("doctor");
  await tell(run, [wrong === 0 ? finding("good", "doctor.sound") : finding("wrong", "doctor.unsound", { wrong })]);
  return wrong === 0 ? 0 : 1;
}

/** Makes a backup, also beside a centre at work. Returns 0; throws the fault of what is in the way. */
export async function runBackup(
  run: MaintenanceRun & { readonly folder: string; readonly target: string; readonly now: Instant },
): Promise<number> {
  await tell(run, makeBackup({ root: run.folder, target: run.target, now: run.now }));
  return 0;
}

/** Restores a backup into a missing or empty folder. Returns 0; throws the fault of what is in the way. */
export async function runRestore(
  run: MaintenanceRun & { readonly backup: string; readonly target: string },
): Promise<number> {
  await tell(run, restoreBackup({ backup: run.backup, target: run.target }));
  return 0;
}

/** Writes each finding as it comes; returns how many are wrong. */
async function tell(run: MaintenanceRun, findings: AsyncIterable<Finding> | Iterable<Finding>): Promise<number> {
  const words = createWords(run.locale ?? "en");
  let wrong = 0;
  for await (const finding of findings) {
    if (finding.state === "wrong") wrong += 1;
    run.stdout.write(`${run.json === true ? JSON.stringify(finding) : lineOf(finding, words)}\n`);
  }
  return wrong;
}
