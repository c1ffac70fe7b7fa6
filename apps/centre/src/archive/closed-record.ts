/** The record of a centre that is not running, opened for an act of the machine: an export, a time stamp, a removal. */
import { bytesToHex } from "@openjmc/record";
import { wallClock } from "../clock.ts";
import { type FolderPaths, openFolder } from "../folder/index.ts";
import type { CentreDescription } from "../founding/centre-description.ts";
import { readCentreFile } from "../founding/centre-file.ts";
import { openMachineKeys } from "../founding/machine-keys.ts";
import { NO_MISSION } from "../mission/decision-context.ts";
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

/**
 * Opens it, does the work and lets go. Throws `folder.held` while a centre runs in the folder, and what the work throws.
 * In an exercise the clock stands where the record's last act of the machine left it.
 */
export async function withClosedRecord<T>(
  folder: string,
  purpose: string,
  work: (record: ClosedRecord) => Promise<T>,
): Promise<T> {
  const wall = wallClock();
  const held = openFolder(folder, { purpose, now: wall.now() });
  try {
    const { paths } = held;
    const file = readCentreFile(paths);
    const keys = openMachineKeys(paths.keys, file.origin);
    const keeper = await openKeeper({
      ...{ recordFolder: paths.record, keeperFolder: paths.keeper, primitives: nodePrimitives },
      ...{ logKey: keys.logKey, signer: keys.log },
    });
    const times = openRecordedTimes(paths.recordedAt);
    try {
      const registrar: Registrar = new Registrar({
        ...{ primitives: nodePrimitives, keeper, times, machine: keys.machine },
        now: () => (file.exercise ? registrar.state.machineTime : wall.now()),
        context: () => NO_MISSION,
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
