/** A message as JSON for programs: the body of a webhook. */
import { formatInstant } from "@openjmc/model";
import type { Outgoing } from "./outgoing.ts";

/** Members in a fixed order, so that the same message is the same bytes. */
export function outgoingJson(out: Outgoing): string {
  const { matter, mission, edition } = out;
  return `${JSON.stringify({
    type: matter.kind === "flash" ? "openjmc.flash" : "openjmc.escalation",
    id: out.message,
    edition,
    replaces: out.earlier.map(({ message }) => message),
    sent: formatInstant(out.sent),
    exercise: mission.exercise,
    mission: mission.id,
    origin: out.origin,
    recipient: out.recipient,
    recipients: out.recipients,
    matter,
  })}\n`;
}
