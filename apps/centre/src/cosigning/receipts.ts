/** Making receipts from the tree that is in memory: no file is read but the cosigned note. */
import {
  formatTlogProof,
  inclusionProof,
  type NoteKey,
  openCheckpoint,
  type ReplayState,
  unwrap,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import type { RecordKeeper } from "../record/index.ts";
import type { Cosigning } from "./cosigning.ts";

/** The receipt of an entry; undefined beyond the record's end. A checkpoint that meets the policy is preferred. */
export function receiptMaker(
  state: ReplayState,
  keeper: RecordKeeper,
  cosigning: Cosigning,
  logKey: NoteKey,
): (index: number) => Promise<Uint8Array | undefined> {
  return async (index) => {
    if (!(index >= 0 && index < keeper.size)) return undefined;
    const sealed = index < cosigning.sealedSize ? await cosigning.sealedNote : undefined;
    const checkpoint = sealed ?? keeper.head.note;
    const { size } = unwrap(openCheckpoint(nodePrimitives, checkpoint, logKey));
    const path = inclusionProof(nodePrimitives.sha256, state.history.node, index, size);
    return formatTlogProof({ index, path, checkpoint });
  };
}
