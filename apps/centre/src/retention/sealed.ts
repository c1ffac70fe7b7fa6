/** How far the journal is sealed, from the record alone. */
import { readLeaf } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { readLeaves } from "../record/index.ts";

/** Last journal record that a seal covers; 0 if there is none. */
export function sealedUpTo(recordFolder: string, size: number): number {
  let last = 0;
  for (const bytes of readLeaves(recordFolder, size)) {
    const leaf = readLeaf(nodePrimitives.sha256, bytes);
    if (leaf.ok && leaf.value.statement.kind === "recordings.sealed")
      last = Math.max(last, Number(leaf.value.statement.body.lastSequence));
  }
  return last;
}
