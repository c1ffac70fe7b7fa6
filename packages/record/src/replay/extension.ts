/** Kinds that a log brings itself, in its founding or by joint act, so that verifiers of other days can replay it. */
import type { Json } from "../json/canonical.ts";
import { type KindRule, STANDARD_KINDS, type Tier } from "../statement/kinds.ts";
import { wrongBody } from "./context.ts";

const TIERS: readonly Tier[] = ["machine", "session", "binding"];

/** Reads `[{kind, tier, joint}]`. Only plain and joint kinds can be brought in. Errors: `statement.body`. */
export function readKindRules(value: Json | undefined): readonly KindRule[] {
  if (!Array.isArray(value)) return wrongBody("kinds", "a list", value);
  const rules = value.map(readRule);
  const names = new Set(rules.map((rule) => rule.kind));
  if (names.size !== rules.length) return wrongBody("kinds", "each kind once", value);
  return rules;
}

function readRule(value: Json): KindRule {
  const { kind, tier, joint } = (value ?? {}) as { readonly [name: string]: Json };
  if (typeof kind !== "string" || !/^[a-z][a-z-]{0,31}(\.[a-z][a-z-]{0,31})?$/.test(kind)) {
    return wrongBody("kinds", "noun.past-verb", kind);
  }
  if (!TIERS.includes(tier as Tier)) return wrongBody("kinds", TIERS.join(", "), tier);
  if (joint !== undefined && typeof joint !== "boolean") return wrongBody("kinds", "joint true or false", joint);
  if (joint === true && tier === "machine") return wrongBody("kinds", "officers for joint acts", tier);
  if (STANDARD_KINDS.has(kind)) return wrongBody("kinds", "kinds that are not standard", kind);
  const closedBy = { dissent: "act.dissented", withdrawal: "act.withdrawn", lapse: "act.lapsed" };
  return joint === true
    ? { kind, tier: tier as Tier, act: "joint", closedBy }
    : { kind, tier: tier as Tier, act: "plain" };
}
