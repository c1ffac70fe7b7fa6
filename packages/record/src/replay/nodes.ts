/** What the machine of a component's node may sign: it keeps a room, and decides nothing. */
import { refuse } from "../fault.ts";
import type { Act, KindRule } from "../statement/kinds.ts";
import type { CheckContext } from "./context.ts";

/** The role that makes an enrolled key that of a node, whatever other roles stand beside it. */
export const NODE_ROLE = "node";

/** Routine statements (`disclosed`, `key.destroyed`, `tap.compared`) are all that its work needs. */
const ACTS: ReadonlySet<Act> = new Set(["plain", "session-end"]);

/**
 * Nobody stands before a node when it signs. So it signs no binding statement, no joint one of whatever tier, no claim to new
 * roots; it neither opens sessions nor changes its own key. Errors: `node.binding`.
 */
export function checkNode(rule: KindRule, { leaf, signer }: CheckContext, roles: readonly string[]): void {
  const isNode = signer.tier !== "root" && roles.includes(NODE_ROLE);
  if (!isNode || (rule.tier === "session" && ACTS.has(rule.act))) return;
  refuse("node.binding", "signature", {
    expected: "a person's key",
    got: `${leaf.statement.kind} by ${signer.holder}`,
  });
}
