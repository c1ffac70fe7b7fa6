/** `jmc officer`: enrolment, rotation, revocation and marks of suspicion, from the component's own machine. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { FaultError } from "@openjmc/model";
import { keyIdOf, type ReplayState, readLeaf, unwrap } from "@openjmc/record";
import { nodePrimitives } from "../../primitives.ts";
import { statementOf } from "../../signer/acts.ts";
import { carry } from "../../signer/files/statement-file.ts";
import { openCopy } from "../../signer/log-view.ts";
import { keyPath, openSigner } from "../../signer/signer-folder.ts";
import { requireFlag } from "../init/flags.ts";
import { askForHolders } from "../secrets.ts";
import { CHECK_FAILED, DONE, print } from "../terminal.ts";
import { actPoint, carryOut, componentOf, type KeyActFlags, provenKey, rootStatement } from "./act.ts";
import { keyOrNew, makeKey, type NewKeyFlags, nextPath, settleNext, waitingHolders } from "./new-key.ts";

export interface OfficerFlags extends KeyActFlags, NewKeyFlags {
  readonly role?: readonly string[];
  readonly component?: string;
  readonly reason?: string;
  readonly from?: string;
  readonly key?: string;
  readonly lost?: boolean;
  readonly demonstration?: boolean;
}

/** A new officer, or one who has lost his key and gets another (`--lost`). Two roots sign. */
export async function runEnrol(officer: string, flags: OfficerFlags): Promise<number> {
  const folder = resolve(flags.keys);
  const component = flags.component ?? componentOf(folder);
  const roles = flags.role ?? [];
  if (roles.length === 0) requireFlag(undefined, "--role", "the officer's role; once for each");
  const point = await actPoint(flags);
  const owner = { component, holder: officer };
  const replaces = flags.lost === true && existsSync(keyPath(folder, officer));
  const signer = replaces ? await makeKey(nextPath(folder, officer), owner, flags) : await keyOrNew(owner, flags);
  const proven = await provenKey(point, component, officer, signer);
  const body = { officer, roles, ...proven, ...(flags.demonstration ? { demonstration: true } : {}) };
  const code = await carryOut(
    rootStatement(point, component, { kind: "officer.enrolled", subject: officer, body }),
    flags,
  );
  if (code === DONE && replaces && flags.out === undefined) settleNext(folder, officer);
  return code;
}

/** The officer's own act: the old key brings in the new one. */
export async function runRotate(officer: string, flags: OfficerFlags): Promise<number> {
  const folder = resolve(flags.keys);
  const component = componentOf(folder);
  const secrets = await askForHolders(flags, folder, component, [officer]);
  const old = openSigner(folder, officer, secrets(officer));
  const point = await actPoint(flags);
  const fresh = await makeKey(nextPath(folder, officer), { component, holder: officer }, flags);
  const body = await provenKey(point, component, officer, fresh);
  const draft = { kind: "officer.rotated", subject: officer, body };
  const carried = carry(statementOf(point, { component, officer }, draft));
  const code = await carryOut(carried, { ...flags, root: [] }, [{ holder: officer, signer: old }]);
  if (code === DONE && flags.out === undefined) settleNext(folder, officer);
  return code;
}

/** Ends an officer's key and sessions. `--from` marks what was signed from that entry on. */
export async function runRevoke(officer: string, flags: OfficerFlags): Promise<number> {
  const reason = requireFlag(flags.reason, "--reason", "why, in words");
  const suspectFrom = flags.from === undefined ? {} : { suspectFrom: entryOf(flags.from) };
  return byRoots(officer, "officer.revoked", { officer, reason, ...suspectFrom }, flags);
}

/** Marks what an officer's keys signed from an entry on, without ending them. */
export async function runSuspect(officer: string, flags: OfficerFlags): Promise<number> {
  const reason = requireFlag(flags.reason, "--reason", "why, in words");
  const suspectFrom = entryOf(requireFlag(flags.from, "--from", "the first entry that is suspect"));
  const key = flags.key === undefined ? {} : { key: flags.key };
  return byRoots(officer, "officer.suspected", { officer, reason, suspectFrom, ...key }, flags);
}

