/** Applying a policy to a checkpoint. */
import type { OpenedCheckpoint } from "../note/checkpoint.ts";
import type { Policy, PolicyWitness } from "./policy.ts";

/** How far a checkpoint meets a policy. */
export interface PolicyOutcome {
  readonly satisfied: boolean;
  /** Names of witnesses whose good cosignatures it bears, in the policy's order. */
  readonly present: readonly string[];
  readonly absent: readonly string[];
}

/** Applies a policy to a checkpoint opened with the policy's witnesses as cosigners. */
export function evaluatePolicy(policy: Policy, checkpoint: Pick<OpenedCheckpoint, "cosignatures">): PolicyOutcome {
  const has = ({ key }: PolicyWitness) =>
    checkpoint.cosignatures.some(({ name, id }) => name === key.name && id === key.id);
  const present = policy.witnesses.filter(has).map((witness) => witness.name);
  const absent = policy.witnesses.map((witness) => witness.name).filter((name) => !present.includes(name));
  const reached = new Set(present);
  for (const group of policy.groups) {
    const count = group.members.filter((member) => reached.has(member)).length;
    if (count >= group.needed) reached.add(group.name);
  }
  return { satisfied: policy.quorum === undefined || reached.has(policy.quorum), present, absent };
}
