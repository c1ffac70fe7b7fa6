/** `jmc root`: replacing one lost root, and the ceremony after the loss of two or three. */
import { resolve } from "node:path";
import { FaultError } from "@openjmc/model";
import type { RootClaim } from "@openjmc/record";
import { openCopy } from "../../signer/log-view.ts";
import { holdersOf, ROOT_HOLDERS } from "../../signer/signer-folder.ts";
import { requireFlag } from "../init/flags.ts";
import { DONE } from "../terminal.ts";
import { actPoint, carryOut, componentOf, provenKey, rootStatement } from "./act.ts";
import { makeKey, nextPath, settleNext } from "./new-key.ts";
import { keyIdOfSigner, type OfficerFlags } from "./officer.ts";

/** Two roots put a new key in the place of the third. Its old file, or the key itself (`--removes`), names the lost one. */
export async function runReplaceRoot(
  holder: string,
  flags: OfficerFlags & { readonly removes?: string },
): Promise<number> {
  const folder = resolve(flags.keys);
  const component = componentOf(folder);
  requireRoot(holder);
  const known = holdersOf(folder).find((one) => one.holder === holder);
  const removes = flags.removes ?? (known && keyIdOfSigner(known.publicKey));
  if (removes === undefined) requireFlag(undefined, "--removes", "id of the key that is lost (`jmc officer list`)");
  const point = await actPoint(flags);
  const fresh = await makeKey(nextPath(folder, holder), { component, holder }, flags);
  const body = { removes, ...(await provenKey(point, component, "root", fresh)) };
  const code = await carryOut(rootStatement(point, component, { kind: "root.replaced", subject: holder, body }), flags);
  if (code === DONE && flags.out === undefined) settleNext(folder, holder);
  return code;
}

/**
 * The ceremony: three new roots are made here; the claim is signed by a root that is left or by two officers, then by two
 * roots of every other component. The new keys wait as `root-N.next.json` until `jmc officer settle`.
 */
export async function runClaimRoots(flags: OfficerFlags & { readonly officer?: readonly string[] }): Promise<number> {
  const folder = resolve(flags.keys);
  const component = componentOf(folder);
  const reason = requireFlag(flags.reason, "--reason", "what was lost and how, in words");
  const point = await actPoint(flags);
  const roots = [];
  for (const holder of ROOT_HOLDERS) {
    const fresh = await makeKey(nextPath(folder, holder), { component, holder }, flags);
    roots.push(await provenKey(point, component, "root", fresh));
  }
  const draft = { kind: "roots.claimed", subject: component, body: { roots, reason } };
  return carryOut(rootStatement(point, component, draft), flags);
}

/** A root that is left stops a claim. One signature is enough. */
export async function runContestRoots(flags: OfficerFlags & { readonly record: string }): Promise<number> {
  const component = componentOf(resolve(flags.keys));
  const reason = requireFlag(flags.reason, "--reason", "why, in words");
  const claim = await openClaim(flags.record, component);
  const refs = [{ rel: "claim", sha256: claim.statementId }];
  const draft = { kind: "roots.contested", subject: component, refs, body: { reason } };
  return carryOut(rootStatement(await actPoint(flags), component, draft), flags);
}

async function openClaim(record: string, component: string): Promise<RootClaim> {
  const { state } = await openCopy(resolve(record));
  const claim = state.claims.get(component);
  if (claim?.status === "open") return claim;
  throw new FaultError({
    ...{ code: "recovery.none", what: "claim", where: { file: record } },
    ...{ expected: `an open claim of component ${component}`, got: claim?.status ?? "none" },
  });
}

function requireRoot(holder: string): void {
  if ((ROOT_HOLDERS as readonly string[]).includes(holder)) return;
  throw new FaultError({ code: "officer.unknown", what: "root", expected: ROOT_HOLDERS.join(", "), got: holder });
}
