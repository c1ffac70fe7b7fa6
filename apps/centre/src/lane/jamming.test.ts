import { MICROSECONDS_PER_SECOND } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JammingWatch } from "./jamming.ts";

const START = 1_700_000_000_000_000;
const GOOD = 9;
const POOR = 2;

/** A watch that has just heard these accuracy categories, each from an aircraft of its own. */
function heard(...categories: readonly number[]): JammingWatch {
  const watch = new JammingWatch();
  for (const [index, category] of categories.entries()) watch.note(`A${index}`, category, START);
  return watch;
}

describe("jamming as a receiver sees it", () => {
  it.each([
    ["nobody heard", [], false],
    ["two aircraft, both poor: too few to say", [POOR, POOR], false],
    ["three aircraft, all poor", [POOR, POOR, POOR], true],
    ["three poor of five", [POOR, POOR, POOR, GOOD, GOOD], true],
    ["three poor of six", [POOR, POOR, POOR, GOOD, GOOD, GOOD], false],
    ["the category of half a mile is not poor yet", [6, 6, 6, 6], false],
    ["the one below it is", [5, 5, 5, 5], true],
  ])("%s", (_name, categories, isJammed) => {
    expect(heard(...categories).isJammed(START)).toBe(isJammed);
  });

  it("is over when the aircraft report well again, and when they have not been heard for half a minute", () => {
    const watch = heard(POOR, POOR, POOR, POOR);
    expect(watch.isJammed(START + 30 * MICROSECONDS_PER_SECOND)).toBe(true);
    for (const icao of ["A0", "A1"]) watch.note(icao, GOOD, START + 30 * MICROSECONDS_PER_SECOND);
    expect(watch.isJammed(START + 30 * MICROSECONDS_PER_SECOND)).toBe(false);
    expect(heard(POOR, POOR, POOR).isJammed(START + 31 * MICROSECONDS_PER_SECOND)).toBe(false);
  });

  it("one aircraft that says it a hundred times is one aircraft", () => {
    const watch = new JammingWatch();
    for (let time = 0; time < 100; time++) watch.note("A0", POOR, START + time);
    expect(watch.isJammed(START + 100)).toBe(false);
  });

  it("never comes from aircraft that report well, however many", () => {
    const wells = fc.array(fc.integer({ min: 6, max: 11 }), { maxLength: 50 });
    fc.assert(fc.property(wells, (categories) => !heard(...categories).isJammed(START)));
  });
});
