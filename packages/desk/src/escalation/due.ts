/**
 * What is to leave the centre now, from the row and the mission's plan alone: the same entries and the same clock give the
 * same messages under the same ids, so that whoever carries them may crash and go on.
 */
import {
  type Channel,
  type DueMessage,
  type Edition,
  type EscalationPlan,
  type EscalationRow,
  type Instant,
  MICROSECONDS_PER_HOUR,
  MICROSECONDS_PER_MINUTE,
} from "@openjmc/model";
import { expiresOf } from "./apply.ts";

/** One recipient's turn on one channel. */
export interface Slot {
  readonly rung: number;
  readonly recipient: string;
  readonly channel: Channel;
  readonly from: Instant;
  readonly until: Instant;
}

/** How long later editions are tried: who had the first word is to have the last. */
const LATER_EDITIONS = 24 * MICROSECONDS_PER_HOUR;
/** The last channel of the last rung has nothing after it: it is tried for so long. */
const LAST_CHANNEL = 7 * 24 * MICROSECONDS_PER_HOUR;

/** Outcomes with which the word has left the centre for somebody. */
const REACHED: ReadonlySet<string> = new Set(["accepted", "published"]);

/**
 * The turns that have come by now, in their order. A rung's recipients are told at the same time, each by one channel after the
 * other; the next rung begins when the last of the rung's channels has run out and nobody of it has answered.
 */
export function slotsOf(row: EscalationRow, plan: EscalationPlan, parties: ReadonlySet<string>, now: Instant): Slot[] {
  if (now < row.begins) return [];
  return row.kind === "flash"
    ? flashSlots(row, plan, parties)
    : ladderSlots(row, plan).filter(({ from }) => from <= now);
}

function flashSlots(row: EscalationRow, plan: EscalationPlan, parties: ReadonlySet<string>): Slot[] {
  const until = expiresOf(row) ?? row.begins + MICROSECONDS_PER_HOUR;
  return plan.recipients
    .filter(({ side }) => parties.has(side))
    .flatMap(({ id }) => plan.flash.map((channel) => ({ rung: 0, recipient: id, channel, from: row.begins, until })));
}

function ladderSlots(row: EscalationRow, plan: EscalationPlan): Slot[] {
  const slots: Slot[] = [];
  let start = row.begins;
  for (const [rung, { to, channels }] of plan.ladder.entries()) {
    const isLast = rung === plan.ladder.length - 1;
    const chains = to.map((recipient) => chainOf(row, { rung, recipient, start, channels, isLast }));
    slots.push(...chains.flatMap((chain) => chain.slots));
    if (to.some((recipient) => answeredAt(row, recipient) !== undefined)) break;
    start = Math.max(...chains.map((chain) => chain.end));
  }
  return slots;
}

interface Turn {
  readonly rung: number;
  readonly recipient: string;
  readonly start: Instant;
  readonly channels: EscalationPlan["ladder"][number]["channels"];
  readonly isLast: boolean;
}

/** A channel without an address is passed over as soon as that is known. */
function chainOf(row: EscalationRow, { rung, recipient, start, channels, isLast }: Turn) {
  const slots: Slot[] = [];
  const answered = answeredAt(row, recipient) ?? Number.POSITIVE_INFINITY;
  let from = start;
  for (const [index, { by, minutes }] of channels.entries()) {
    const none = row.deliveries.find(
      (one) => one.rung === rung && one.recipient === recipient && one.channel === by && one.outcome === "no-address",
    );
    const end = none ? Math.max(from, none.at) : from + minutes * MICROSECONDS_PER_MINUTE;
    const isVeryLast = isLast && index === channels.length - 1;
    if (from <= answered)
      slots.push({ rung, recipient, channel: by, from, until: isVeryLast ? from + LAST_CHANNEL : end });
    from = end;
  }
  return { slots, end: from };
}

function answeredAt(row: EscalationRow, recipient: string): Instant | undefined {
  return row.answers.find((answer) => answer.recipient === recipient)?.mark.recordedAt;
}

/** What is to be sent now and has not been; a message whose `until` has passed is only to be told as unreachable. */
export function dueMessages(
  row: EscalationRow,
  plan: EscalationPlan,
  parties: ReadonlySet<string>,
  now: Instant,
): DueMessage[] {
  return slotsOf(row, plan, parties, now).flatMap((slot) => dueIn(row, slot, now) ?? []);
}

function dueIn(row: EscalationRow, slot: Slot, now: Instant): DueMessage | undefined {
  const told = row.deliveries.filter(
    (one) => one.rung === slot.rung && one.recipient === slot.recipient && one.channel === slot.channel,
  );
  const edition = editionOf(row);
  if (told.some((one) => one.edition === edition || one.outcome === "no-address")) return undefined;
  const isLater = told.some((one) => REACHED.has(one.outcome));
  // The last word goes to those who had the first one, and a card is read out once.
  if (edition === "ended" && !isLater) return undefined;
  if (told.length > 0 && !isLater) return undefined;
  if (!isLater && answeredAt(row, slot.recipient) !== undefined) return undefined;
  const until = isLater ? changedAt(row) + LATER_EDITIONS : slot.until;
  if (isLater && now > until) return undefined;
  const { rung, recipient, channel } = slot;
  return { message: messageId(row.id, slot, edition), escalation: row.id, rung, recipient, channel, edition, until };
}

function editionOf(row: EscalationRow): Edition {
  if (row.ended || row.standing === "withdrawn") return "ended";
  return row.standing === "joint" ? "joint" : "one-sided";
}

function changedAt(row: EscalationRow): Instant {
  return row.ended?.mark.recordedAt ?? row.jointAt ?? row.begins;
}

/** The same wherever and however often it is made. */
export function messageId(
  escalation: string,
  { rung, recipient, channel }: Pick<Slot, "rung" | "recipient" | "channel">,
  edition: Edition,
): string {
  return [escalation, rung + 1, recipient, channel, edition].join(".");
}
