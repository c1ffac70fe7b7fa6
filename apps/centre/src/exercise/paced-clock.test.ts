import { describe, expect, it } from "vitest";
import { shownAt } from "./driver-clock.ts";
import { paceOf, playedUntil } from "./pace.ts";
import { pacedClock } from "./paced-clock.ts";

const START = 1_900_000_000_000_000;
const SPEED = 60;
const MILLISECOND = 1_000;

/** A clock on a wall that a test moves by hand; it beats only when told to. */
function scene() {
  let wall = 5_000_000;
  const clock = pacedClock(START, SPEED, () => wall);
  clock.start();
  clock.stop();
  clock.start();
  return {
    clock,
    play: (until: number) => playedUntil(paceOf(clock.line().pace!), until),
    pass: (milliseconds: number) => {
      wall += milliseconds * MILLISECOND;
    },
    /** What the driver's thread sees. */
    seen: () => shownAt(clock.line(), wall),
    shown: () => (clock.now() - START) / MILLISECOND,
    end: () => clock.stop(),
  };
}

describe("the clock that centre and driver share", () => {
  it("runs at its full speed while both keep pace", () => {
    const { clock, play, pass, seen, shown, end } = scene();
    for (let beat = 0; beat < 1_000; beat++) {
      pass(10);
      play(clock.now());
      clock.beat();
      expect(seen()).toBe(clock.now());
    }
    expect(shown()).toBe(10_000 * SPEED);
    end();
  });

  it("stands within a moment where the centre does not beat, and goes on from there", () => {
    const { clock, play, pass, shown, end } = scene();
    play(Number.MAX_SAFE_INTEGER);
    pass(60_000);
    expect(shown()).toBe(80 * SPEED);
    clock.beat();
    expect(shown()).toBe(80 * SPEED);
    pass(10);
    expect(shown()).toBe(90 * SPEED);
    end();
  });

  it("stands where the driver has not played, though the centre beats", () => {
    const { clock, play, pass, shown, end } = scene();
    play(START + 1_000_000);
    for (let beat = 0; beat < 500; beat++) {
      pass(10);
      clock.beat();
    }
    expect(shown()).toBe(1_000 + 80 * SPEED);
    play(START + 1_000_000_000);
    clock.beat();
    pass(10);
    expect(shown()).toBe(1_000 + 90 * SPEED);
    end();
  });

  it("never goes back and never jumps, whatever holds it up", () => {
    const { clock, play, pass, shown, end } = scene();
    let before = 0;
    for (let step = 0; step < 5_000; step++) {
      const hold = (step * 7919) % 311;
      pass(hold);
      if (step % 3 === 0) clock.beat();
      if (step % 5 < 3) play(clock.now());
      const now = shown();
      expect(now).toBeGreaterThanOrEqual(before);
      expect(now - before).toBeLessThanOrEqual(Math.max(hold, 80) * SPEED + 1);
      before = now;
    }
    end();
  });

  it("tells others by how much it bends, not at every beat", () => {
    const { clock, play, pass, end } = scene();
    const lines: { instant: number; wallOrigin: number }[] = [];
    clock.onBend((line) => lines.push(line));
    play(Number.MAX_SAFE_INTEGER);
    for (let beat = 0; beat < 10; beat++) {
      pass(180);
      clock.beat();
    }
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.length).toBeLessThanOrEqual(7);
    expect(lines.every((line, index) => index === 0 || line.instant > lines[index - 1]!.instant)).toBe(true);
    end();
  });
});
