/** The record lane, put together: keeper, registrar and the replay of what is there. */
import type { Mission } from "@openjmc/agreement";
import { bytesToHex } from "@openjmc/record";
import { readAttachmentNow } from "../attachments/index.ts";
import { askCosigners, readAddresses } from "../cosigning/index.ts";
import { decisionContextOf } from "../mission/decision-context.ts";
import { nodePrimitives } from "../primitives.ts";
import { MissingEntries } from "../projection/rebuild.ts";
import { openKeeper, type RecordKeeper } from "../record/index.ts";
import { readLeaves } from "../record/leaves.ts";
import { openRecordedTimes } from "../registrar/recorded-at.ts";
import { type Registered, Registrar } from "../registrar/registrar.ts";
import type { Store } from "../store/index.ts";
import type { Foundation } from "./foundation.ts";
import { Listeners } from "./listeners.ts";
import { RecordAtStart } from "./record-at-start.ts";

export interface RecordLane {
  readonly keeper: RecordKeeper;
  readonly registrar: Registrar;
  /** Who knows how much of the journal no entry seals yet puts the answer here. */
  readonly recordings: { unsealed: () => number };
  /** What was in the record at the start. */
  readonly loaded: RecordAtStart;
  /** Told of every durable entry, in log order. */
  readonly entries: Listeners<Registered>;
}

/** `store`: brought up to the record on the way, so that nothing of its rows has to wait in memory. */
export async function openRecordLane(foundation: Foundation, store: Store): Promise<RecordLane> {
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
  const loaded = await loadRecord(registrar, keeper, readLeaves(paths.record, keeper.size), store);
  return { keeper, registrar, recordings, loaded, entries };
}

/** Replays the record into registrar and store. Throws `record.*`; the store is then empty, as rows of a false record are none. */
async function loadRecord(
  registrar: Registrar,
  keeper: RecordKeeper,
  leaves: Iterable<Uint8Array>,
  store: Store,
): Promise<RecordAtStart> {
  const atStart = new RecordAtStart();
  const missing = new MissingEntries(store, (await store.position()).logIndex);
  try {
    for (const registered of registrar.replayed(leaves, false)) {
      atStart.take(registered.entry);
      await missing.take({ index: registered.entry.index, changes: registered.changes });
    }
    registrar.requireHead({ size: keeper.size, root: bytesToHex(keeper.head.root) });
    await missing.flush();
    return atStart;
  } catch (problem) {
    if (missing.count > 0) await store.reset();
    throw problem;
  }
}

/** What is made of the mission is made again when that is another one. */
export function keptBy<From extends object, Made>(make: (from: From) => Made): (from: From) => Made {
  let last: { readonly from: From; readonly made: Made } | undefined;
  return (from) => {
    if (last?.from !== from) last = { from, made: make(from) };
    return last.made;
  };
}
