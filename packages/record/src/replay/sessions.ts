/** Session keys: an officer enrols one at sign-in, for routine acts, for one watch at most. */
import { refuse, unwrap } from "../fault.ts";
import { formatStatementTime, parseStatementTime } from "../statement/instant.ts";
import type { Change } from "./change.ts";
import { bodyText, type CheckContext } from "./context.ts";
import { checkPossession, newKey } from "./keys.ts";
import type { Founding, KeyEntry, ReplayState } from "./state.ts";

/**
 * `session.enrolled`, by the officer's own key. Errors: `session.too-long`, `key.*`.
 * GAP: a passkey cannot enrol a session, as envelopes hold plain Ed25519 signatures only. Closed by a signature form with
 * authenticator data and client data, and the web origins allowed for it in the founding.
 */
export function enrolSession(context: CheckContext): Change {
  const { state, founding, index, signer, at, leaf, primitives } = context;
  const { body } = leaf.statement;
  const until = unwrap(parseStatementTime(body.until, "body.until"));
  if (until <= at || until - at > founding.watch) {
    refuse("session.too-long", "session key", {
      expected: `an end within ${founding.watch / 1_000_000} s of its enrolment`,
      got: formatStatementTime(until),
    });
  }
  checkPossession(context, signer.holder);
  const entry = { tier: "session", component: signer.component, holder: signer.holder, from: index } as const;
  return { keys: [{ ...newKey(primitives, state.keys, bodyText(body, "key"), entry), until }] };
}

/** `session.ended`, by the session itself, by its officer or by the centre. Errors: `session.unknown`. */
export function endSession(context: CheckContext): Change {
  const { state, index, signer, leaf } = context;
  const key = state.keys.get(bodyText(leaf.statement.body, "session"));
  if (key?.tier !== "session" || key.ended !== undefined) {
    return refuse("session.unknown", "session key", { expected: "a session that is open" });
  }
  const own = key.component === signer.component && key.holder === signer.holder;
  if (!own && signer.tier !== "machine") {
    refuse("role.wrong", "session key", { expected: key.holder, got: signer.holder });
  }
  return { keys: [{ ...key, ended: index }] };
}

/**
 * A session key signs nothing that claims to be later than its end; and nothing at all once the centre's clock in the
 * log is a watch beyond it, whatever is claimed. Errors: `key.expired`.
 */
export function checkSessionWindow(state: ReplayState, founding: Founding, signer: KeyEntry, at: number): void {
  if (signer.until === undefined) return;
  const latest = Math.max(at, state.machineTime - founding.watch);
  if (latest > signer.until) {
    refuse("key.expired", "session key", {
      expected: `a time up to ${formatStatementTime(signer.until)}`,
      got: formatStatementTime(at),
    });
  }
}
