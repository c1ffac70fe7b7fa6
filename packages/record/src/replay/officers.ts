/** Officers and their keys: enrolment, rotation and revocation, and the keys of roots and centre. */
import { refuse } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import { isIdentifier } from "../json/text.ts";
import { ED25519_NOTE, noteKey } from "../note/vkey.ts";
import { withLogKey } from "../policy/cosigners.ts";
import type { Change } from "./change.ts";
import { bodyText, type CheckContext, wrongBody } from "./context.ts";
import { checkPossession, checkPossessionOf, newKey } from "./keys.ts";
import { readLogKey } from "./log-keys.ts";
import { checkOfficerName } from "./officer-names.ts";
import { type KeyEntry, type Officer, officerName } from "./state.ts";
import { markSuspect, readSuspectFrom } from "./suspicion.ts";

/**
 * `officer.enrolled`. A key the officer had before ends here, with what it opened: this is also how a lost key is replaced.
 * Errors: `officer.name-of-other`, `key.*`, `statement.body`.
 */
export function enrolOfficer(context: CheckContext): Change {
  const { statement } = context.leaf;
  const officer = readOfficerId(statement.body.officer);
  checkOfficerName(context, officer);
  const demonstration = statement.body.demonstration === true;
  if (demonstration && !context.founding.demonstration) {
    refuse("key.demonstration", "officer's key", { expected: "no demonstration key outside exercises", got: officer });
  }
  return giveKey(context, officer, readRoles(statement.body.roles), demonstration);
}

/** `officer.rotated`: the old key brings in the new one. */
export function rotateOfficer(context: CheckContext): Change {
  const officer = context.state.officers.get(officerName(context.signer.component, context.signer.holder))!;
  return giveKey(context, officer.officer, officer.roles, officer.demonstration);
}

/** `officer.revoked`. Ends the officer's key and sessions; `suspectFrom` marks what it signed from that leaf on. */
export function revokeOfficer(context: CheckContext): Change {
  const { state, index, leaf } = context;
  const { component, body } = leaf.statement;
  const officer = state.officers.get(officerName(component, readOfficerId(body.officer)));
  if (!officer?.keyId) return refuse("officer.unknown", "officer", { expected: "an officer with a valid key" });
  const from = readSuspectFrom(context, body.suspectFrom);
  const keys = keysOf(context, officer).map((key) => ({ ...markSuspect(key, from), ended: key.ended ?? index }));
  const { keyId: _ended, ...without } = officer;
  return { keys, officers: [without] };
}

/** `root.replaced`: two roots of a component put a new key in the place of the third. For more than one: `recovery.ts`. */
export function replaceRoot(context: CheckContext): Change {
  const { state, index, leaf, primitives } = context;
  const { component, body } = leaf.statement;
  const old = state.keys.get(bodyText(body, "removes"));
  if (old?.tier !== "root" || old.component !== component || old.ended !== undefined) {
    return wrongBody("removes", "a valid root key of the component", body.removes);
  }
  const entry = { tier: "root", component, holder: "root", from: index } as const;
  checkPossession(context, "root");
  return { keys: [{ ...old, ended: index }, newKey(primitives, state.keys, bodyText(body, "key"), entry)] };
}

/**
 * `log.rekeyed`: roots of every component replace the centre's key and, where `body.logKey` stands, the key of the log's
 * checkpoints. `suspectFrom` marks what the old key signed from that leaf on.
 */
export function rekeyCentre(context: CheckContext): Change {
  const { state, index, leaf, primitives } = context;
  const entry = { tier: "machine", component: "centre", holder: "centre", from: index } as const;
  const old = [...state.keys.values()].filter((key) => key.tier === "machine" && key.ended === undefined);
  checkPossession(context, "centre");
  const fresh = newKey(primitives, state.keys, bodyText(leaf.statement.body, "key"), entry);
  const from = readSuspectFrom(context, leaf.statement.body.suspectFrom);
  const ended = old.map((key) => ({ ...markSuspect(key, from), ended: index }));
  const known = new Map<string, unknown>([...state.keys, [fresh.keyId, fresh]]);
  return { keys: [...ended, fresh], ...replaceLogKey(context, known) };
}

function replaceLogKey(
  context: CheckContext,
  known: ReadonlyMap<string, unknown>,
): Pick<Change, "logKeys" | "cosigners"> {
  const { state, index, leaf, primitives } = context;
  const { body } = leaf.statement;
  if (body.logKey === undefined) return {};
  const text = bodyText(body, "logKey");
  checkPossessionOf(context, "log", text, bodyText(body, "logPossession"));
  const fresh = readLogKey(primitives, known, state.logKeys, text, index);
  const ended = state.logKeys.map((key) => ({ ...key, ended: key.ended ?? index }));
  const logKey = noteKey(primitives.sha256, context.founding.origin, ED25519_NOTE, fresh.publicKey);
  const cosigners = state.cosigners && { cosigners: withLogKey(state.cosigners, logKey) };
  return { logKeys: [...ended, fresh], ...cosigners };
}

/** Sessions end with the key that opened them: whoever holds the old key may hold a session of it as well. */
function giveKey(context: CheckContext, officer: string, roles: readonly string[], demonstration: boolean): Change {
  const { state, index, leaf, primitives } = context;
  const { component, body } = leaf.statement;
  checkPossession(context, officer);
  const entry = { tier: "binding", component, holder: officer, from: index } as const;
  const key = newKey(primitives, state.keys, bodyText(body, "key"), entry);
  const open = keysOf(context, { component, officer }).filter((held) => held.ended === undefined);
  const old = open.map((held) => ({ ...held, ended: index }));
  return { keys: [...old, key], officers: [{ component, officer, roles, demonstration, keyId: key.keyId }] };
}

/** The officer's own keys and sessions, with those that have ended. */
function keysOf({ state }: CheckContext, officer: Pick<Officer, "component" | "officer">): KeyEntry[] {
  return [...state.keys.values()].filter(
    (key) => key.component === officer.component && key.holder === officer.officer && key.tier !== "root",
  );
}

function readOfficerId(value: Json | undefined): string {
  const fits = isIdentifier(value) && value !== "centre" && value !== "root";
  return fits ? value : wrongBody("officer", "an officer's role id", value);
}

function readRoles(value: Json | undefined): readonly string[] {
  if (Array.isArray(value) && value.length > 0 && value.every(isIdentifier)) return value as readonly string[];
  return wrongBody("roles", "one role or more", value);
}
