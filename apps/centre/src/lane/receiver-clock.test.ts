import { describe, expect, it } from "vitest";
import { ReceiverClock } from "./receiver-clock.ts";

const START = 1_600_000_000_000_000;
const ticksAt = (microseconds: number): number => (microseconds + 5_000_000) * 12;

describe("receiver clock", () => {
  it("removes delays that vary, once a quick frame has come", () => {
    const clock = new ReceiverClock();
    clock.instantOf(ticksAt(0), START + 2_000);
    const slow = clock.instantOf(ticksAt(1_000_000), START + 1_000_000 + 900_000);
    expect(Math.abs(slow - (START + 1_002_000))).toBeLessThan(100);
  });

  it("never answers a time after the frame's arrival, whatever the counter does", () => {
    const clock = new ReceiverClock();
    let seed = 7;
    for (let step = 0; step < 2_000; step++) {
      seed = (seed * 48_271) % 2_147_483_647;
      const receivedAt = START + step * 10_000;
      expect(clock.instantOf(seed * 1_000, receivedAt)).toBeLessThanOrEqual(receivedAt);
    }
  });

  it("starts over when the counter steps back by more than any delay", () => {
    const clock = new ReceiverClock();
    clock.instantOf(ticksAt(100_000_000), START);
    expect(clock.instantOf(ticksAt(0), START + 1_000)).toBe(START + 1_000);
  });

  it("passes the arrival's own time where there is no counter", () => {
    expect(new ReceiverClock().instantOf(Number.NaN, START)).toBe(START);
  });
});
