import { describe, expect, it } from "vitest";
import {
  enrolledWatch,
  LONGEST_IDLE_MICROSECONDS as IDLE,
  lifeOfToken,
  MOST_OPEN,
  type Session,
  type SessionKeeping,
  Sessions,
  LONGEST_SESSION_MICROSECONDS as WATCH,
} from "./sessions.ts";

describe("a watch", () => {
  it.each([
    ["by the wall", undefined, 1, WATCH],
    ["founded shorter", WATCH / 2, 1, WATCH / 2],
    ["founded longer, by the wall", 3 * WATCH, 1, WATCH],
    ["founded longer, twice as fast", 3 * WATCH, 2, 2 * WATCH],
    ["founded longer, much faster: the record's limit", 3 * WATCH, 60, 3 * WATCH],
    ["at half the speed", WATCH, 0.5, WATCH / 2],
  ])("is enrolled in the clock's time: %s", (_name, founded, speed, expected) => {
    expect(enrolledWatch(founded, speed)).toBe(expected);
  });

  it.each([1, 2, 60])("ends for the token when it ends for the key, %s times as fast", (speed) => {
    const now = () => 5_000_000;
    const enrolled = enrolledWatch(undefined, speed);
    expect(lifeOfToken(now() + enrolled, { now, speed })).toBe(WATCH / speed);
    expect(lifeOfToken(now() + 60 * speed, { now, speed })).toBe(60);
  });

  it("never lasts longer for the token than a watch by the wall", () => {
    expect(lifeOfToken(3 * WATCH, { now: () => 0, speed: 1 })).toBe(WATCH);
  });
});

describe("a session", () => {
  /** Sessions over a keeping that tells what it holds, at a time that the test sets. */
  function setUp() {
    const kept = new Map<string, Session>();
    const keeping: SessionKeeping = {
      put: (hash, session) => void kept.set(hash, session),
      list: () => [...kept].map(([tokenHash, session]) => ({ tokenHash, session })),
      delete: (hash) => void kept.delete(hash),
    };
    const time = { now: 0 };
    const open = () => new Sessions(keeping, () => time.now);
    return { kept, time, open, sessions: open() };
  }
  const session: Session = { officer: "A-1", component: "A", roles: [], keyid: "k", expiresAt: WATCH };

  it("ends with the watch, however much it is used", () => {
    const { kept, time, sessions } = setUp();
    const token = sessions.open(session);
    for (; time.now < WATCH; time.now += IDLE / 2) expect(sessions.find(token)).toBe(session);
    expect([sessions.find(token), kept.size]).toEqual([undefined, 0]);
  });

  it("ends when nobody has used it for long, after a start anew too", () => {
    const { kept, time, open, sessions } = setUp();
    const [used, idle] = [sessions.open(session), sessions.open(session)];
    time.now = IDLE;
    expect(sessions.find(used)).toBe(session);
    time.now = IDLE + 1;
    expect([sessions.find(used), sessions.find(idle), kept.size]).toEqual([session, undefined, 1]);
    const again = open();
    time.now += IDLE + 1;
    expect([again.find(used), kept.size]).toEqual([undefined, 0]);
  });

  it("of one officer beyond a number takes the place of the longest unused, and of no other's", () => {
    const { kept, sessions } = setUp();
    const other = sessions.open({ ...session, officer: "B-1", component: "B" });
    const tokens = Array.from({ length: MOST_OPEN }, () => sessions.open(session));
    expect(sessions.find(tokens[0]!)).toBe(session);
    sessions.open(session);
    expect(tokens.filter((token) => sessions.find(token) === undefined)).toEqual([tokens[1]]);
    expect(sessions.find(other)?.component).toBe("B");
    expect(kept.size).toBe(MOST_OPEN + 1);
  });
});
