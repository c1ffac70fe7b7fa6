/**
 * Whether batches come in their order. A gateway's boots and sequences only grow, so whatever does not is a replay or a
 * duplicate, and whatever jumps has left something out.
 */
import type { SignedBatchHead } from "./batch.ts";

/**
 * `next`: as it should be. `gap`: taken, with so many batches missing before it. `duplicate`: the last one again.
 * `replay`: an older one.
 */
export type BatchOrder =
  | { readonly order: "next" }
  | { readonly order: "gap"; readonly missing: number }
  | { readonly order: "duplicate" }
  | { readonly order: "replay" };

export class BatchSequence {
  #boot = -1;
  #sequence = -1;

  /** Judges a verified batch and, unless it is refused, takes it as the last. */
  take({ boot, sequence }: Pick<SignedBatchHead, "boot" | "sequence">): BatchOrder {
    const isFirst = this.#boot < 0;
    if (boot < this.#boot || (boot === this.#boot && sequence < this.#sequence)) return { order: "replay" };
    if (boot === this.#boot && sequence === this.#sequence) return { order: "duplicate" };
    // Where listening begins in the middle of a boot, nothing is known to be missing.
    const missing = isFirst ? 0 : boot === this.#boot ? sequence - this.#sequence - 1 : sequence;
    this.#boot = boot;
    this.#sequence = sequence;
    return missing === 0 ? { order: "next" } : { order: "gap", missing };
  }
}
