import { describe, expect, it } from "vitest";
import type { Mission } from "../mission.ts";
import { agreementDays } from "./calendar.ts";
import { daysFor } from "./calendar-audience.ts";
import { INSTRUMENT, ORAL_CHANGE } from "./testing.ts";

const OWN = {
  ...INSTRUMENT,
  id: "own",
  textPublic: false,
  signatories: [{ state: "S", standing: "signed" as const }],
  sides: [],
};
const other = { ...OWN, provisions: INSTRUMENT.provisions.map((one) => ({ ...one, id: `own/${one.id}` })) };
const mission = (announced: boolean) =>
  ({
    instruments: [INSTRUMENT, other],
    parties: [
      { code: "P", state: "P" },
      { code: "Q", state: "Q" },
    ],
    states: [
      { code: "P", roles: ["party"] },
      { code: "Q", roles: ["party", "host"] },
    ],
    amendments: announced ? [ORAL_CHANGE.entry] : [],
  }) as unknown as Mission;
const DAYS = agreementDays(
  { instruments: [INSTRUMENT, other], amendments: [ORAL_CHANGE], facts: [], monitoring: [] },
  "2030-11-10",
  [{ id: "radar", hostConsentUntil: "2030-12-31" }],
);
const kinds = (audience: string, announced = false) => {
  const days = daysFor(DAYS, audience, mission(announced));
  return {
    instruments: [...new Set(days.map(({ instrument }) => instrument))].sort(),
    hasChange: days.some(({ amendment }) => amendment !== undefined),
    hasConsent: days.some(({ source }) => source !== undefined),
  };
};

describe("a calendar", () => {
  it("holds every day for the components", () => {
    expect(daysFor(DAYS, "components", mission(false))).toEqual(DAYS);
  });

  it("holds for a party the days of its own texts, and of consent where it is the host", () => {
    expect(kinds("P")).toEqual({ instruments: ["text"], hasChange: true, hasConsent: false });
    expect(kinds("Q")).toMatchObject({ hasConsent: true });
  });

  it("holds for the public what public texts say, and no change that was only recorded here", () => {
    expect(kinds("public")).toEqual({ instruments: ["text"], hasChange: false, hasConsent: false });
    expect(kinds("public", true)).toMatchObject({ hasChange: true });
  });
});
