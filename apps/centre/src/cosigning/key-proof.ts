/** The proof that a log has another key, made from the record at hand. Its entries are looked for once. */
import { changesKeys, inclusionProof, type ProvenEntry, type ReplayState } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";

const AT_A_TIME = 4096;

/** `entries`: those from one place up to but without another. */
export function keyProofMaker(
  state: ReplayState,
  entries: (from: number, until: number) => Iterable<Uint8Array>,
): (candidate: { readonly size: number }) => readonly ProvenEntry[] | undefined {
  const found: { readonly index: number; readonly leaf: Uint8Array }[] = [];
  let looked = 0;
  return ({ size }) => {
    if (state.logKeys.length < 2) return undefined;
    for (; looked < size; ) {
      const until = Math.min(size, looked + AT_A_TIME);
      for (const leaf of entries(looked, until)) {
        if (changesKeys(nodePrimitives.sha256, leaf)) found.push({ index: looked, leaf });
        looked += 1;
      }
    }
    return found
      .filter(({ index }) => index < size)
      .map(({ index, leaf }) => ({
        ...{ index, leaf },
        path: inclusionProof(nodePrimitives.sha256, state.history.node, index, size),
      }));
  };
}
