/** Whether a leaf may stand at the end of the log as it is, and what it would change. Touches nothing. */
import { bytesToHex, isHexOf } from "../bytes/hex.ts";
import { verifyStrict } from "../ed25519/profile.ts";
import { attempt, type Result, refuse, unwrap } from "../fault.ts";
import { leafHash } from "../merkle/hash.ts";
import type { Primitives } from "../primitives.ts";
import { parseStatementTime } from "../statement/instant.ts";
import type { Act, KindRule, Tier } from "../statement/kinds.ts";
import { type Leaf, readLeaf } from "../statement/leaf.ts";
import type { Change } from "./change.ts";
import type { CheckContext } from "./context.ts";
import { dispatch } from "./dispatch.ts";
import { checkFounding } from "./founding.ts";
import { findSigner } from "./keys.ts";
import { checkNode } from "./nodes.ts";
import { checkPartyLiaison } from "./parties.ts";
import { gatherRoots } from "./quorum.ts";
import type { AnchorGrade } from "./sealed-points.ts";
import { checkSessionWindow } from "./sessions.ts";
import { type KeyEntry, officerName, type ReplayState } from "./state.ts";

/** What an accepted leaf did to the state. */
export type Effect =
  | "recorded"
  | "founded"
  | "founding-accepted"
  | "waiting-for-roots"
  | "keys-changed"
  | "kinds-changed"
  | "proposed"
  | "countersigned"
  | "joint"
  | "split"
  | "withdrawn"
  | "one-sided";

export interface Acceptance {
  readonly index: number;
  readonly leafHash: Uint8Array;
  readonly leaf: Leaf;
  /** The claimed time, microseconds since 1970. */
  readonly at: number;
  /** Who signed; the centre's key for the founding. */
  readonly signer: KeyEntry;
  readonly effect: Effect;
  readonly change: Change;
  /** What stands behind the point of the log that the statement is anchored to. */
  readonly anchorGrade: AnchorGrade;
}

const STRENGTH: Readonly<Record<Tier, readonly Tier[]>> = {
  machine: ["machine"],
  session: ["session", "binding"],
  binding: ["binding"],
  root: ["root"],
};

/** Acts that more than their own tier may sign; who of them is looked into with the act. */
const WIDER: Partial<Readonly<Record<Act, readonly Tier[]>>> = {
  "session-end": ["machine", "session", "binding"],
  "root-claim": ["root", "binding"],
};

/**
 * Checks a leaf against the state. Errors: those of `readLeaf`; `origin.wrong`, `kind.unknown`, `key.*`, `tier.*`,
 * `signature.*`, `component.wrong`, `role.*`, `node.binding`, `party.binding`, `anchor.*`, `leaf.duplicate`, and those of what the
 * statement does.
 */
export function checkLeaf(primitives: Primitives, state: ReplayState, bytes: Uint8Array): Result<Acceptance> {
  return attempt(() => {
    const leaf = unwrap(readLeaf(primitives.sha256, bytes));
    const hash = leafHash(primitives.sha256, bytes);
    const index = state.history.size;
    if (!state.founding) {
      const change = checkFounding(primitives, leaf);
      checkAnchor(state, leaf);
      const { at } = change.founding!;
      const signer = change.keys![0]!;
      return { index, leafHash: hash, leaf, at, signer, effect: "founded", change, anchorGrade: "none" };
    }
    const context = contextOf(primitives, state, leaf, index);
    const { change, effect } = decide(context);
    const anchorGrade = state.sealed.get(leaf.statement.anchor.size)?.grade ?? "none";
    const { at, signer } = context;
    return { index, leafHash: hash, leaf, at, signer, effect, change, anchorGrade };
  });
}

function contextOf(primitives: Primitives, state: ReplayState, leaf: Leaf, index: number): CheckContext {
  const founding = state.founding!;
  if (leaf.statement.origin !== founding.origin) {
    refuse("origin.wrong", "statement", { expected: founding.origin, got: leaf.statement.origin });
  }
  const at = unwrap(parseStatementTime(leaf.statement.at));
  return { primitives, state, founding, leaf, index, at, signer: findSigner(state, leaf, index) };
}

function decide(context: CheckContext): { change: Change; effect: Effect } {
  const { state, founding, leaf, signer, primitives, at } = context;
  const rule = state.kinds.get(leaf.statement.kind);
  if (!rule) return refuse("kind.unknown", "statement", { expected: "a kind of this log", got: leaf.statement.kind });
  const accepting = rule.act === "founding" && leaf.statementId === founding.statementId && signer.tier === "root";
  if (!accepting) checkTier(rule, signer);
  unwrap(verifyStrict(primitives, signer.publicKey, leaf.signed, leaf.envelope.signature));
  if (accepting) return { ...gatherRoots(context, founding.components, () => ({})), effect: "founding-accepted" };
  if (rule.act === "founding") return refuse("founding.second", "founding", { expected: "one founding" });
  checkSessionWindow(state, founding, signer, at);
  checkPlace(rule, context);
  checkAnchor(state, leaf);
  return dispatch(rule, context);
}

function checkTier(rule: KindRule, signer: KeyEntry): void {
  const allowed = WIDER[rule.act] ?? STRENGTH[rule.tier];
  if (!allowed.includes(signer.tier)) {
    refuse(`tier.${rule.tier}-under-${signer.tier}`, "signature", {
      expected: `a ${rule.tier} key for ${rule.kind}`,
      got: `a ${signer.tier} key`,
    });
  }
}

const JOINT_ACTS: ReadonlySet<Act> = new Set(["joint", "kind-extension", "cosigner-naming"]);

/** Joint acts and root acts are signed by more than the one they name, and check that themselves. */
function checkPlace(rule: KindRule, context: CheckContext): void {
  const { leaf, signer, state } = context;
  const { component, role } = leaf.statement;
  const own = !JOINT_ACTS.has(rule.act) && rule.tier !== "root";
  if (own && component !== signer.component) {
    refuse("component.wrong", "statement", { expected: signer.component, got: component });
  }
  if (own && role !== signer.holder) refuse("role.wrong", "statement", { expected: signer.holder, got: role });
  if (rule.tier === "root" && role !== "root") refuse("role.wrong", "statement", { expected: "root", got: role });
  const roles = state.officers.get(officerName(signer.component, signer.holder))?.roles ?? [];
  checkNode(rule, context, roles);
  checkPartyLiaison(rule, context, roles);
  if (rule.roles && !rule.roles.some((name) => roles.includes(name))) {
    refuse("role.not-allowed", "statement", { expected: rule.roles.join(" or "), got: roles.join(", ") });
  }
}

/**
 * Errors: `anchor.future`, `anchor.root`. Who stands behind the anchor is no condition but a grade, read from the cosigned
 * checkpoints that the log tells of: nobody's silence may keep another from stating.
 */
function checkAnchor(state: ReplayState, leaf: Leaf): void {
  const { size, root } = leaf.statement.anchor;
  const actual = state.history.rootAt(size);
  if (!actual) {
    refuse("anchor.future", "anchor", { expected: `a size up to ${state.history.size}`, got: `${size}` });
  }
  if (!isHexOf(actual, root)) {
    refuse("anchor.root", "anchor", { expected: `root of size ${size}: ${bytesToHex(actual)}`, got: root });
  }
}
