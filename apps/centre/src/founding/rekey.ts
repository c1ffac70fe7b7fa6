/**
 * New keys for the centre itself, after a theft: for its acts and for the log's checkpoints. Prepared on the stopped
 * centre, signed by roots of both components, carried out on the stopped centre. Each step can be done again after a crash.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError, formatInstant, type Instant } from "@openjmc/model";
import {
  admit,
  bytesToBase64,
  bytesToHex,
  checkLeaf,
  emptyState,
  formatVkey,
  keyIdOf,
  openCheckpoint,
  possessionMessage,
  type ReplayState,
  replay,
  type Signer,
  unwrap,
} from "@openjmc/record";
import { type FolderPaths, openFolder } from "../folder/index.ts";
import { nodePrimitives } from "../primitives.ts";
import { writeDurably } from "../record/durable.ts";
import { publishHead } from "../record/head.ts";
import { nodeRecordFiles, openKeeper, readLeaves } from "../record/index.ts";
import { type CarriedStatement, carry, leavesOf } from "../signer/files/statement-file.ts";
import { readCentreFile } from "./centre-file.ts";
import { createNextKeys, type MachineKeys, nextKeys, openMachineKeys, takeNextKeys } from "./machine-keys.ts";

export interface RekeyPlan {
  readonly reason: string;
  /** What the old keys signed from this entry on is marked as suspect. */
  readonly suspectFrom?: number;
  readonly now: Instant;
}

/** Makes new keys beside the present ones, and the statement that the components' roots are to sign. */
export async function prepareRekeying(root: string, plan: RekeyPlan): Promise<CarriedStatement> {
  const folder = openFolder(root, { purpose: "rekey", now: plan.now });
  try {
    const { paths } = folder;
    const { origin } = readCentreFile(paths);
    createNextKeys(paths.keys);
    const next = nextKeys(paths.keys, origin)!;
    const { state } = replayed(paths, origin, [openMachineKeys(paths.keys, origin), next]);
    return carry(await statementOf(state, next, plan));
  } finally {
    folder.close();
  }
}

async function statementOf(state: ReplayState, next: MachineKeys, plan: RekeyPlan) {
  const { origin } = state.founding!;
  const size = state.history.size;
  const root = bytesToHex(state.history.root());
  const prove = async (holder: string, signer: Signer) => {
    const publicKey = bytesToHex(signer.publicKey);
    const message = possessionMessage({ origin, component: "centre", holder, anchorRoot: root, publicKey });
    return { publicKey, proof: bytesToBase64(await signer.sign(message)) };
  };
  const [machine, log] = [await prove("centre", next.machine), await prove("log", next.log)];
  const { suspectFrom, reason } = plan;
  return {
    ...{ origin, kind: "log.rekeyed", component: "centre", role: "root", subject: "log", revision: 0 },
    ...{ at: formatInstant(plan.now), refs: [], anchor: { size, root } },
    body: {
      ...{ key: machine.publicKey, possession: machine.proof, reason },
      ...{ logKey: log.publicKey, logPossession: log.proof },
      ...(suspectFrom === undefined ? {} : { suspectFrom }),
    },
  };
}

/**
 * Records what the roots have signed and puts the new keys in place. Errors (thrown): `rekey.not-prepared`,
 * `rekey.incomplete`, refusals of leaves that do not hold.
 */
export async function carryOutRekeying(
  root: string,
  signed: readonly CarriedStatement[],
  now: Instant,
): Promise<string> {
  const folder = openFolder(root, { purpose: "rekey", now });
  try {
    const { paths } = folder;
    const { origin } = readCentreFile(paths);
    const next = nextKeys(paths.keys, origin);
    if (!next) throw fault("rekey.not-prepared", root, "keys that `jmc rekey DIR --out FILE` has made", "none");
    const present = openMachineKeys(paths.keys, origin);
    const { state, head } = replayed(paths, origin, [present, next]);
    if (!isInForce(state, next)) await append(paths, present, state, signed);
    if (!isInForce(state, next)) throw fault("rekey.incomplete", root, "two roots of each component", "fewer");
    await publish(paths, next, state, head);
    takeNextKeys(paths.keys);
    return formatVkey(next.logKey);
  } finally {
    folder.close();
  }
}

function isInForce(state: ReplayState, keys: MachineKeys): boolean {
  const key = state.keys.get(keyIdOf(nodePrimitives.sha256, keys.machine.publicKey));
  return key !== undefined && key.ended === undefined;
}

/** Nothing is written before everything has been judged, so that a file too few leaves the record as it was. */
async function append(
  paths: FolderPaths,
  keys: MachineKeys,
  state: ReplayState,
  signed: readonly CarriedStatement[],
): Promise<void> {
  const leaves: Uint8Array[] = [];
  const before = state.history.size;
  for (const leaf of signed.flatMap(leavesOf)) {
    const checked = checkLeaf(nodePrimitives, state, leaf);
    const again = !checked.ok && ["root.same-key", "root.already-complete"].includes(checked.fault.code);
    if (again) continue;
    unwrap(checked);
    unwrap(admit(nodePrimitives, state, leaf));
    leaves.push(leaf);
  }
  const keeper = await openKeeper({
    ...{ recordFolder: paths.record, keeperFolder: paths.keeper, primitives: nodePrimitives },
    ...{ logKey: keys.logKey, signer: keys.log },
  });
  try {
    if (keeper.size !== before) throw fault("record.damaged", paths.record, `${before} entries`, `${keeper.size}`);
    if (leaves.length > 0) await keeper.append(leaves);
  } finally {
    await keeper.close();
  }
}

/** The same head under the new key, and the key's own file. */
async function publish(paths: FolderPaths, keys: MachineKeys, state: ReplayState, head: MachineKeys): Promise<void> {
  if (head === keys) return;
  const options = {
    ...{ recordFolder: paths.record, keeperFolder: paths.keeper, primitives: nodePrimitives },
    ...{ logKey: keys.logKey, signer: keys.log },
  };
  await publishHead(options, nodeRecordFiles, state.history.size, state.history.root());
  const bytes = new TextEncoder().encode(`${formatVkey(keys.logKey)}\n`);
  await writeDurably(nodeRecordFiles, [{ path: join(paths.record, "log.vkey"), bytes }]);
}

/** The record as its head bears it out, and which of the keys signed that head. */
function replayed(
  paths: FolderPaths,
  origin: string,
  keys: readonly MachineKeys[],
): { readonly state: ReplayState; readonly head: MachineKeys } {
  const note = new Uint8Array(readFileSync(join(paths.keeper, "head")));
  const opened = keys.map((one) => ({ one, head: openCheckpoint(nodePrimitives, note, one.logKey) }));
  const found = opened.find(({ head }) => head.ok) ?? opened[0]!;
  const { size, root } = unwrap(found.head);
  const state = emptyState(nodePrimitives);
  const [refused] = replay(nodePrimitives, state, readLeaves(paths.record, size));
  if (refused || bytesToHex(state.history.root()) !== bytesToHex(root)) {
    throw fault("record.damaged", paths.record, `the ${size} entries of ${origin} under its head`, "others");
  }
  return { state, head: found.one };
}

function fault(code: string, file: string, expected: string, got: string): FaultError {
  return new FaultError({ code, what: "re-keying of the centre", where: { file }, expected, got });
}
