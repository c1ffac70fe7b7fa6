/** Field tables of inspections and visits. */
import { VISIT_ANSWERS, VISIT_KINDS, VISIT_RESULTS } from "@openjmc/model";
import { code, optionalText, place, text } from "../fields.ts";
import type { Fields } from "../shape.ts";

const instant = { type: "instant" } as const;

export const VISIT_BODIES: Readonly<Record<string, Fields>> = {
  "visit.requested": {
    visit: code(VISIT_KINDS),
    of: text(40),
    askedFor: optionalText(40),
    site: text(200),
    place: { type: "body", fields: place, optional: true },
    purpose: text(2_000),
    wantedAt: instant,
    askedAt: instant,
    deadline: instant,
  },
  "visit.answered": {
    answer: code(VISIT_ANSWERS),
    answeredAt: instant,
    until: { type: "instant", optional: true },
    words: text(4_000, 0),
  },
  "visit.reported": {
    result: code(VISIT_RESULTS),
    from: instant,
    until: instant,
    team: text(200),
    found: text(8_000, 0),
  },
};