async function byRoots(officer: string, kind: string, body: object, flags: OfficerFlags): Promise<number> {
  const component = componentOf(resolve(flags.keys));
  return carryOut(rootStatement(await actPoint(flags), component, { kind, subject: officer, body }), flags);
}

/** Keys that waited for signatures made elsewhere take their places, those that the record has. Exit code 1: none has. */
export async function runSettle(flags: { readonly keys: string; readonly record: string }): Promise<number> {
  const folder = resolve(flags.keys);
  const { state } = await openCopy(resolve(flags.record));
  const valid = new Set([...state.keys.values()].filter((key) => key.ended === undefined).map((key) => key.keyId));
  const settled = waitingHolders(folder).filter(({ publicKey }) => valid.has(keyIdOfSigner(publicKey)));
  for (const { holder } of settled) settleNext(folder, holder);
  for (const { holder } of settled) print(`${holder}: the new key is in its place`);
  return settled.length > 0 ? DONE : CHECK_FAILED;
}

/** Who is enrolled, by what key, from which entry to which, as a copy of the record tells. */
export async function runOfficerList(flags: { readonly record: string; readonly json?: boolean }): Promise<number> {
  const { state } = await openCopy(resolve(flags.record));
  for (const key of keysOf(state)) print(flags.json ? JSON.stringify(key) : lineOf(key));
  return DONE;
}

/** Every entry that an officer's keys have signed, as a copy of the record tells: nobody has to be asked. */
export async function runOfficerUses(
  officer: string,
  flags: { readonly record: string; readonly since?: string; readonly json?: boolean },
): Promise<number> {
  const { leaves, state } = await openCopy(resolve(flags.record));
  const since = flags.since === undefined ? 0 : entryOf(flags.since);
  let index = -1;
  for (const bytes of leaves()) {
    index += 1;
    const { envelope, statement, statementId } = unwrap(readLeaf(nodePrimitives.sha256, bytes));
    const key = state.keys.get(envelope.keyId);
    if (index < since || key?.holder !== officer) continue;
    const suspect = key.suspectFrom !== undefined && index >= key.suspectFrom;
    const use = {
      index,
      kind: statement.kind,
      at: statement.at,
      tier: key.tier,
      keyid: key.keyId,
      statementId,
      suspect,
    };
    print(
      flags.json
        ? JSON.stringify(use)
        : `${index} ${statement.at} ${statement.kind} (${key.tier})${suspect ? " SUSPECT" : ""}`,
    );
  }
  return DONE;
}

function keysOf(state: ReplayState) {
  return [...state.keys.values()]
    .filter((key) => key.tier === "binding" || key.tier === "root")
    .map(({ component, holder, tier, keyId, from, ended, suspectFrom }) => ({
      ...{ component, holder, tier, keyid: keyId, from, ended: ended ?? null, suspectFrom: suspectFrom ?? null },
      roles: state.officers.get(`${component}/${holder}`)?.roles ?? [],
    }));
}

function lineOf(key: ReturnType<typeof keysOf>[number]): string {
  const until = key.ended === null ? "valid" : `ended at entry ${key.ended}`;
  const mark = key.suspectFrom === null ? "" : `, SUSPECT from entry ${key.suspectFrom}`;
  return `${key.component} ${key.holder} [${key.roles.join(", ")}] key ${key.keyid.slice(0, 16)}: from entry ${key.from}, ${until}${mark}`;
}

function entryOf(text: string): number {
  const value = Number(text);
  if (/^\d{1,15}$/.test(text)) return value;
  throw new FaultError({
    ...{ code: "flag.malformed", what: "command line", where: { field: "--from" } },
    ...{ expected: "the index of an entry", got: text },
  });
}

/** The id of a signer's key, as the record names it. */
export function keyIdOfSigner(publicKey: Uint8Array): string {
  return keyIdOf(nodePrimitives.sha256, publicKey);
}
