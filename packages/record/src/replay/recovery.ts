/**
 * A component that has lost two or three of its root keys gets new ones, where the founding allows it. The other
 * components' roots are witnesses; they cannot do it alone, because somebody of the component itself must sign too: a root
 * that is left, or two of its officers. Then a delay runs in which any root of the component that is left stops it.
 * So that a component cannot be taken over quietly: its own people, its witnesses and the time to notice are all needed.
 *
 * A component that has no valid key left at all cannot come back within the log. It comes back in a successor log.
 */
import { refuse } from "../fault.ts";
import type { Json } from "../json/canonical.ts";
import { formatStatementTime } from "../statement/instant.ts";
import type { Change } from "./change.ts";
import { bodyText, type CheckContext, wrongBody } from "./context.ts";
import { ROOT_KEYS, ROOT_QUORUM } from "./founding.ts";
import { checkPossessionOf, newKey } from "./keys.ts";
import type { KeyEntry, Quorum, RootClaim } from "./state.ts";

const OFFICERS_FOR_ONE_ROOT = 2;

/** `roots.claimed`, signature by signature. Errors: `recovery.*`, `component.wrong`, `root.same-key`, `key.*`. */
export function claimRoots(context: CheckContext): { readonly change: Change; readonly complete: boolean } {
  const { state, leaf, signer, index } = context;
  const before = state.quorums.get(leaf.statementId) ?? { signatures: [], complete: false };
  if (before.complete) refuse("root.already-complete", "root signature", { expected: "a statement still open" });
  if (before.signatures.length === 0) readClaim(context);
  checkClaimant(context, before);
  const signatures = [...before.signatures, { index, component: signer.component, keyId: signer.keyId }];
  const complete = isClaimComplete(context, signatures);
  const claims = complete ? { claims: [readClaim(context)] } : {};
  return {
    change: { ...claims, quorum: { statementId: leaf.statementId, quorum: { signatures, complete } } },
    complete,
  };
}

/** Who may sign a claim: roots of all components, and officers of the one that claims. */
function checkClaimant({ state, leaf, signer }: CheckContext, before: Quorum): void {
  if (before.signatures.some((signature) => signature.keyId === signer.keyId)) {
    refuse("root.same-key", "signature of a claim", { expected: "another key", got: signer.keyId });
  }
  if (signer.tier === "root") return;
  if (signer.component !== leaf.statement.component) {
    refuse("component.wrong", "signature of a claim", {
      expected: `roots of all, officers of ${leaf.statement.component}`,
      got: `an officer of ${signer.component}`,
    });
  }
  if (before.signatures.some((signature) => state.keys.get(signature.keyId)?.holder === signer.holder)) {
    refuse("recovery.same-officer", "signature of a claim", { expected: "another officer", got: signer.holder });
  }
}

/** Whoever has been replaced or revoked since counts no more. */
function isClaimComplete({ state, founding, leaf }: CheckContext, signatures: Quorum["signatures"]): boolean {
  const keys = signatures.map(({ keyId }) => state.keys.get(keyId)!).filter(({ ended }) => ended === undefined);
  const count = (component: string, tier: KeyEntry["tier"]) =>
    keys.filter((key) => key.component === component && key.tier === tier).length;
  const own = leaf.statement.component;
  const ownSide = count(own, "root") >= 1 || count(own, "binding") >= OFFICERS_FOR_ONE_ROOT;
  const witnesses = founding.components.filter((component) => component !== own);
  return ownSide && witnesses.every((component) => count(component, "root") >= ROOT_QUORUM);
}

/** Reads and checks what is claimed, as of now. */
function readClaim(context: CheckContext): RootClaim {
  const { state, founding, leaf, index, at } = context;
  const { component, body } = leaf.statement;
  if (founding.rootRecoveryDelay === undefined) {
    return refuse("recovery.not-founded", "claim", { expected: "a founding that names a delay for it" });
  }
  if (!founding.components.includes(component)) {
    refuse("component.wrong", "claim", { expected: founding.components.join(" or "), got: component });
  }
  if (openClaimOf(context, component)) {
    refuse("recovery.open", "claim", { expected: "no other claim that is open", got: component });
  }
  bodyText(body, "reason");
  const roots = readNewRoots(context, component, body);
  const earliest = Math.max(at, state.machineTime) + founding.rootRecoveryDelay;
  return { statementId: leaf.statementId, component, roots, openedAt: index, earliest, status: "open" };
}

function readNewRoots(context: CheckContext, component: string, body: { readonly [name: string]: Json }): string[] {
  const { roots } = body;
  if (!Array.isArray(roots) || roots.length !== ROOT_KEYS) return wrongBody("roots", "three new root keys", roots);
  const known = new Map<string, unknown>(context.state.keys);
  return (roots as readonly Json[]).map((root) => {
    const entry = (root ?? {}) as { readonly [name: string]: Json };
    const key = bodyText(entry, "key");
    checkPossessionOf(context, "root", key, bodyText(entry, "possession"));
    const made = newKey(context.primitives, known, key, {
      tier: "root",
      component,
      holder: "root",
      from: context.index,
    });
    known.set(made.keyId, made);
    return key;
  });
}

/** `roots.contested`: a root of the component that is left stops the claim. Errors: `recovery.none`, `component.wrong`. */
export function contestRoots(context: CheckContext): Change {
  const { leaf, signer, index } = context;
  const { component } = leaf.statement;
  if (signer.component !== component) {
    refuse("component.wrong", "objection", { expected: component, got: signer.component });
  }
  bodyText(leaf.statement.body, "reason");
  return { claims: [{ ...requireClaim(context, component), status: "contested", closedAt: index }] };
}

/** `roots.restored`: the delay has passed and nobody objected. Errors: `recovery.none`, `recovery.early`, `key.*`. */
export function restoreRoots(context: CheckContext): Change {
  const { state, leaf, index, at, primitives } = context;
  const claim = requireClaim(context, bodyText(leaf.statement.body, "restores"));
  if (at <= claim.earliest) {
    refuse("recovery.early", "restoration", {
      expected: `a time after ${formatStatementTime(claim.earliest)}`,
      got: leaf.statement.at,
    });
  }
  const { component } = claim;
  const isOld = (key: KeyEntry) => key.tier === "root" && key.component === component && key.ended === undefined;
  const old = [...state.keys.values()].filter(isOld).map((key) => ({ ...key, ended: index }));
  const entry = { tier: "root", component, holder: "root", from: index } as const;
  const fresh = claim.roots.map((key) => newKey(primitives, state.keys, key, entry));
  return { keys: [...old, ...fresh], claims: [{ ...claim, status: "restored", closedAt: index }] };
}

function requireClaim(context: CheckContext, component: string): RootClaim {
  const { refs } = context.leaf.statement;
  const claim = openClaimOf(context, component);
  const named = refs.find((ref) => ref.rel === "claim")?.sha256;
  if (claim && claim.statementId === named) return claim;
  return refuse("recovery.none", "claim", {
    expected: `a reference to the open claim of ${component}`,
    got: `${named}`,
  });
}

function openClaimOf({ state }: CheckContext, component: string): RootClaim | undefined {
  const claim = state.claims.get(component);
  return claim?.status === "open" ? claim : undefined;
}
