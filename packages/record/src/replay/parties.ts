/** What a liaison officer of a party may sign: a party is heard through a component, and is none of the two keys. */
import { refuse } from "../fault.ts";
import type { Act, KindRule } from "../statement/kinds.ts";
import type { CheckContext } from "./context.ts";

const PREFIX = "party:";

/** The role that makes an enrolled officer the liaison of a party. */
export const partyRole = (party: string): string => `${PREFIX}${party}`;

/** The party for which somebody with these roles speaks; undefined for the components' own. */
export function partyOf(roles: readonly string[]): string | undefined {
  return roles.find((role) => role.startsWith(PREFIX))?.slice(PREFIX.length);
}

/** Routine statements, and the keys with which they are signed. */
const ACTS: ReadonlySet<Act> = new Set(["plain", "session-enrolment", "session-end", "officer-rotation"]);

/**
 * He is enrolled by the component through which he speaks, and yet none of its officers: no proposal, no countersignature, no
 * dissent, no claim to roots is his, whatever other roles stand beside. Errors: `party.binding`.
 */
export function checkPartyLiaison(rule: KindRule, { leaf, signer }: CheckContext, roles: readonly string[]): void {
  if (signer.tier === "root" || partyOf(roles) === undefined || ACTS.has(rule.act)) return;
  refuse("party.binding", "signature", {
    expected: "an officer of a component",
    got: `${leaf.statement.kind} by ${signer.holder}`,
  });
}
