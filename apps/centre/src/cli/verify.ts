/** `jmc verify`: what holds of a record, from its files alone. Exit 0 only if all holds. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { FaultError } from "@openjmc/model";
import { bytesToHex, verifyRecord } from "@openjmc/record";
import { createWords } from "@openjmc/words";
import { nodePrimitives, verifyMany } from "../primitives.ts";
import { folderReader } from "../record/index.ts";
import { CHECK_FAILED, DONE, print } from "./terminal.ts";

export async function runVerify(path: string, flags: { readonly json?: boolean }): Promise<number> {
  const root = resolve(path);
  const folder = [join(root, "record"), root].find((candidate) => existsSync(join(candidate, "checkpoint")));
  if (folder === undefined)
    throw new FaultError({
      code: "record.missing",
      what: "record",
      where: { file: root },
      expected: "a folder of a centre or of a record, with a checkpoint",
    });
  const result = await verifyRecord(folderReader(folder), { sha256: nodePrimitives.sha256, verifyMany });
  const acts = [...(result.state?.acts.values() ?? [])];
  const summary = {
    holds: result.holds,
    ...(result.checkpoint
      ? { origin: result.checkpoint.origin, size: result.checkpoint.size, root: bytesToHex(result.checkpoint.root) }
      : {}),
    exercise: result.state?.founding?.exercise ?? null,
    officers: result.state?.officers.size ?? 0,
    jointActs: countBy(acts.map((act) => act.status)),
    findings: result.findings,
  };
  if (flags.json) print(JSON.stringify(summary));
  else tell(summary);
  return result.holds ? DONE : CHECK_FAILED;
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function tell(summary: {
  readonly holds: boolean;
  readonly origin?: string;
  readonly size?: number;
  readonly root?: string;
  readonly exercise: boolean | null;
  readonly jointActs: Record<string, number>;
  readonly findings: readonly { readonly code: string; readonly values: object; readonly fault?: object }[];
}): void {
  const words = createWords("en");
  if (summary.exercise) print("EXERCISE: this record is of an exercise; its keys are demonstration keys.");
  if (summary.origin !== undefined) print(`log ${summary.origin}, ${summary.size} entries, root ${summary.root}`);
  for (const [status, count] of Object.entries(summary.jointActs)) print(`joint acts ${status}: ${count}`);
  for (const finding of summary.findings)
    print(
      `WRONG: ${finding.code} ${JSON.stringify(finding.values)}${finding.fault ? `: ${words.sayFault(finding.fault as never)}` : ""}`,
    );
  print(summary.holds ? "all holds: signatures, tiles, entries, acts" : "NOT SOUND");
}
