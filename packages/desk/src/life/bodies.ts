/** Field tables of the steps in a mission's life. */
import { CLOSURE_TRIGGERS, DISPOSED_KINDS, DISPOSITIONS, PARTICIPATIONS } from "@openjmc/model";
import type { Field, Fields } from "../shape.ts";

const text = (most: number, least = 1): Field => ({ type: "text", most, least });
const instant: Field = { type: "instant" };
const note = text(8_000, 0);
const step: Fields = { from: instant, note, deadline: instant };
const suspension: Fields = { from: instant, reason: text(4_000), deadline: instant };
const list = (fields: Fields, most: number, least = 1): Field => ({
  ...{ type: "list", most, least },
  of: { type: "body", fields },
});

export const LIFE_BODIES: Readonly<Record<string, Fields>> = {
  "centre.opened": step,
  "monitoring.ended": step,
  "centre.suspended": suspension,
  "centre.resumed": suspension,
  "participation.stated": {
    participation: { type: "code", list: PARTICIPATIONS },
    from: instant,
    reason: text(4_000),
  },
  "closure.planned": {
    trigger: { type: "code", list: CLOSURE_TRIGGERS },
    decidedBy: { type: "list", of: text(40), most: 20, least: 1 },
    decidedAt: instant,
    announcedBy: text(40),
    lastDay: { type: "day" },
    note,
    deadline: instant,
  },
  "closure.disposed": {
    items: list(
      {
        kind: { type: "code", list: DISPOSED_KINDS },
        id: text(80),
        disposition: { type: "code", list: DISPOSITIONS },
        to: { type: "text", most: 40, optional: true },
        note: text(1_000, 0),
      },
      200,
    ),
    deadline: instant,
  },
  "centre.closed": {
    plan: { type: "sha256" },
    trigger: { type: "code", list: CLOSURE_TRIGGERS },
    closedAt: instant,
    attendance: list({ of: text(80), role: text(200) }, 60, 0),
    finalReport: { type: "sha256" },
    note,
    deadline: instant,
  },
  "annotation.made": {
    about: text(64),
    by: text(40),
    occurredAt: instant,
    text: text(8_000),
    language: text(8, 2),
  },
};
