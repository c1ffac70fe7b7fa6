/** Fields of what is stated about an allegation after it has come in. */
import { ANSWER_POSITIONS, CLOSING_OUTCOMES, OBSERVATION_KINDS } from "@openjmc/model";
import { code, count, language, optionalText, place, text } from "../fields.ts";
import type { Fields } from "../shape.ts";

/** Of whom a file was had, and what captured it. */
export const fileCustody: Fields = {
  at: { type: "instant" },
  from: text(200),
  how: text(2_000),
  device: optionalText(200),
  capturedAt: { type: "instant", optional: true },
  clockFastSeconds: { type: "integer", least: -31_622_400, most: 31_622_400, optional: true },
  place: { type: "body", fields: place, optional: true },
};

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
  "allegation.documented": {
    by: text(40),
    file: { type: "sha256" },
    name: text(200),
    mediaType: text(100),
    bytes: { type: "integer", least: 1, most: Number.MAX_SAFE_INTEGER },
    custody: { type: "body", fields: fileCustody },
  },
  "allegation.admitted": { answerUntil: { type: "instant" }, note: text(2_000, 0) },
  "allegation.answered": { by: text(40), position: code(ANSWER_POSITIONS), text: text(12_000), language },
  "allegation.joined": { original: { type: "ulid" }, reason: text(2_000) },
  "allegation.withdrawn": { by: text(40), reason: text(2_000) },
  "allegation.closed": { outcome: code(CLOSING_OUTCOMES), reason: text(6_000), deadline: { type: "instant" } },
};
