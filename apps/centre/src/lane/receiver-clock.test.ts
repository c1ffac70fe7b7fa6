import { describe, expect, it } from "vitest";
import { ReceiverClock } from "./receiver-clock.ts";

const START = 1_600_000_000_000_000;
const ticksAt = (microseconds: number): number => (microseconds + 5_000_000) * 12;
const timeOf = (clock: ReceiverClock, ticks: number, receivedAt: number): number => {
  clock.observe(ticks, receivedAt);
  return clock.instantOf(ticks, receivedAt);
};

describe("receiver clock", () => {
  it("removes delays that vary, once a quick frame has come", () => {
    const clock = new ReceiverClock();
    clock.observe(ticksAt(0), START + 2_000);
    const slow = timeOf(clock, ticksAt(1_000_000), START + 1_000_000 + 900_000);
    expect(Math.abs(slow - (START + 1_002_000))).toBeLessThan(100);
  });

  it("never answers a time after the frame's arrival, whatever the counter does", () => {
    const clock = new ReceiverClock();
    let seed = 7;
    for (let step = 0; step < 2_000; step++) {
      seed = (seed * 48_271) % 2_147_483_647;
      const receivedAt = START + step * 10_000;
      expect(timeOf(clock, seed * 1_000, receivedAt)).toBeLessThanOrEqual(receivedAt);
    }
  });

  it("starts over when the counter steps back by more than any delay", () => {
    const clock = new ReceiverClock();
    clock.observe(ticksAt(1_000_000_000), START);
    expect(timeOf(clock, ticksAt(0), START + 1_000)).toBe(START + 1_000);
  });

  it("takes a standstill of the machine for a delay, also when the scenario runs fast", () => {
    const clock = new ReceiverClock(12_000_000, 60);
    clock.observe(ticksAt(0), START);
    expect(Math.abs(timeOf(clock, ticksAt(1_000_000), START + 40_000_000) - (START + 1_000_000))).toBeLessThan(3_000);
  });

  it("passes the arrival's own time where there is no counter", () => {
    expect(timeOf(new ReceiverClock(), Number.NaN, START)).toBe(START);
  });
});
