/** Whether an alert may be dismissed, and by whom. */
import type { AlertRow, Fault } from "@openjmc/model";
import { checkAhead } from "../docket/decide.ts";
import type { Draft } from "../draft.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";

/** Errors: `alert.unknown`, `alert.in-incident`, `alert.dismissed`, `alert.not-proposed`, `alert.own-proposal`, `deadline.past`. */
export function checkDismissal(state: DeskState, draft: Draft): Fault | undefined {
  const row = state.alerts.get(draft.subject);
  if (!row) return refusal("alert.unknown", "subject", "an alert of the record", draft.subject);
  const ended = endedFault(row, draft);
  if (ended) return ended;
  const proposal = row.dismissal?.state === "proposed" ? row.dismissal : undefined;
  if (draft.kind === "alert.dismissed")
    return proposal
      ? refusal("alert.dismissed", "subject", "an alert whose dismissal nobody has proposed", proposal.statement)
      : checkAhead(draft, "deadline");
  if (!proposal) return refusal("alert.not-proposed", "subject", "an alert whose dismissal is proposed", row.state);
  return proposal.reasons[0]!.mark.component === draft.component
    ? refusal("alert.own-proposal", "subject", "the other component's proposal", draft.component)
    : undefined;
}

/** The second signature: only after its component has said why in its own words. Error: `alert.no-reason`, those above. */
export function checkSecondDismissal(state: DeskState, draft: Draft): Fault | undefined {
  const row = state.alerts.get(draft.subject);
  const ended = row && endedFault(row, draft);
  if (ended) return ended;
  return row?.dismissal?.reasons.slice(1).some(({ mark }) => mark.component === draft.component)
    ? undefined
    : refusal("alert.no-reason", "subject", `an assessment of ${draft.component} (alert.assessed)`, "none");
}

function endedFault(row: AlertRow, draft: Draft): Fault | undefined {
  if (row.incident !== undefined)
    return refusal("alert.in-incident", "subject", "an alert that no incident decides", row.incident);
  return row.state === "dismissed"
    ? refusal("alert.dismissed", "subject", "an alert that is not dismissed", draft.subject)
    : undefined;
}
