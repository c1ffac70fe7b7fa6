/** Acts of the root keys: they hold once two of a component's three have signed the same statement. */
import { refuse } from "../fault.ts";
import type { Change } from "./change.ts";
import type { CheckContext } from "./context.ts";
import { ROOT_QUORUM } from "./founding.ts";
import type { Quorum } from "./state.ts";

/**
 * Adds the signer's signature. Of those before, only keys that are still in force count: what a stolen root has signed is not
 * completed by another once it was replaced. `effect` is what the statement does when the last signature needed is there.
 * `components` are those whose roots must sign. Errors: `root.same-key`, `root.already-complete`, `component.wrong`.
 */
export function gatherRoots(
  context: CheckContext,
  components: readonly string[],
  effect: () => Change,
): { readonly change: Change; readonly complete: boolean } {
  const { signer, leaf, index, state } = context;
  const before = state.quorums.get(leaf.statementId) ?? { signatures: [], complete: false };
  if (signer.tier !== "root" || !components.includes(signer.component)) {
    refuse("component.wrong", "root signature", { expected: components.join(" and "), got: signer.component });
  }
  if (before.signatures.some((signature) => signature.keyId === signer.keyId)) {
    refuse("root.same-key", "root signature", { expected: "another root key of the component", got: signer.keyId });
  }
  if (before.complete) refuse("root.already-complete", "root signature", { expected: "a statement still open" });
  const signatures = [...before.signatures, { index, component: signer.component, keyId: signer.keyId }];
  const standing = signatures.filter(({ keyId }) => state.keys.get(keyId)?.ended === undefined);
  const complete = components.every((component) => countOf(standing, component) >= ROOT_QUORUM);
  const quorum = { statementId: leaf.statementId, quorum: { signatures, complete } };
  return { change: { ...(complete ? effect() : {}), quorum }, complete };
}

function countOf(signatures: Quorum["signatures"], component: string): number {
  return signatures.filter((signature) => signature.component === component).length;
}
