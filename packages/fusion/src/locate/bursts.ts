/** Groups rounds fired from about one place shortly after one another. */
import type { HeardRound } from "./flights.ts";
import type { PlaneEvent } from "./plane-event.ts";
import { STATE_SIZE } from "./travel.ts";

/** Longest pause within a burst, and how far apart two rounds' places may be beyond their errors. */
const LONGEST_PAUSE = 12;
const FARTHEST = 250;
const DEVIATIONS = 3;

export interface Burst {
  readonly key: number;
  readonly rounds: number;
  /** From its first round to its last. */
  readonly spanSeconds: number;
}

interface Round extends HeardRound {
  readonly spread: number;
  readonly kind: number;
}

/** Rounds of live events; a burst bears the key of its earliest round. */
export class BurstBook {
  readonly #rounds = new Map<number, Round>();

  /** Takes an event's latest solution; withdrawn ones leave. */
  note(event: PlaneEvent, classes: HeardRound["classes"]): void {
    if (event.status === "withdrawn" || event.status === "merged") {
      this.#rounds.delete(event.firstFrame);
      return;
    }
    const spread = Math.sqrt(event.covariance[0]! + event.covariance[STATE_SIZE + 1]!);
    const [east, north, time] = [event.state[0]!, event.state[1]!, event.state[2]!];
    this.#rounds.set(event.firstFrame, {
      key: event.firstFrame,
      time,
      east,
      north,
      spread,
      kind: event.bestClass,
      classes,
    });
  }

  /** The burst that an event belongs to, and how many rounds it has. */
  of(event: PlaneEvent): Burst {
    const members = this.membersOf(event.firstFrame);
    const [first, last] = [members[0], members.at(-1)];
    if (first === undefined || last === undefined) return { key: event.firstFrame, rounds: 1, spanSeconds: 0 };
    return { key: first.key, rounds: members.length, spanSeconds: last.time - first.time };
  }

  /** All rounds of the burst that a round belongs to, in order of time; none where the round is not known. */
  membersOf(key: number): Round[] {
    const own = this.#rounds.get(key);
    if (own === undefined) return [];
    const members = new Set([own]);
    for (const member of members)
      for (const other of this.#rounds.values()) if (!members.has(other) && belong(member, other)) members.add(other);
    return [...members].sort((one, other) => one.time - other.time || one.key - other.key);
  }

  find(key: number): Round | undefined {
    return this.#rounds.get(key);
  }

  /** Rounds between two times, seconds. */
  within(from: number, until: number): Round[] {
    return [...this.#rounds.values()].filter(({ time }) => time >= from && time <= until);
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
