/** The examination of a centre's folder: every check, one after the other, none of which changes anything. */
import { livingHolder, pathsOf, spaceOf } from "../../folder/index.ts";
import { faultOf } from "../../segments/index.ts";
import { type Finding, findingsOf } from "../finding.ts";
import { checkAttachments } from "./check-attachments.ts";
import { checkDatabases } from "./check-databases.ts";
import { checkFolder } from "./check-folder.ts";
import { checkMission } from "./check-mission.ts";
import { checkPersonsKeys } from "./check-persons-keys.ts";
import { checkRecord } from "./check-record.ts";
import { checkSeals } from "./check-seals.ts";
import { checkSegments } from "./check-segments.ts";
import type { Check, ExaminationContext } from "./context.ts";

export interface ExaminationOptions {
  readonly root: string;
  /** Reads every byte, replays every statement, compares every seal. */
  readonly deep?: boolean;
}

const CHECKS: readonly (readonly [string, Check])[] = [
  ["folder", checkFolder],
  ["keys", checkPersonsKeys],
  ["record", checkRecord],
  ["mission", checkMission],
  ["journal", checkSegments("journal")],
  ["picture", checkSegments("picture")],
  ["projection", checkDatabases],
  ["attachments", checkAttachments],
  ["seals", checkSeals],
];

/** Examines a folder, whether a centre is at work in it or not. Never throws: what cannot be examined is a finding. */
export async function* examine(options: ExaminationOptions): AsyncGenerator<Finding> {
  const paths = pathsOf(options.root);
  const finding = findingsOf("folder");
  try {
    spaceOf(paths.root);
    const holder = livingHolder(paths.lock);
    yield holder === undefined
      ? finding("good", "lock.free")
      : finding("good", "lock.held", { pid: holder.pid, purpose: holder.purpose });
    yield* runChecks({ paths, deep: options.deep === true, live: holder !== undefined });
  } catch (error) {
    yield finding("wrong", "folder.unreadable", { folder: paths.root }, faultOf(error, "folder", paths.root));
  }
}

async function* runChecks(context: ExaminationContext): AsyncGenerator<Finding> {
  for (const [area, check] of CHECKS) {
    try {
      yield* check(context);
    } catch (error) {
      yield findingsOf(area)("wrong", "check.failed", {}, faultOf(error, area));
    }
  }
}
