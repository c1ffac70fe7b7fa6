/**
 * The centre's part of the line between officers' pages and their component's node: it passes on what it cannot read, and
 * keeps it in memory only until it is answered.
 */
import { randomBytes } from "node:crypto";
import { type Fault, FaultError } from "@openjmc/model";
import type { RoomAnnouncement, RoomQuestion } from "@openjmc/record";

export interface WaitingQuestion {
  readonly id: string;
  readonly question: RoomQuestion;
}

/** What came back: sealed for the asker, or why nothing did. */
export type LineAnswer = { readonly sealed: string } | { readonly fault: Fault };

const ANSWER_WITHIN_MILLISECONDS = 20_000;
const MOST_WAITING = 100;

interface Room {
  announcement: RoomAnnouncement | undefined;
  waiting: WaitingQuestion[];
  askedTimes: number;
}

export class RoomLines {
  readonly #rooms = new Map<string, Room>();
  readonly #answers = new Map<string, { readonly room: string; readonly resolve: (answer: LineAnswer) => void }>();
  readonly #wakers = new Set<() => void>();

  announce(announcement: RoomAnnouncement): void {
    const room = this.#room(announcement.room);
    room.announcement = announcement;
  }

  announcementOf(room: string): RoomAnnouncement | undefined {
    return this.#rooms.get(room)?.announcement;
  }

  /** What waits for a room's node; waits up to `milliseconds` for the first. Who asks last is the node: an earlier asker gets nothing. */
  async next(name: string, milliseconds: number): Promise<readonly WaitingQuestion[]> {
    const room = this.#room(name);
    const until = performance.now() + milliseconds;
    const asked = ++room.askedTimes;
    this.#wake();
    const isLast = (): boolean => room.askedTimes === asked;
    while (isLast() && room.waiting.length === 0 && performance.now() < until)
      await this.#changed(Math.max(1, until - performance.now()));
    return isLast() ? room.waiting.splice(0) : [];
  }

  /** Passes a question on and waits for its answer. Errors (thrown): `room.away`, `room.busy`. */
  ask(name: string, question: RoomQuestion): Promise<LineAnswer> {
    const room = this.#room(name);
    if (!room.announcement) throw new FaultError(away(name));
    if (room.waiting.length >= MOST_WAITING)
      throw new FaultError({ code: "room.busy", what: `room ${name}`, expected: `at most ${MOST_WAITING} waiting` });
    const id = randomBytes(12).toString("hex");
    const { promise, resolve } = Promise.withResolvers<LineAnswer>();
    const timer = setTimeout(() => resolve({ fault: away(name) }), ANSWER_WITHIN_MILLISECONDS);
    this.#answers.set(id, { room: name, resolve });
    room.waiting.push({ id, question });
    this.#wake();
    return promise.finally(() => {
      clearTimeout(timer);
      this.#answers.delete(id);
      room.waiting = room.waiting.filter((one) => one.id !== id);
    });
  }

  /** False where nobody waits for the answer any more. */
  answer(name: string, id: string, answer: LineAnswer): boolean {
    const asked = this.#answers.get(id);
    if (asked?.room !== name) return false;
    asked.resolve(answer);
    return true;
  }

  /** Lets everybody who waits go, so that the centre can stop. */
  release(): void {
    for (const { room, resolve } of [...this.#answers.values()]) resolve({ fault: away(room) });
    this.#wake();
  }

  #room(name: string): Room {
    const known = this.#rooms.get(name) ?? { announcement: undefined, waiting: [], askedTimes: 0 };
    this.#rooms.set(name, known);
    return known;
  }

  #changed(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#wakers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#wakers.add(done);
    });
  }

  #wake(): void {
    for (const waker of [...this.#wakers]) waker();
  }
}

function away(room: string): Fault {
  return { code: "room.away", what: `node of room ${room}`, expected: "a node that is connected" };
}
