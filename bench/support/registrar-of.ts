/** The registrar of a founded centre that nobody serves, with a clock that is set: fills a record as a centre would, sooner. */
import type { Instant } from "@openjmc/model";
import { bytesToHex } from "@openjmc/record";
import { openFolder } from "../../apps/centre/src/folder/index.ts";
import { readCentreFile } from "../../apps/centre/src/founding/centre-file.ts";
import { openMachineKeys } from "../../apps/centre/src/founding/machine-keys.ts";
import { decisionContextOf } from "../../apps/centre/src/mission/decision-context.ts";
import { missionOfCentre } from "../../apps/centre/src/mission/read.ts";
import { nodePrimitives } from "../../apps/centre/src/primitives.ts";
import { openKeeper, readLeaves } from "../../apps/centre/src/record/index.ts";
import { openRecordedTimes } from "../../apps/centre/src/registrar/recorded-at.ts";
import { Registrar } from "../../apps/centre/src/registrar/registrar.ts";

export interface OpenRegistrar {
  readonly registrar: Registrar;
  readonly origin: string;
  readonly setNow: (now: Instant) => void;
}

/** Everything that was taken is durable when this resolves, and the folder is free again. */
export async function withRegistrar(
  folder: string,
  startsAt: Instant,
  work: (open: OpenRegistrar) => Promise<void>,
): Promise<void> {
  const held = openFolder(folder, { purpose: "bench", now: startsAt });
  const { paths } = held;
  const file = readCentreFile(paths);
  const keys = openMachineKeys(paths.keys, file.origin);
  const keeper = await openKeeper({
    ...{ recordFolder: paths.record, keeperFolder: paths.keeper, primitives: nodePrimitives },
    ...{ logKey: keys.logKey, signer: keys.log },
  });
  const times = openRecordedTimes(paths.recordedAt);
  let now = startsAt;
  const context = decisionContextOf(missionOfCentre(paths, file));
  const registrar = new Registrar({
    ...{ primitives: nodePrimitives, keeper, times, machine: keys.machine, now: () => now, context: () => context },
    onRegistered: () => undefined,
    onFatal: (fault) => {
      throw fault;
    },
  });
  registrar.load(readLeaves(paths.record, keeper.size), false);
  registrar.requireHead({ size: keeper.size, root: bytesToHex(keeper.head.root) });
  const setNow = (next: Instant): void => {
    now = next;
  };
  try {
    await work({ registrar, origin: file.origin, setNow });
  } finally {
    times.close();
    await keeper.close();
    held.close();
  }
}
