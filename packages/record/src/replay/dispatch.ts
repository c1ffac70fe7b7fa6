/** From what a kind does to the code that checks it. */
import { refuse } from "../fault.ts";
import type { Act, KindRule } from "../statement/kinds.ts";
import type { Change } from "./change.ts";
import type { Effect } from "./check.ts";
import { dissent, lapse, withdraw } from "./closing.ts";
import type { CheckContext } from "./context.ts";
import { readNamedCosigners, readSuspectCosigners, takeCosigned } from "./cosigners.ts";
import { readKindRules } from "./extension.ts";
import { checkJoint } from "./joint.ts";
import { enrolOfficer, rekeyCentre, replaceRoot, revokeOfficer, rotateOfficer } from "./officers.ts";
import { gatherRoots } from "./quorum.ts";
import { claimRoots, contestRoots, restoreRoots } from "./recovery.ts";
import { endSession, enrolSession } from "./sessions.ts";
import { suspectOfficer } from "./suspicion.ts";

interface Outcome {
  readonly change: Change;
  readonly effect: Effect;
}

type Check = (context: CheckContext) => Outcome;

const CHECKS: Readonly<Record<Exclude<Act, "founding">, Check>> = {
  plain: single("recorded", nothing),
  joint: checkJoint,
  dissent: single("split", dissent),
  withdrawal: single("withdrawn", withdraw),
  lapse: single("one-sided", lapse),
  "officer-enrolment": byRoots(ownComponent, enrolOfficer),
  "officer-revocation": byRoots(ownComponent, revokeOfficer),
  "officer-suspicion": byRoots(ownComponent, suspectOfficer),
  "officer-rotation": single("keys-changed", rotateOfficer),
  "session-enrolment": single("keys-changed", enrolSession),
  "session-end": single("keys-changed", endSession),
  "root-replacement": byRoots(ownComponent, replaceRoot),
  "root-claim": (context) => waiting(claimRoots(context)),
  "root-contest": single("keys-changed", contestRoots),
  "root-restoration": single("keys-changed", restoreRoots),
  "centre-rekeying": byRoots(({ founding }) => founding.components, rekeyCentre),
  "kind-extension": extend,
  "cosigner-naming": nameCosigners,
  "cosigned-checkpoint": single("recorded", takeCosigned),
  "root-act": byRoots(ownComponent, () => ({})),
};

/** What most statements change beside the fact that they are there. */
function nothing(): Change {
  return {};
}

export function dispatch(rule: KindRule, context: CheckContext): Outcome {
  return CHECKS[rule.act as Exclude<Act, "founding">](context);
}

/** A statement that one signature completes. Errors: `leaf.duplicate`. */
function single(effect: Effect, check: (context: CheckContext) => Change): Check {
  return (context) => {
    const { state, leaf, index } = context;
    const earlier = state.statements.get(leaf.statementId);
    if (earlier !== undefined) {
      refuse("leaf.duplicate", "statement", { expected: "a new statement", got: `entry ${earlier}` });
    }
    const single = { statementId: leaf.statementId, index };
    return { change: check === nothing ? { single } : { ...check(context), single }, effect };
  };
}

/** The first root's signature is checked as if it were the last, so that nothing impossible waits for a second. */
function byRoots(
  components: (context: CheckContext) => readonly string[],
  check: (context: CheckContext) => Change,
): Check {
  return (context) => {
    const effect = () => check(context);
    const isFirst = !context.state.quorums.has(context.leaf.statementId);
    if (isFirst) effect();
    return waiting(gatherRoots(context, components(context), effect));
  };
}

function waiting({ change, complete }: { readonly change: Change; readonly complete: boolean }): Outcome {
  return { change, effect: complete ? "keys-changed" : "waiting-for-roots" };
}

function ownComponent({ leaf }: CheckContext): readonly string[] {
  return [leaf.statement.component];
}

/** Further kinds are a joint act that takes effect with the last signature. */
function extend(context: CheckContext): Outcome {
  const kinds = readKindRules(context.leaf.statement.body.kinds);
  const taken = kinds.find((rule) => context.state.kinds.has(rule.kind));
  if (taken) refuse("kind.taken", "kind", { expected: "a new name", got: taken.kind });
  const { change, effect } = checkJoint(context);
  return effect === "joint" ? { change: { ...change, kinds }, effect: "kinds-changed" } : { change, effect };
}

/** The cosigners are a joint act too: one side's word does not say who counts. */
function nameCosigners(context: CheckContext): Outcome {
  const named = { cosigners: readNamedCosigners(context), suspectCosigners: readSuspectCosigners(context) };
  const { change, effect } = checkJoint(context);
  return effect === "joint" ? { change: { ...change, ...named }, effect } : { change, effect };
}
