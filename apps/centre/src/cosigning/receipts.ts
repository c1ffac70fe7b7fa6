/** Making receipts from the tree that is in memory: no file is read but the cosigned note. */
import { formatTlogProof, inclusionProof, parseCheckpoint, parseNote, type ReplayState, unwrap } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import type { RecordKeeper } from "../record/index.ts";
import type { Cosigning } from "./cosigning.ts";

/**
 * The receipt of an entry; undefined beyond the record's end. A checkpoint that meets the policy is preferred; it may stand under a
 * key that the log had before.
 */
export function receiptMaker(
  state: ReplayState,
  keeper: RecordKeeper,
  cosigning: Cosigning,
): (index: number) => Promise<Uint8Array | undefined> {
  return async (index) => {
    if (!(index >= 0 && index < keeper.size)) return undefined;
    const sealed = index < cosigning.sealedSize ? await cosigning.sealedNote : undefined;
    const checkpoint = sealed ?? keeper.head.note;
    const { size } = unwrap(parseCheckpoint(unwrap(parseNote(checkpoint)).text));
    const path = inclusionProof(nodePrimitives.sha256, state.history.node, index, size);
    return formatTlogProof({ index, path, checkpoint });
  };
}
