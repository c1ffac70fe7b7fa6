import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COUNT_QUALIFIERS, COUNT_UNITS } from "./codes.ts";
import { type CountConversion, convertCount } from "./count-conversion.ts";

const common = { names: { en: "x" }, basis: "chosen" };
const RULES: readonly CountConversion[] = [
  { id: "R1", from: "burst", to: "round", each: 3, qualifier: "at-least", ...common },
  { id: "R2", from: "round", to: "explosion", each: 1, qualifier: "about", ...common },
];

describe("numbers of another unit", () => {
  it("come by the stated rule, which is named, and are no firmer than it", () => {
    expect(convertCount({ number: 4, unit: "burst", qualifier: "exact" }, "round", RULES)).toEqual({
      ...{ number: 12, unit: "round", qualifier: "at-least", rule: "R1" },
    });
    expect(convertCount({ number: 4, unit: "round", qualifier: "at-least" }, "explosion", RULES)?.qualifier).toBe(
      "about",
    );
    expect(convertCount({ number: 4, unit: "burst", qualifier: "about" }, "round", RULES)?.qualifier).toBe("about");
  });

  it("do not come against a rule's direction, or by one rule behind another", () => {
    expect(convertCount({ number: 4, unit: "explosion", qualifier: "exact" }, "round", RULES)).toBeUndefined();
    expect(convertCount({ number: 4, unit: "burst", qualifier: "exact" }, "explosion", RULES)).toBeUndefined();
  });

  it("do not come at all where no rule is stated", () => {
    const any = fc.record({
      number: fc.nat(),
      unit: fc.constantFrom(...COUNT_UNITS),
      qualifier: fc.constantFrom(...COUNT_QUALIFIERS),
    });
    fc.assert(
      fc.property(any, fc.constantFrom(...COUNT_UNITS), (counted, to) => {
        expect(convertCount(counted, to, [])).toBeUndefined();
        const converted = convertCount(counted, to, RULES);
        expect(converted !== undefined).toBe(RULES.some((rule) => rule.from === counted.unit && rule.to === to));
      }),
    );
  });
});
