import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_TRACKER_CONFIGURATION } from "./configuration.ts";
import { Look } from "./look.ts";
import { createParts } from "./parts.ts";
import { LEAVES } from "./track-table.ts";
import { Vicinity } from "./vicinity.ts";

const { motion, existence, formation } = DEFAULT_TRACKER_CONFIGURATION;
const metres = fc.integer({ min: -150_000, max: 150_000 });
/** What happens next: a track begins, one moves, one ends, or a look is taken some seconds later (or earlier). */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant("begin" as const), x: metres, y: metres }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("move" as const), x: metres, y: metres, which: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("end" as const), which: fc.nat(50) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("look" as const),
      x: metres,
      y: metres,
      width: fc.constantFrom(0, 500, 20_000, 400_000),
      seconds: fc.constantFrom(0, 0.1, 0.4, 2, 15, -3),
    }),
  },
);

describe("vicinity", () => {
  it("finds exactly the tracks that can concern a look, oldest first, whatever went before", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 120 }), (steps) => {
        const { tracks, pool, bank } = createParts(motion, existence, formation, 1);
        const vicinity = new Vicinity(tracks, pool, bank.estimateStride, motion.maximumSpeed);
        const look = new Look();
        look.wholeCoverage = false;
        let now = 1_000;
        const put = (hypothesis: number, x: number, y: number): void => {
          pool.estimate[hypothesis * bank.estimateStride + 1] = x;
          pool.estimate[hypothesis * bank.estimateStride + 2] = y;
          pool.time[hypothesis] = now;
        };
        for (const one of steps) {
          const alive = tracks.alive.subarray(0, tracks.aliveCount);
          if (one.what === "begin") {
            const hypothesis = pool.take();
            put(hypothesis, one.x, one.y);
            vicinity.moved(tracks.begin(hypothesis, 0, now, 1, 0));
          } else if (one.what === "look") {
            now = Math.max(now, now + one.seconds);
            look.at = one.seconds < 0 ? now + one.seconds : now;
            look.count = 0;
            look.add(one.x, one.y, 1, 0, 0);
            look.add(one.x + one.width, one.y + one.width / 2, 1, 0, 0);
            look.sort();
            vicinity.list(look);
            const concerned = [...alive].filter((slot) => {
              const hypothesis = tracks.leaves[slot * LEAVES]!;
              const reach = 4_000 + motion.maximumSpeed * Math.abs(look.at - pool.time[hypothesis]!);
              const x = pool.estimate[hypothesis * bank.estimateStride + 1]!;
              const y = pool.estimate[hypothesis * bank.estimateStride + 2]!;
              const isOff = (at: number, from: number, until: number): boolean =>
                at < from - reach || at > until + reach;
              return !isOff(x, one.x, one.x + one.width) && !isOff(y, one.y, one.y + one.width / 2);
            });
            expect([...vicinity.near.subarray(0, vicinity.count)]).toEqual(concerned);
          } else if (alive.length > 0) {
            const slot = alive[one.which % alive.length]!;
            if (one.what === "move") {
              put(tracks.leaves[slot * LEAVES]!, one.x, one.y);
              vicinity.moved(slot);
            } else {
              alive.copyWithin(one.which % alive.length, (one.which % alive.length) + 1);
              tracks.aliveCount--;
              tracks.release(slot);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
