/** Fields of what is stated to bring influence to bear in time. */
import {
  COORDINATION_REPLIES,
  INDICATORS,
  NOTICE_COMPARISONS,
  NOTICE_SUBJECTS,
  WARNING_OUTCOMES,
} from "@openjmc/model";
import { asks, code, language, optionalText, place, text } from "../fields.ts";
import type { Fields } from "../shape.ts";

const optionalUlid = { type: "ulid", optional: true } as const;
const optionalInstant = { type: "instant", optional: true } as const;

export const INFLUENCE_BODIES: Readonly<Record<string, Fields>> = {
  "hotline.logged": {
    line: text(80),
    with: text(80),
    direction: code(["out", "in"]),
    startedAt: { type: "instant" },
    endedAt: optionalInstant,
    answered: code(["yes", "no"]),
    language,
    summary: text(8_000, 0),
    promised: asks,
    incident: optionalUlid,
  },
  "hotline.summarised": { end: text(80), text: text(8_000), language },
  "warning.raised": {
    indicator: code(INDICATORS),
    title: text(200),
    basis: text(4_000),
    provision: optionalText(80),
    place: { type: "body", fields: place, optional: true },
    horizon: { type: "instant" },
    asked: asks,
    incident: optionalUlid,
  },
  "warning.resolved": { outcome: code(WARNING_OUTCOMES), reason: text(4_000) },
  "coordination.requested": {
    from: text(80),
    of: text(80),
    what: text(4_000),
    askedAt: { type: "instant" },
    deadline: { type: "instant" },
    provision: optionalText(80),
    incident: optionalUlid,
  },
  "coordination.answered": {
    reply: code(COORDINATION_REPLIES),
    text: text(4_000, 0),
    repliedAt: { type: "instant" },
    effect: text(2_000, 0),
    effectAt: optionalInstant,
  },
  "return-fire.declared": { by: text(80), orderedAt: { type: "instant" }, text: text(4_000) },
  "movement.notified": {
    subject: code(NOTICE_SUBJECTS.filter((subject) => subject !== "flight")),
    by: text(80),
    to: optionalText(80),
    title: text(200),
    route: text(2_000, 0),
    from: { type: "instant" },
    until: { type: "instant" },
    place: { type: "body", fields: place, optional: true },
  },
  "notice.acknowledged": { by: text(80), note: text(2_000, 0) },
  "notice.compared": { seen: code(NOTICE_COMPARISONS), text: text(4_000, 0) },
  "protest.lodged": {
    from: text(80),
    to: text(80),
    provision: optionalText(80),
    facts: text(8_000),
    demand: text(4_000),
    language,
    deliveredAt: { type: "instant" },
    incident: optionalUlid,
  },
  "protest.answered": { by: text(80), text: text(8_000), language },
};
