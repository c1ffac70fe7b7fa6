/** Fields of matters on the ground and of the steps on them. */
import {
  DAMAGE_STATES,
  INTERFERENCE_KINDS,
  RESTRICTION_ENDS,
  RESTRICTION_KINDS,
  SILENCE_PURPOSES,
} from "@openjmc/model";
import { code, language, optionalText, place, text } from "../fields.ts";
import type { Fields } from "../shape.ts";

const optionalUlid = { type: "ulid", optional: true } as const;
const optionalPlace = { type: "body", fields: place, optional: true } as const;
const instant = { type: "instant" } as const;

export const MATTER_BODIES: Readonly<Record<string, Fields>> = {
  "silence.agreed": {
    title: text(200),
    purpose: code(SILENCE_PURPOSES),
    area: text(400),
    place: optionalPlace,
    from: instant,
    until: instant,
    sides: { type: "list", of: text(80), most: 10, least: 1 },
  },
  "silence.guaranteed": { by: text(80), given: code(["yes", "no"]), text: text(2_000, 0) },
  "silence.breached": { at: instant, text: text(4_000), incident: optionalUlid },
  "own-act.declared": {
    by: text(80),
    title: text(200),
    text: text(4_000),
    language,
    occurredAt: instant,
    place: optionalPlace,
    provision: optionalText(80),
    incident: optionalUlid,
  },
  "access.restricted": {
    title: text(200),
    restriction: code(RESTRICTION_KINDS),
    by: text(80),
    area: text(400),
    reason: text(2_000, 0),
    from: instant,
    place: optionalPlace,
    provision: optionalText(80),
    incident: optionalUlid,
  },
  "access.resolved": { how: code(RESTRICTION_ENDS), at: instant, text: text(2_000, 0) },
  "interference.reported": {
    title: text(200),
    interference: code(INTERFERENCE_KINDS),
    source: text(200),
    evidence: text(4_000),
    from: instant,
    bearingDegrees: { type: "integer", least: 0, most: 359, optional: true },
    place: optionalPlace,
    incident: optionalUlid,
  },
  "interference.ended": { at: instant, text: text(2_000, 0) },
  "damage.stated": { damage: code(DAMAGE_STATES), text: text(4_000), repair: text(2_000, 0), at: instant },
};
