/** Groups rounds fired from about one place shortly after one another. */
import type { PlaneEvent } from "./plane-event.ts";
import { STATE_SIZE } from "./travel.ts";

/** Longest pause within a burst, and how far apart two rounds' places may be beyond their errors. */
const LONGEST_PAUSE = 12;
const FARTHEST = 250;
const DEVIATIONS = 3;

interface Round {
  readonly key: number;
  readonly time: number;
  readonly east: number;
  readonly north: number;
  readonly spread: number;
  readonly kind: number;
}

/** Rounds of live events; a burst bears the key of its earliest round. */
export class BurstBook {
  readonly #rounds = new Map<number, Round>();

  /** Takes an event's latest solution; withdrawn ones leave. */
  note(event: PlaneEvent): void {
    if (event.status === "withdrawn" || event.status === "merged") {
      this.#rounds.delete(event.firstFrame);
      return;
    }
    const spread = Math.sqrt(event.covariance[0]! + event.covariance[STATE_SIZE + 1]!);
    const [east, north, time] = [event.state[0]!, event.state[1]!, event.state[2]!];
    this.#rounds.set(event.firstFrame, { key: event.firstFrame, time, east, north, spread, kind: event.bestClass });
  }

  /** The burst that an event belongs to, and how many rounds it has. */
  of(event: PlaneEvent): { key: number; rounds: number } {
    const own = this.#rounds.get(event.firstFrame);
    if (own === undefined) return { key: event.firstFrame, rounds: 1 };
    const members = new Set([own]);
    for (const member of members)
      for (const other of this.#rounds.values()) if (!members.has(other) && belong(member, other)) members.add(other);
    let first = own;
    for (const member of members)
      if (member.time < first.time || (member.time === first.time && member.key < first.key)) first = member;
    return { key: first.key, rounds: members.size };
  }

  /** Forgets rounds older than `time`. */
  dropBefore(time: number): void {
    for (const round of this.#rounds.values()) if (round.time < time) this.#rounds.delete(round.key);
  }
}

function belong(one: Round, other: Round): boolean {
  if (one.kind !== other.kind || Math.abs(one.time - other.time) > LONGEST_PAUSE) return false;
  const reach = FARTHEST + DEVIATIONS * Math.hypot(one.spread, other.spread);
  return Math.hypot(one.east - other.east, one.north - other.north) < Math.min(reach, 1500);
}
