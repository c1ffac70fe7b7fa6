import { describe, expect, it } from "vitest";
import { enrolledWatch, lifeOfToken, LONGEST_SESSION_MICROSECONDS as WATCH } from "./sessions.ts";

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
