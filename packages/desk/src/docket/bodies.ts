/** Fields of what is stated about an allegation after it has come in. */
import { ANSWER_POSITIONS, CLOSING_OUTCOMES, OBSERVATION_KINDS } from "@openjmc/model";
import { code, count, language, optionalText, place, text } from "../fields.ts";
import type { Fields } from "../shape.ts";

export const DOCKET_BODIES: Readonly<Record<string, Fields>> = {
  "allegation.questioned": { what: text(2_000), until: { type: "instant" } },
  "allegation.completed": {
    what: optionalText(8_000),
    observation: { type: "code", list: OBSERVATION_KINDS, optional: true },
    count: { type: "body", fields: count, optional: true },
    occurredAt: { type: "instant", optional: true },
    place: { type: "body", fields: place, optional: true },
    accused: optionalText(40),
    harm: optionalText(4_000),
    basis: optionalText(4_000),
    note: text(2_000, 0),
  },
  "allegation.admitted": { answerUntil: { type: "instant" }, note: text(2_000, 0) },
  "allegation.answered": { by: text(40), position: code(ANSWER_POSITIONS), text: text(12_000), language },
  "allegation.joined": { original: { type: "ulid" }, reason: text(2_000) },
  "allegation.withdrawn": { by: text(40), reason: text(2_000) },
  "allegation.closed": { outcome: code(CLOSING_OUTCOMES), reason: text(6_000), deadline: { type: "instant" } },
};
