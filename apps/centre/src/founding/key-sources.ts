/**
 * Enrols gateways' keys in a record that was just founded at one machine, by the heads of both components whose keys are
 * there: for exercises. Elsewhere the heads sign `source.keyed` with their own signers.
 */
import { formatInstant, type Instant } from "@openjmc/model";
import {
  admit,
  bytesToHex,
  countersign,
  emptyState,
  type Json,
  type ReplayState,
  replay,
  signStatement,
  trusting,
  unwrap,
} from "@openjmc/record";
import { pathsOf } from "../folder/index.ts";
import { nodePrimitives } from "../primitives.ts";
import { openKeeper } from "../record/index.ts";
import { readLeaves } from "../record/leaves.ts";
import type { SignerFolder } from "../signer/signer-folder.ts";
import { readCentreFile } from "./centre-file.ts";
import { openMachineKeys } from "./machine-keys.ts";
import { headOf } from "./roster.ts";

export interface SourceKey {
  readonly source: string;
  /** Raw public key, hexadecimal. */
  readonly key: string;
}

/** Throws a `Refusal` for what the replay does not accept. */
export async function keySources(
  folder: string,
  components: readonly SignerFolder[],
  keys: readonly SourceKey[],
  at: Instant,
): Promise<void> {
  const paths = pathsOf(folder);
  const { origin } = readCentreFile(paths);
  const machine = openMachineKeys(paths.keys, origin);
  const keeper = await openKeeper({
    recordFolder: paths.record,
    keeperFolder: paths.keeper,
    logKey: machine.logKey,
    signer: machine.log,
    primitives: nodePrimitives,
  });
  try {
    const state = emptyState(nodePrimitives);
    replay(trusting(nodePrimitives), state, readLeaves(paths.record, keeper.size));
    const leaves: Uint8Array[] = [];
    for (const key of keys) leaves.push(...(await enrol(state, origin, components, key, at)));
    await keeper.append(leaves);
  } finally {
    await keeper.close();
  }
}

async function enrol(
  state: ReplayState,
  origin: string,
  components: readonly SignerFolder[],
  key: SourceKey,
  at: Instant,
): Promise<readonly Uint8Array[]> {
  const [first, ...others] = components.map(({ component, officers }) => headOf(component, officers));
  const size = state.history.size;
  const proposal = await signStatement(nodePrimitives.sha256, first!.signer, {
    ...{ origin, kind: "source.keyed", component: components[0]!.component, role: first!.id },
    ...{ subject: key.source, revision: 0, at: formatInstant(at), refs: [] },
    anchor: { size, root: bytesToHex(state.history.rootAt(size)!) },
    body: { ...key } as { readonly [name: string]: Json },
  });
  const leaves = [proposal];
  for (const other of others) leaves.push(await countersign(nodePrimitives.sha256, other.signer, proposal));
  for (const leaf of leaves) unwrap(admit(nodePrimitives, state, leaf));
  return leaves;
}
