/**
 * Rounds of cosigning. A policy is met by one checkpoint, so all cosigners are shown the same one for a while: until all of
 * them have signed it, or until a slow or silent one has had his time. Then comes the head of that moment.
 */
import {
  type Checkpoint,
  evaluatePolicy,
  type OpenedCheckpoint,
  type Policy,
  type PolicyOutcome,
  type VerifiedSignature,
} from "@openjmc/record";

/** A checkpoint on its way round. Times are wall milliseconds. */
export interface Candidate extends Checkpoint {
  /** As the log signed it. */
  readonly note: Uint8Array;
  readonly shownAt: number;
  readonly cosignatures: Map<string, VerifiedSignature>;
}

const SHORTEST_ROUND_MILLISECONDS = 1_000;
const LONGEST_ROUND_MILLISECONDS = 2_500;
/** A cosigner that has not signed for so long is not waited for. */
const ABSENT_MILLISECONDS = 20_000;
const REMEMBERED = 64;

export class Rounds {
  readonly #recent = new Map<number, Candidate>();
  readonly #seenAt = new Map<string, number>();
  #candidate: Candidate | undefined;
  #startedAt: number | undefined;

  /** What cosigners are shown now. */
  get candidate(): Candidate | undefined {
    return this.#candidate;
  }

  /** A candidate that is still taken, by its size. */
  recent(size: number): Candidate | undefined {
    return this.#recent.get(size);
  }

  /** Takes the head as the next candidate when it is time. Answers whether there is a new one. */
  advance(head: Checkpoint & { readonly note: Uint8Array }, policy: Policy, now: number): boolean {
    const { candidate } = this;
    this.#startedAt ??= now;
    if (candidate?.size === head.size) return false;
    if (candidate && now - candidate.shownAt < this.#length(candidate, policy, now)) return false;
    const { origin, size, root, note } = head;
    this.#candidate = { origin, size, root, note, shownAt: now, cosignatures: new Map() };
    this.#recent.set(size, this.#candidate);
    for (const old of this.#recent.keys()) if (this.#recent.size > REMEMBERED) this.#recent.delete(old);
    return true;
  }

  /** Adds the good cosignatures of a note to the candidate of its size. Answers how the policy stands there. */
  add(opened: OpenedCheckpoint, policy: Policy, now: number): PolicyOutcome | undefined {
    for (const { key } of opened.cosignatures) this.#seenAt.set(labelOf(key), now);
    const candidate = this.#recent.get(opened.size);
    if (!candidate) return undefined;
    for (const signature of opened.cosignatures) {
      const before = candidate.cosignatures.get(labelOf(signature));
      if (!before || (before.timestamp ?? 0) <= (signature.timestamp ?? 0))
        candidate.cosignatures.set(labelOf(signature), signature);
    }
    return outcomeOf(candidate, policy);
  }

  #length(candidate: Candidate, policy: Policy, now: number): number {
    const isAwaited = ({ key }: Policy["witnesses"][number]): boolean =>
      !candidate.cosignatures.has(labelOf(key)) &&
      now - (this.#seenAt.get(labelOf(key)) ?? this.#startedAt ?? now) < ABSENT_MILLISECONDS;
    return policy.witnesses.some(isAwaited) ? LONGEST_ROUND_MILLISECONDS : SHORTEST_ROUND_MILLISECONDS;
  }
}

export function outcomeOf(candidate: Candidate, policy: Policy): PolicyOutcome {
  return evaluatePolicy(policy, { cosignatures: [...candidate.cosignatures.values()] });
}

function labelOf({ name, id }: { readonly name: string; readonly id: string }): string {
  return `${name}+${id}`;
}
