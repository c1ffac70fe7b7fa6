/** A disclosed entry, judged: that what comes out was committed to, was signed then, and is what was promised. */
import { verifyStrict } from "../ed25519/profile.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import type { Primitives } from "../primitives.ts";
import type { ReplayState } from "../replay/state.ts";
import { type Leaf, readLeaf } from "../statement/leaf.ts";
import type { SealedBody } from "./room.ts";

/** The sealed entry that a disclosure opens, as the log holds it. */
export interface SealedPlace {
  readonly index: number;
  readonly leaf: Leaf;
}

/**
 * Judges the statement that came out of a sealed entry. Its key must have been valid where the sealed entry stands, and of
 * the same officer: what was sealed is that officer's word as of that place in the log.
 * Errors: those of `readLeaf`; `opened.kind`, `opened.origin`, `opened.officer`, `opened.key`, `opened.promise`, `signature.*`.
 */
export function checkOpened(
  primitives: Primitives,
  state: ReplayState,
  sealed: SealedPlace,
  statement: Uint8Array,
): Result<Leaf> {
  return attempt(() => {
    const inner = unwrap(readLeaf(primitives.sha256, statement));
    const outer = sealed.leaf.statement;
    const { kind, origin, component, role, body } = inner.statement;
    if (kind === "sealed" || kind === "disclosed") refuse("opened.kind", "opened entry", { expected: "a statement" });
    if (origin !== outer.origin) refuse("opened.origin", "opened entry", { expected: outer.origin, got: origin });
    if (component !== outer.component || role !== outer.role)
      refuse("opened.officer", "opened entry", {
        expected: `${outer.component}/${outer.role}`,
        got: `${component}/${role}`,
      });
    const key = state.keys.get(inner.envelope.keyId);
    const isValid =
      key !== undefined && key.from < sealed.index && (key.ended === undefined || key.ended >= sealed.index);
    if (!isValid || key.component !== component || key.holder !== role)
      return refuse("opened.key", "opened entry", {
        expected: `a key of ${component}/${role} valid at entry ${sealed.index}`,
        got: inner.envelope.keyId,
      });
    unwrap(verifyStrict(primitives, key.publicKey, inner.signed, inner.envelope.signature));
    const promise = (outer.body as unknown as SealedBody).promise;
    if (promise && (promise.kind !== kind || promise.incident !== body.incident))
      refuse("opened.promise", "opened entry", {
        expected: `${shown(promise.kind)} on ${shown(promise.incident)}`,
        got: `${kind} on ${shown(body.incident)}`,
      });
    return inner;
  });
}
