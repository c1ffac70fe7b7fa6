/** Officers and their keys: enrolment, rotation and revocation, and the keys of roots and centre. */
import { refuse } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import { isIdentifier } from "../json/text.ts";
import type { Change } from "./change.ts";
import { bodyText, type CheckContext, wrongBody } from "./context.ts";
import { checkPossession, newKey } from "./keys.ts";
import { type KeyEntry, type Officer, officerName } from "./state.ts";

/** `officer.enrolled`. A key the officer had before ends here: this is also how a lost key is replaced. */
export function enrolOfficer(context: CheckContext): Change {
  const { statement } = context.leaf;
  const officer = readOfficerId(statement.body.officer);
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
  const suspectFrom = body.suspectFrom;
  if (suspectFrom !== undefined && !(typeof suspectFrom === "number" && suspectFrom >= 0 && suspectFrom <= index)) {
    return wrongBody("suspectFrom", "an entry of the log", suspectFrom);
  }
  const mark = suspectFrom === undefined ? {} : { suspectFrom };
  const keys = keysOf(context, officer).map((key) => ({ ...key, ended: key.ended ?? index, ...mark }));
  const { keyId: _ended, ...without } = officer;
  return { keys, officers: [without] };
}

/**
 * `root.replaced`: two roots of a component put a new key in the place of the third.
 * GAP: a component that has lost two of its roots cannot replace them. Closed by a ceremony kind that the founding names,
 * with the other component's roots as witnesses and a delay in which the last root can object.
 */
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

/** `log.rekeyed`: roots of every component replace the centre's key. */
export function rekeyCentre(context: CheckContext): Change {
  const { state, index, leaf, primitives } = context;
  const entry = { tier: "machine", component: "centre", holder: "centre", from: index } as const;
  const old = [...state.keys.values()].filter((key) => key.tier === "machine" && key.ended === undefined);
  checkPossession(context, "centre");
  const fresh = newKey(primitives, state.keys, bodyText(leaf.statement.body, "key"), entry);
  return { keys: [...old.map((key) => ({ ...key, ended: index })), fresh] };
}

function giveKey(context: CheckContext, officer: string, roles: readonly string[], demonstration: boolean): Change {
  const { state, index, leaf, primitives } = context;
  const { component, body } = leaf.statement;
  checkPossession(context, officer);
  const entry = { tier: "binding", component, holder: officer, from: index } as const;
  const key = newKey(primitives, state.keys, bodyText(body, "key"), entry);
  const before = state.officers.get(officerName(component, officer))?.keyId;
  const old = before === undefined ? [] : [{ ...state.keys.get(before)!, ended: index }];
  return { keys: [...old, key], officers: [{ component, officer, roles, demonstration, keyId: key.keyId }] };
}

function keysOf({ state }: CheckContext, officer: Officer): KeyEntry[] {
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
