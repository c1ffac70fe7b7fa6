/** Fields of what is stated to send word out of the centre. */
import { CHANNELS, DELIVERY_OUTCOMES, EDITIONS, ESCALATION_OUTCOMES, FLASH_EVENTS } from "@openjmc/model";
import { code, language, optionalText, place, text } from "../fields.ts";
import type { Fields } from "../shape.ts";

const optionalUlid = { type: "ulid", optional: true } as const;
const optionalPlace = { type: "body", fields: place, optional: true } as const;

/** What people state. */
export const ESCALATION_BODIES: Readonly<Record<string, Fields>> = {
  "flash.sent": {
    event: code(FLASH_EVENTS),
    headline: text(160),
    text: text(4_000),
    instruction: text(2_000),
    language,
    place: optionalPlace,
    area: text(200),
    expires: { type: "instant" },
    incident: optionalUlid,
  },
  "escalation.begun": {
    title: text(160),
    text: text(8_000),
    asked: text(4_000),
    language,
    holdUntil: { type: "instant" },
    area: text(200),
    place: optionalPlace,
    provision: optionalText(80),
    incident: optionalUlid,
  },
  "escalation.answered": {
    recipient: text(80),
    by: text(80),
    text: text(8_000),
    language,
    answeredAt: { type: "instant" },
  },
  "escalation.ended": { outcome: code(ESCALATION_OUTCOMES), reason: text(4_000) },
};

/** What the courier of the centre states of a message; its form is checked where it is made. */
export const DELIVERY_FIELDS: Fields = {
  message: text(200),
  rung: { type: "integer", least: 0, most: 50 },
  recipient: text(80),
  channel: code(CHANNELS),
  edition: code(EDITIONS),
  outcome: code(DELIVERY_OUTCOMES),
  attempts: { type: "integer", least: 0, most: 1_000_000 },
  sha256: text(64, 0),
  detail: text(300, 0),
};
