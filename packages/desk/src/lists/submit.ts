/** Lists that sides hand in: the file stays as it is, its rows and sums are stated beside its hash. */
import { COUNT_UNITS, type Fault, type ListSubmittedBody, OBSERVATION_KINDS, parseInstant } from "@openjmc/model";
import { checkParty } from "../docket/decide.ts";
import type { DecisionContext, Draft } from "../draft.ts";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { code, text } from "../fields.ts";
import { instantIn } from "../influence/times.ts";
import { refusal } from "../refusal.ts";
import type { Fields } from "../shape.ts";
import type { DeskState } from "../state.ts";
import { checkTotal } from "./read-tally.ts";

export const LIST_BODIES: Readonly<Record<string, Fields>> = {
  "list.submitted": {
    side: text(40),
    from: { type: "instant" },
    until: { type: "instant" },
    name: text(200),
    sha256: { type: "sha256" },
    zone: { type: "text", most: 6, least: 6, optional: true },
    words: {
      type: "list",
      most: 40,
      optional: true,
      of: {
        type: "body",
        fields: {
          word: text(80),
          unit: code(COUNT_UNITS),
          observation: { type: "code", list: OBSERVATION_KINDS, optional: true },
        },
      },
    },
    rows: { type: "integer", least: 0, most: 50_000 },
    parts: {
      type: "list",
      most: 200,
      of: {
        type: "body",
        fields: {
          observation: code(OBSERVATION_KINDS),
          unit: code(COUNT_UNITS),
          number: { type: "integer", least: 0, most: Number.MAX_SAFE_INTEGER },
        },
      },
    },
    typedTotal: { type: "integer", least: 0, most: Number.MAX_SAFE_INTEGER, optional: true },
  },
};

/** Errors: `subject.taken`, `party.unknown`, `span.backwards`, `list.total`. */
export function checkList(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  const body = draft.body as unknown as ListSubmittedBody;
  if (state.lists.has(draft.subject)) return refusal("subject.taken", "subject", "a new ULID", draft.subject);
  const from = parseInstant(body.from);
  const until = parseInstant(body.until);
  if (from.ok && until.ok && until.value <= from.value)
    return refusal("span.backwards", "body.until", `a time after ${body.from}`, body.until);
  return checkParty("body.side", body.side, context) ?? checkTotal(body.parts, body.typedTotal);
}

/** Applies `list.submitted`. */
export function applyListSubmitted(state: DeskState, entry: RecordedEntry): RowChange[] {
  const body = entry.body as unknown as ListSubmittedBody;
  const row = {
    id: entry.subject,
    body,
    from: instantIn(entry, "from"),
    until: instantIn(entry, "until"),
    mark: markOf(entry),
  };
  state.lists.set(row.id, row);
  return [{ view: "lists", key: row.id, at: row.from, row, tag: body.side }];
}
