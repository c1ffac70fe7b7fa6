import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PicturePace } from "./picture-pace.ts";

/** When updates go out of an object that changes at these times, looked at every 50 ms. */
function sent(changes: readonly number[], until: number): number[] {
  const pace = new PicturePace();
  const times: number[] = [];
  let waiting = 0;
  for (let now = 0; now <= until; now += 50) {
    waiting += changes.filter((at) => at > now - 50 && at <= now).length;
    if (waiting === 0 || !pace.mayGo(now)) continue;
    pace.went(now);
    times.push(now);
    waiting = 0;
  }
  return times;
}

describe("the pace of one object's updates", () => {
  it("lets a second one follow at once after a quiet moment, and then goes on evenly", () => {
    expect(sent([0, 40, 500, 1000, 1020], 1500)).toEqual([0, 50, 500, 1000, 1050]);
    const always = Array.from({ length: 60 }, (_, index) => index * 50);
    expect(sent(always, 2000)).toEqual([0, 50, 500, 750, 1000, 1250, 1500, 1750, 2000]);
  });

  it("never lets more than four go within a second, whatever comes when", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { maxLength: 200 }), (changes) => {
        const times = sent(changes, 6000);
        for (let index = 4; index < times.length; index++)
          expect(times[index]! - times[index - 4]!).toBeGreaterThanOrEqual(980);
      }),
    );
  });

  it("keeps nothing waiting longer than two periods and a look", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 1, maxLength: 100 }), (changes) => {
        const times = sent(changes, 6000);
        for (const at of changes) expect(times.find((time) => time >= at)! - at).toBeLessThanOrEqual(540);
      }),
    );
  });
});
