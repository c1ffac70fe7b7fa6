import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FIRST_VIEW, formatView, LAYERS, parseView, ROOMS, SELECTABLE, type ViewState } from "./view-state.ts";

const instant = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1_000_000);
const degrees = fc.integer({ min: -800_000, max: 800_000 }).map((value) => value / 10_000);
const view: fc.Arbitrary<ViewState> = fc.record(
  {
    room: fc.constantFrom(...ROOMS),
    item: fc.string({ minLength: 1, maxLength: 30 }),
    clock: fc.oneof(
      fc.constant({ mode: "live" as const }),
      fc.record({ mode: fc.constant("fixed" as const), at: instant }),
      fc.record({ mode: fc.constant("replay" as const), at: instant, rate: fc.integer({ min: 1, max: 600 }) }),
    ),
    basis: fc.constantFrom("known" as const, "happened" as const),
    box: fc.tuple(degrees, degrees).map(([west, south]) => [west, south, west + 1.5, south + 0.5] as const),
    hidden: fc.subarray([...LAYERS]),
    selection: fc.record({ kind: fc.constantFrom(...SELECTABLE), id: fc.string({ minLength: 1, maxLength: 40 }) }),
    air: fc.record({
      altitudeMetres: fc.integer({ min: 0, max: 30_000 }),
      target: fc.constantFrom("silent" as const, "broadcasting" as const),
    }),
    filter: fc.string({ maxLength: 20 }),
  },
  { requiredKeys: ["room", "clock", "basis", "hidden", "filter"] },
);

describe("the view in the address", () => {
  it("comes back as it went in", () => {
    fc.assert(
      fc.property(view, (state) => {
        const back = parseView(formatView(state));
        expect({ ...back, box: undefined }).toEqual({ ...state, box: undefined });
        back.box?.forEach((value, index) => {
          expect(value).toBeCloseTo(state.box![index]!, 4);
        });
      }),
    );
  });

  it("is empty for the first view", () => {
    expect(formatView(FIRST_VIEW)).toBe("");
    expect(parseView("")).toEqual(FIRST_VIEW);
  });

  it("survives any query", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (key, value) => {
        const query = new URLSearchParams({ [key]: value, t: value, box: value, sel: value, rate: value });
        expect(ROOMS).toContain(parseView(`?${query}`).room);
      }),
    );
    expect(parseView("?box=1,2,3&t=noon&sel=ship:4&room=attic")).toEqual(FIRST_VIEW);
  });

  it("writes times short", () => {
    expect(formatView({ ...FIRST_VIEW, clock: { mode: "fixed", at: 1_617_680_405_000_000 } })).toBe(
      "?t=2021-04-06T03:40:05Z",
    );
  });
});
