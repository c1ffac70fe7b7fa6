/** The record of a centre that is not running, opened for an act of the machine: an export, a time stamp, a removal. */
import type { Instant } from "@openjmc/model";
import { bytesToHex } from "@openjmc/record";
import { wallClock } from "../clock.ts";
import { type FolderPaths, openFolder } from "../folder/index.ts";
import type { CentreDescription } from "../founding/centre-description.ts";
import { readCentreFile } from "../founding/centre-file.ts";
import { openMachineKeys } from "../founding/machine-keys.ts";
import { decisionContextOf, NO_MISSION } from "../mission/decision-context.ts";
import { missionOfCentre } from "../mission/read.ts";
import { nodePrimitives } from "../primitives.ts";
import { openKeeper, type RecordKeeper, readLeaves } from "../record/index.ts";
import { openRecordedTimes } from "../registrar/recorded-at.ts";
import { Registrar } from "../registrar/registrar.ts";

export interface ClosedRecord {
  readonly paths: FolderPaths;
  readonly file: CentreDescription;
  readonly keeper: RecordKeeper;
  readonly registrar: Registrar;
}

export interface ClosedRecordOptions {
  /** The clock; without it the wall's, in an exercise where the record's last act of the machine left it. */
  readonly now?: () => Instant;
  /** True: acts are judged by the mission in force, as a running centre does; without it no act of a person is expected. */
  readonly isOfMission?: boolean;
}

/**
 * Opens it, does the work and lets go. Throws `folder.held` while a centre runs in the folder, and what the work throws.
 * In an exercise the clock stands where the record's last act of the machine left it.
 */
export async function withClosedRecord<T>(
  folder: string,
  purpose: string,
  work: (record: ClosedRecord) => Promise<T>,
  options: ClosedRecordOptions = {},
): Promise<T> {
  const wall = wallClock();
  const held = openFolder(folder, { purpose, now: options.now?.() ?? wall.now() });
  try {
    const { paths } = held;
    const file = readCentreFile(paths);
    const context = options.isOfMission === true ? decisionContextOf(missionOfCentre(paths, file)) : NO_MISSION;
    const keys = openMachineKeys(paths.keys, file.origin);
    const keeper = await openKeeper({
      ...{ recordFolder: paths.record, keeperFolder: paths.keeper, primitives: nodePrimitives },
      ...{ logKey: keys.logKey, signer: keys.log },
    });
    const times = openRecordedTimes(paths.recordedAt);
    try {
      const registrar: Registrar = new Registrar({
        ...{ primitives: nodePrimitives, keeper, times, machine: keys.machine },
        now: options.now ?? (() => (file.exercise ? registrar.state.machineTime : wall.now())),
        context: () => context,
        onRegistered: () => undefined,
        onFatal: () => undefined,
      });
      registrar.load(readLeaves(paths.record, keeper.size), false);
      registrar.requireHead({ size: keeper.size, root: bytesToHex(keeper.head.root) });
      return await work({ paths, file, keeper, registrar });
    } finally {
      times.close();
      await keeper.close();
    }
  } finally {
    held.close();
  }
}
