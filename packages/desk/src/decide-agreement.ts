/** Whether what is recorded about the agreement speaks of something that there is. */
import type { Fault } from "@openjmc/model";
import type { DecisionContext, Draft } from "./draft.ts";
import { refusal } from "./refusal.ts";
import type { DeskState } from "./state.ts";

/**
 * Instruments, provisions and amendments must be known, an amendment's consents must be those of its instrument's signatories:
 * nobody else can make one. Errors: `instrument.unknown`, `provision.unknown`, `amendment.unknown`, `signatory.unknown`,
 * `subject.taken`.
 */
export function checkAgreement(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  const body = draft.body as Readonly<Record<string, string>>;
  switch (draft.kind) {
    case "fact.stated":
      return context.provisions.has(body.about!) || context.signatories.has(body.about!)
        ? undefined
        : refusal("provision.unknown", "body.about", "a provision or an instrument of the mission", body.about!);
    case "notice.recorded":
      return instrumentFault(body.instrument!, context);
    case "consent.recorded":
      return checkConsent(state, body, context);
    default:
      return checkAmendment(state, draft, context);
  }
}

function checkAmendment(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  const { instrument, provision, consents } = draft.body as {
    instrument: string;
    provision: string;
    consents: { state: string }[];
  };
  if (context.amendments.has(draft.subject) || state.agreement.amendments.some((one) => one.entry.id === draft.subject))
    return refusal("subject.taken", "subject", "a new name", draft.subject);
  const fault = instrumentFault(instrument, context);
  if (fault) return fault;
  if (!context.provisions.has(provision))
    return refusal("provision.unknown", "body.provision", "a provision of the mission", provision);
  const stranger = consents.findIndex((one) => !context.signatories.get(instrument)!.includes(one.state));
  return stranger < 0
    ? undefined
    : signatoryFault(`body.consents[${stranger}].state`, instrument, consents[stranger]!.state, context);
}

function checkConsent(
  state: DeskState,
  body: Readonly<Record<string, string>>,
  context: DecisionContext,
): Fault | undefined {
  const recorded = state.agreement.amendments.find((one) => one.entry.id === body.amendment);
  if (!recorded)
    return context.amendments.has(body.amendment!)
      ? undefined
      : refusal("amendment.unknown", "body.amendment", "an amendment of mission or record", body.amendment!);
  const { instrument } = recorded.entry;
  return context.signatories.get(instrument)?.includes(body.state!)
    ? undefined
    : signatoryFault("body.state", instrument, body.state!, context);
}

function instrumentFault(instrument: string, context: DecisionContext): Fault | undefined {
  return context.signatories.has(instrument)
    ? undefined
    : refusal("instrument.unknown", "body.instrument", [...context.signatories.keys()].join(", "), instrument);
}

function signatoryFault(field: string, instrument: string, got: string, context: DecisionContext): Fault {
  return refusal("signatory.unknown", field, (context.signatories.get(instrument) ?? []).join(", "), got);
}
