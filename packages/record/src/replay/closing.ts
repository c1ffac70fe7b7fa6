/** The three ways in which a proposal ends without becoming joint: dissent, withdrawal, lapse. */

import { isSha256Hex } from "../bytes/hex.ts";
import { refuse } from "../fault.ts";
import { formatStatementTime } from "../statement/instant.ts";
import type { Change } from "./change.ts";
import { bodyText, type CheckContext, wrongBody } from "./context.ts";
import { close, requireOpen } from "./joint.ts";
import type { JointAct } from "./state.ts";

/** Another component's officer does not agree and says why: the act is split. Errors: `joint.*`, `statement.body`. */
export function dissent(context: CheckContext): Change {
  const act = targetOf(context, "dissent");
  if (context.signer.component === act.component) {
    refuse("joint.own-dissent", "dissent", { expected: "an officer of another component", got: act.component });
  }
  requireOpen(act, "dissent");
  bodyText(context.leaf.statement.body, "text");
  return { acts: [close(act, "split", context.index)] };
}

/** The proposer's component takes the proposal back, before it is joint. */
export function withdraw(context: CheckContext): Change {
  const act = targetOf(context, "withdrawal");
  if (context.signer.component !== act.component) {
    refuse("component.wrong", "withdrawal", { expected: act.component, got: context.signer.component });
  }
  requireOpen(act, "withdrawal");
  bodyText(context.leaf.statement.body, "reason");
  return { acts: [close(act, "withdrawn", context.index)] };
}

/** The agreed deadline has passed without an answer: the act stands one-sided. Errors: `lapse.*`. */
export function lapse(context: CheckContext): Change {
  const act = targetOf(context, "lapse");
  requireOpen(act, "lapse");
  if (act.deadline === undefined) {
    return refuse("lapse.no-deadline", "lapse", { expected: "a proposal with a deadline", got: act.statementId });
  }
  if (context.at <= act.deadline) {
    refuse("lapse.early", "lapse", {
      expected: `a time after ${formatStatementTime(act.deadline)}`,
      got: context.leaf.statement.at,
    });
  }
  return { acts: [close(act, "one-sided", context.index)] };
}

/** The act a statement is about: named by a reference `proposal`, by `body.proposal`, or by both alike. */
function targetOf(context: CheckContext, closing: "dissent" | "withdrawal" | "lapse"): JointAct {
  const { statement } = context.leaf;
  const names = statement.refs.filter((ref) => ref.rel === "proposal").map((ref) => ref.sha256);
  const named = statement.body.proposal;
  if (typeof named === "string" && isSha256Hex(named)) names.push(named);
  const [id, ...others] = new Set(names);
  if (id === undefined || others.length > 0) return wrongBody("proposal", "the id of one proposal", named);
  const act = context.state.acts.get(id);
  if (!act) return refuse("joint.no-proposal", closing, { expected: "a proposal in the log", got: id });
  const wanted = context.state.kinds.get(act.kind)?.closedBy?.[closing];
  if (wanted !== statement.kind) refuse("kind.wrong", closing, { expected: `${wanted}`, got: statement.kind });
  if (act.subject !== statement.subject) {
    refuse("joint.subject", closing, { expected: act.subject, got: statement.subject });
  }
  return act;
}
