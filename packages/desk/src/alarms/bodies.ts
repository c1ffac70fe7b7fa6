/** Fields of what is stated when an alarm is kept quiet, and when it is brought back. */
import { ALARM_HOLD_CAUSES, ALARM_HOLD_MODES } from "@openjmc/model";
import { code, optionalText, text } from "../fields.ts";
import type { Fields } from "../shape.ts";

export const ALARM_BODIES: Readonly<Record<string, Fields>> = {
  "alarm.held": {
    mode: code(ALARM_HOLD_MODES),
    rule: text(80),
    source: optionalText(80),
    zone: optionalText(80),
    cause: code(ALARM_HOLD_CAUSES),
    reason: text(2_000),
    until: { type: "instant", optional: true },
    deadline: { type: "instant" },
  },
  "alarm.restored": { reason: text(2_000) },
};
