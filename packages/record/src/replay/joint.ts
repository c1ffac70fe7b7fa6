/**
 * The two-key rule. A joint statement is proposed by an officer of one component and holds once an officer of every
 * other component has signed the same bytes. Each signature, dissent, withdrawal and lapse is a leaf of its own, so the
 * state of an act is a matter of the log and of nothing else.
 *
 * A new revision supersedes the open one of the same component only. Could it supersede the other side's too, either
 * side could keep the other's proposal from ever being decided or lapsing.
 */
import { refuse, unwrap } from "../fault.ts";
import { formatStatementTime, parseStatementTime } from "../statement/instant.ts";
import type { Change } from "./change.ts";
import type { CheckContext } from "./context.ts";
import { type JointAct, type JointSignature, officerName, subjectName } from "./state.ts";

/** A proposal, or one more signature over one. Errors: `joint.*`, `component.wrong`, `role.wrong`. */
export function checkJoint(context: CheckContext): {
  readonly change: Change;
  readonly effect: "proposed" | "joint" | "countersigned";
} {
  const act = context.state.acts.get(context.leaf.statementId);
  if (act) return countersign(context, act);
  checkProposer(context);
  return { change: propose(context), effect: "proposed" };
}

function checkProposer({ state, leaf, signer }: CheckContext): void {
  const { statement } = leaf;
  if (statement.component !== signer.component) {
    const others = (state.actsBySubject.get(subjectName(statement.kind, statement.subject)) ?? [])
      .map((id) => state.acts.get(id)!)
      .filter((act) => act.component === statement.component);
    if (others.length === 0) refuse("joint.no-proposal", "countersignature", { expected: "a proposal in the log" });
    refuse("joint.other-text", "countersignature", {
      expected: `the text proposed: ${others.at(-1)!.statementId}`,
      got: leaf.statementId,
    });
  }
  if (statement.role !== signer.holder) {
    refuse("role.wrong", "statement", { expected: signer.holder, got: statement.role });
  }
}

function propose(context: CheckContext): Change {
  const { leaf, index } = context;
  const { statement, statementId } = leaf;
  const { kind, subject, revision, component } = statement;
  const own = actsOn(context).filter((act) => act.component === component);
  const last = Math.max(-1, ...own.map((act) => act.revision));
  if (revision <= last) {
    refuse("joint.revision", "proposal", { expected: `a revision above ${last}`, got: `${revision}` });
  }
  const deadline = readDeadline(context);
  const act: JointAct = {
    ...{ statementId, kind, subject, revision, component, ...deadline },
    signatures: [signatureOf(context)],
    status: "proposed",
  };
  const superseded = own.filter((older) => older.status === "proposed");
  return { acts: [...superseded.map((older) => close(older, "superseded", index)), act] };
}

/**
 * The time to answer runs from the centre's clock in the log where that is later than what the proposer claims: a proposal kept
 * back until its deadline is near would lapse before anybody could have read it. Errors: `joint.deadline-near`, `statement.time`.
 */
function readDeadline({ state, leaf, founding, at }: CheckContext): { readonly deadline?: number } {
  const text = leaf.statement.body.deadline;
  if (text === undefined) return {};
  const deadline = unwrap(parseStatementTime(text, "body.deadline"));
  const earliest = Math.max(at, state.machineTime) + founding.shortestAnswer;
  if (founding.shortestAnswer > 0 && deadline < earliest) {
    refuse("joint.deadline-near", "proposal", {
      where: { field: "body.deadline" },
      expected: `${formatStatementTime(earliest)} or later`,
      got: String(text),
    });
  }
  return { deadline };
}

function countersign(context: CheckContext, act: JointAct) {
  const { signer, founding, index } = context;
  const isOwn = (signature: JointSignature) => signature.component === signer.component;
  if (act.signatures.some((signature) => isOwn(signature) && signature.officer === signer.holder)) {
    refuse("joint.same-officer", "countersignature", { expected: "another officer", got: signer.holder });
  }
  if (act.signatures.some(isOwn)) {
    refuse("joint.same-component", "countersignature", {
      expected: "an officer of another component",
      got: officerName(signer.component, signer.holder),
    });
  }
  requireOpen(act, "countersignature");
  const signatures = [...act.signatures, signatureOf(context)];
  if (signatures.length < founding.components.length) {
    return { change: { acts: [{ ...act, signatures }] }, effect: "countersigned" as const };
  }
  const adopted: JointAct = { ...act, signatures, status: "joint", closedAt: index };
  return { change: { acts: [...settleOthers(context, act), adopted] }, effect: "joint" as const };
}

/** What an adoption does to other acts on the subject: open ones are superseded, an earlier adopted one is replaced. */
function settleOthers(context: CheckContext, adopted: JointAct): JointAct[] {
  return actsOn(context).flatMap((act) => {
    if (act.statementId === adopted.statementId) return [];
    if (act.status === "proposed") return [close(act, "superseded", context.index)];
    const current = act.status === "joint" && act.replacedBy === undefined;
    return current ? [{ ...act, replacedBy: adopted.statementId }] : [];
  });
}

function actsOn({ state, leaf }: CheckContext): JointAct[] {
  const { kind, subject } = leaf.statement;
  return (state.actsBySubject.get(subjectName(kind, subject)) ?? []).map((id) => state.acts.get(id)!);
}

function signatureOf({ signer, index }: CheckContext): JointSignature {
  return { index, component: signer.component, officer: signer.holder, keyId: signer.keyId };
}

export function close(act: JointAct, status: JointAct["status"], closedAt: number): JointAct {
  return { ...act, status, closedAt };
}

/** Errors: `joint.already-joint`, `joint.split`, `joint.one-sided`, `joint.withdrawn`, `joint.superseded`. */
export function requireOpen(act: JointAct, what: string): void {
  if (act.status === "proposed") return;
  const code = act.status === "joint" ? "joint.already-joint" : `joint.${act.status}`;
  refuse(code, what, { expected: "a proposal still open", got: `${act.status} since entry ${act.closedAt}` });
}
