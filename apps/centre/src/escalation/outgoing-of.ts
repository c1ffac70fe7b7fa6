/** Makes a message of what is due: the same row, edition and recipient give the same bytes, however often it is sent. */
import { messageId } from "@openjmc/desk";
import type { Channel, DueMessage, Edition, EscalationRow, Instant, MissionView } from "@openjmc/model";
import type { Outgoing } from "@openjmc/report";
import { releasedMatter } from "./released-matter.ts";

export interface OutgoingOptions {
  readonly mission: MissionView;
  readonly origin: string;
  readonly now: Instant;
}

type Message = Pick<DueMessage, "message" | "edition" | "recipient" | "rung" | "channel">;

export function outgoingOf(row: EscalationRow, message: Message, options: OutgoingOptions): Outgoing {
  const { mission, origin, now } = options;
  return {
    matter: asOf(message.edition, releasedMatter(row, mission.release, now)),
    ...{ message: message.message, edition: message.edition, recipient: message.recipient },
    earlier: earlierOf(row, message),
    sent: sentAt(row, message.edition),
    recipients: toldWith(row, message, mission),
    ...{ mission, origin },
  };
}

/** An edition says what stood when it came to be: a first word sent again does not learn of the second signature. */
function asOf(edition: Edition, matter: Outgoing["matter"]): Outgoing["matter"] {
  if (edition === "ended") return matter;
  const { ended: _ended, ...rest } = matter;
  return rest;
}

function sentAt(row: EscalationRow, edition: Edition): Instant {
  if (edition === "ended") return row.ended?.mark.recordedAt ?? row.mark.recordedAt;
  return edition === "joint" ? (row.jointAt ?? row.begins) : row.begins;
}

/** Earlier editions that reached the same recipient by the same channel. */
function earlierOf(row: EscalationRow, { recipient, rung, channel, edition }: Message): Outgoing["earlier"] {
  return row.deliveries
    .filter((one) => one.recipient === recipient && one.rung === rung && one.channel === channel)
    .filter((one) => (one.outcome === "accepted" || one.outcome === "published") && one.edition !== edition)
    .map((one) => ({ message: one.message, sent: sentAt(row, one.edition) }));
}

/** Everybody of the same rung, or both parties. */
function toldWith(row: EscalationRow, { rung }: Message, mission: MissionView): readonly string[] {
  const plan = mission.escalation;
  if (row.kind === "ladder") return plan?.ladder[rung]?.to ?? [];
  const parties = new Set(mission.parties.map(({ code }) => code));
  return plan?.recipients.filter(({ side }) => parties.has(side)).map(({ id }) => id) ?? [];
}

/** The message that a recipient would get first, by a channel of its rung: for cards and for what is shown beforehand. */
export function firstMessage(row: EscalationRow, recipient: string, channel: Channel, mission: MissionView): Message {
  const rung = Math.max(0, mission.escalation?.ladder.findIndex(({ to }) => to.includes(recipient)) ?? 0);
  const over = row.ended !== undefined || row.standing === "withdrawn";
  const edition: Edition = over ? "ended" : row.standing === "joint" ? "joint" : "one-sided";
  return { message: messageId(row.id, { rung, recipient, channel }, edition), edition, recipient, rung, channel };
}
