/** The record lane, put together: keeper, registrar and the replay of what is there. */
import type { Mission } from "@openjmc/agreement";
import { bytesToHex } from "@openjmc/record";
import { readAttachmentNow } from "../attachments/index.ts";
import { askCosigners, readAddresses } from "../cosigning/index.ts";
import { decisionContextOf } from "../mission/decision-context.ts";
import { nodePrimitives } from "../primitives.ts";
import { openKeeper, type RecordKeeper } from "../record/index.ts";
import { readLeaves } from "../record/leaves.ts";
import { openRecordedTimes } from "../registrar/recorded-at.ts";
import { type Registered, Registrar } from "../registrar/registrar.ts";
import type { Foundation } from "./foundation.ts";
import { Listeners } from "./listeners.ts";

export interface RecordLane {
  readonly keeper: RecordKeeper;
  readonly registrar: Registrar;
  /** Who knows how much of the journal no entry seals yet puts the answer here. */
  readonly recordings: { unsealed: () => number };
  /** What was in the record at the start. */
  readonly loaded: readonly Registered[];
  /** Told of every durable entry, in log order. */
  readonly entries: Listeners<Registered>;
}

export async function openRecordLane(foundation: Foundation): Promise<RecordLane> {
  const { paths, keys, closers, logger } = foundation;
  const keeper = closers.keep(
    await openKeeper({
      recordFolder: paths.record,
      keeperFolder: paths.keeper,
      logKey: keys.logKey,
      signer: keys.log,
      primitives: nodePrimitives,
      known: await askCosigners(paths.record, keys.logKey, readAddresses(paths.keys)),
    }),
  );
  const times = closers.keep(openRecordedTimes(paths.recordedAt));
  const entries = new Listeners<Registered>();
  const recordings = { unsealed: () => 0 };
  const contextOf = keptBy((mission: Mission) => ({
    ...decisionContextOf(mission),
    unsealed: () => recordings.unsealed(),
  }));
  const registrar = new Registrar({
    primitives: nodePrimitives,
    keeper,
    times,
    machine: keys.machine,
    now: () => foundation.clock.now(),
    context: () => contextOf(foundation.mission),
    readCiphertext: (sha256) => readAttachmentNow(paths.attachments, sha256),
    onRegistered: (registered) => entries.tell(registered),
    onTrouble: (problem) => logger.error({ err: problem }, "beside the record"),
    onFatal: (fault) => {
      logger.fatal({ fault: fault.fault }, "the record could not be written");
      foundation.fail(fault);
    },
  });
  const loaded = registrar.load(readLeaves(paths.record, keeper.size), false);
  registrar.requireHead({ size: keeper.size, root: bytesToHex(keeper.head.root) });
  return { keeper, registrar, recordings, loaded, entries };
}

/** What is made of the mission is made again when that is another one. */
export function keptBy<From extends object, Made>(make: (from: From) => Made): (from: From) => Made {
  let last: { readonly from: From; readonly made: Made } | undefined;
  return (from) => {
    if (last?.from !== from) last = { from, made: make(from) };
    return last.made;
  };
}
