/** Who may cosign a log and what is asked of them: a policy (c2sp.org/tlog-policy) that both components have agreed on. */
import { checkTorsionFree } from "../ed25519/torsion.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import { ED25519_COSIGNATURE, ED25519_NOTE, formatVkey, type NoteKey } from "../note/vkey.ts";
import type { Primitives } from "../primitives.ts";
import type { AnchorGrade } from "../replay/sealed-points.ts";
import { parsePolicy } from "./parse.ts";
import type { Policy, PolicyWitness } from "./policy.ts";

export interface CosignerRules {
  readonly policy: Policy;
  /** The policy as a file. */
  readonly text: string;
  /** The key that the log's checkpoints are signed with. */
  readonly logKey: NoteKey;
  /** After so long without a component's cosignature, statements are anchored in the lower grade; microseconds. */
  readonly silence: number;
  /** An entry that was acknowledged must be in every mirror after so long; microseconds. */
  readonly mergeDelay: number;
}

const DEFAULT_SILENCE_SECONDS = 600;
const DEFAULT_MERGE_SECONDS = 60;
const LONGEST_SECONDS = 86_400;

/**
 * Reads `{policy: [line], silenceSeconds?, mergeSeconds?}`. The policy names this log with its key, and at least one
 * Ed25519 cosigner of each component, so that neither side can be left out.
 * Errors: `policy.*`, `vkey.*`, `key.*`, `statement.body`.
 */
export function readCosignerRules(
  sha256: Primitives["sha256"],
  body: { readonly [name: string]: Json },
  log: { readonly origin: string; readonly components: readonly string[] },
): Result<CosignerRules> {
  return attempt(() => {
    const text = `${linesOf(body.policy).join("\n")}\n`;
    const policy = unwrap(parsePolicy(sha256, text));
    const logKey = policy.logs[0]?.key;
    if (policy.logs.length !== 1 || logKey?.name !== log.origin || logKey.type !== ED25519_NOTE) {
      return refuse("policy.log", "policy", { expected: `the log ${log.origin} and no other` });
    }
    checkKeys(policy, logKey);
    checkComponents(policy, log.components);
    const silence = secondsOf(body.silenceSeconds, DEFAULT_SILENCE_SECONDS, "silenceSeconds");
    const mergeDelay = secondsOf(body.mergeSeconds, DEFAULT_MERGE_SECONDS, "mergeSeconds");
    return { policy, text, logKey, silence: silence * 1_000_000, mergeDelay: mergeDelay * 1_000_000 };
  });
}

/** The rules of a log that has another key: its line in the policy names that one, all else stands as it was agreed. */
export function withLogKey(rules: CosignerRules, logKey: NoteKey): CosignerRules {
  const [log] = rules.policy.logs;
  const line = ["log", formatVkey(logKey), ...(log?.url === undefined ? [] : [log.url])].join(" ");
  const text = rules.text.replace(/^[ \t]*log[ \t].*$/m, () => line);
  return { ...rules, logKey, text, policy: { ...rules.policy, logs: [{ ...log, key: logKey }] } };
}

/** The component that a cosigner stands for: its name is the component's, or begins with it and a hyphen. */
export function componentOfCosigner(name: string, components: readonly string[]): string | undefined {
  return components.find((component) => name === component || name.startsWith(`${component}-`));
}

/** The grade that these cosigners give together. */
export function gradeOf(names: readonly string[], components: readonly string[]): AnchorGrade {
  const present = new Set(names.map((name) => componentOfCosigner(name, components)));
  if (components.every((component) => present.has(component))) return "joint";
  return present.has(undefined) && present.size > 1 ? "one-and-neutral" : "none";
}

function checkKeys(policy: Policy, logKey: NoteKey): void {
  const keys = [logKey, ...policy.witnesses.map((witness) => witness.key)];
  const names = new Set(keys.map((key) => key.publicKey.join()));
  if (names.size !== keys.length) refuse("policy.same-key", "policy", { expected: "a key of its own for each" });
  for (const { name, key } of policy.witnesses) {
    if (key.type === ED25519_NOTE) {
      refuse("policy.key-type", "policy", { expected: "cosigners' keys of type 4 or 6", got: `type 1 of ${name}` });
    }
    if (key.type === ED25519_COSIGNATURE) unwrap(checkTorsionFree(key.publicKey));
  }
}

function checkComponents(policy: Policy, components: readonly string[]): void {
  const isOf = (component: string) => (witness: PolicyWitness) =>
    witness.key.type === ED25519_COSIGNATURE && componentOfCosigner(witness.name, components) === component;
  const missing = components.find((component) => !policy.witnesses.some(isOf(component)));
  if (missing !== undefined) {
    refuse("policy.component", "policy", { expected: `an Ed25519 cosigner of component ${missing}`, got: "none" });
  }
  if (policy.quorum === undefined) refuse("policy.quorum", "policy", { expected: "a quorum", got: "none" });
}

function linesOf(value: Json | undefined): readonly string[] {
  if (Array.isArray(value) && value.every((line) => typeof line === "string" && !line.includes("\n"))) {
    return value as readonly string[];
  }
  return wrong("policy", "a list of lines", value);
}

function secondsOf(value: Json | undefined, usual: number, field: string): number {
  if (value === undefined) return usual;
  const fits = typeof value === "number" && Number.isSafeInteger(value) && value > 0 && value <= LONGEST_SECONDS;
  return fits ? value : wrong(field, `1 to ${LONGEST_SECONDS} seconds`, value);
}

function wrong(name: string, expected: string, got: unknown): never {
  return refuse("statement.body", "statement", { where: { field: `body.${name}` }, expected, got: shown(got) });
}
