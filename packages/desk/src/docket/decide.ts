/** Whether an act on an allegation makes sense where the allegation stands. */
import { type AllegationRow, type Fault, parseInstant } from "@openjmc/model";
import type { DecisionContext, Draft } from "../draft.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";

/**
 * Errors: `allegation.unknown`, `allegation.ended`, `allegation.incomplete`, `allegation.complete`, `allegation.by`,
 * `allegation.itself`, `allegation.in-incident`, `allegation.nothing`, `allegation.file-twice`, `party.unknown`, `deadline.past`.
 */
export function checkDocket(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  const row = state.allegations.get(draft.subject);
  if (!row) return refusal("allegation.unknown", "subject", "an allegation of the record", draft.subject);
  if (row.state === "ended")
    return refusal("allegation.ended", "subject", "an allegation without an outcome", row.outcome!);
  return (CHECKS[draft.kind] ?? (() => undefined))(row, draft, { state, context });
}

type Check = (
  row: AllegationRow,
  draft: Draft,
  more: { readonly state: DeskState; readonly context: DecisionContext },
) => Fault | undefined;

const CHECKS: Readonly<Record<string, Check>> = {
  "allegation.questioned": (row, draft) =>
    row.state === "incomplete"
      ? checkAhead(draft, "until")
      : refusal("allegation.complete", "subject", "an allegation that lacks something", row.state),
  "allegation.completed": (_row, { body }, { context }) => {
    if (Object.keys(body).filter((name) => name !== "note").length === 0)
      return refusal("allegation.nothing", "body", "a particular", "none");
    return body.accused === undefined ? undefined : checkParty("body.accused", body.accused, context);
  },
  "allegation.admitted": (row, draft) => checkComplete(row) ?? checkAhead(draft, "answerUntil"),
  "allegation.answered": (row, { body }, { context }) =>
    checkParty("body.by", body.by, context) ??
    (row.body.accused !== undefined && row.body.accused !== body.by
      ? refusal("allegation.by", "body.by", row.body.accused, String(body.by))
      : undefined),
  "allegation.documented": (row, { body }, { context }) =>
    checkParty("body.by", body.by, context) ??
    (row.body.accuser === body.by || row.body.accused === body.by
      ? undefined
      : refusal("allegation.by", "body.by", row.body.accuser, String(body.by))) ??
    (row.files?.some(({ file, by }) => file === body.file && by === body.by)
      ? refusal("allegation.file-twice", "body.file", "a file that is not there yet", String(body.file))
      : undefined),
  "allegation.joined": (row, { body }, { state }) => {
    const original = state.allegations.get(String(body.original));
    if (!original)
      return refusal("allegation.unknown", "body.original", "an allegation of the record", String(body.original));
    const leads = original.id === row.id || original.duplicateOf !== undefined;
    return leads ? refusal("allegation.itself", "body.original", "the first of the two", original.id) : undefined;
  },
  "allegation.withdrawn": (row, { body }) =>
    body.by === row.body.accuser ? undefined : refusal("allegation.by", "body.by", row.body.accuser, String(body.by)),
  "allegation.closed": (row, draft) => {
    if (row.incident !== undefined)
      return refusal("allegation.in-incident", "subject", "an allegation that no incident decides", row.incident);
    if (draft.body.outcome === "not-admitted") return checkAhead(draft, "deadline");
    return checkComplete(row) ?? checkAhead(draft, "deadline");
  },
};

function checkComplete(row: AllegationRow): Fault | undefined {
  return row.missing.length === 0
    ? undefined
    : refusal("allegation.incomplete", "subject", "no particular missing", row.missing.join(", "));
}

export function checkParty(field: string, value: unknown, context: DecisionContext): Fault | undefined {
  return context.parties.has(String(value))
    ? undefined
    : refusal("party.unknown", field, [...context.parties].join(", "), String(value));
}

/** A clock cannot run out before it was set. */
export function checkAhead(draft: Draft, field: string): Fault | undefined {
  const until = parseInstant(String(draft.body[field]));
  return until.ok && until.value <= draft.claimedAt
    ? refusal("deadline.past", `body.${field}`, "a time after the statement's own", String(draft.body[field]))
    : undefined;
}
