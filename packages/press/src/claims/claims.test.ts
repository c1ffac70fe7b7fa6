import { describe, expect, it } from "vitest";
import { Gazetteer } from "../names/gazetteer.ts";
import { readText } from "../read-text.ts";
import type { PressLanguage } from "../text.ts";
import { claimsOf } from "./claims.ts";
import { conflictsOf } from "./conflicts.ts";
import type { FactDefinition } from "./fact.ts";

const gazetteer = new Gazetteer([{ id: "X-1", kind: "place", names: [{ name: "Velmira", language: "en" }] }]);
const HANDOVER: FactDefinition = {
  ...{ id: "handover", value: "date" },
  about: [
    { en: ["velmira"], ru: ["вельмир"] },
    { en: ["hand", "vacat"], ru: ["передач"] },
  ],
};
const CASUALTIES: FactDefinition = {
  ...{ id: "casualties", value: "quantity", unit: "killed service-member", isEvent: true },
  about: [{ en: ["killed"] }],
  aspects: { killed: { en: ["killed"] } },
};

function claimed(text: string, facts: readonly FactDefinition[], language: PressLanguage = "en") {
  const read = { text, language, publishedAt: Date.UTC(2021, 1, 10, 9) * 1000, timeZone: "UTC" };
  return claimsOf(read, readText(read, gazetteer), facts).map((claim) => ({ ...claim, text, origin: text }));
}

describe("claims", () => {
  it.each([
    ["The handover of Velmira moved from 15 March 2021 to 25 March 2021 is near.", "2021-03-25"],
    ["The handover of Velmira, due on 15 March 2021, was put off until 25 March 2021.", "2021-03-25"],
    ["By 15 March 2021 Velmira and by 25 March 2021 Tarbajar must be vacated.", "2021-03-15"],
  ])("of a day are the day to which it was moved, beside its own place: %s", (text, day) => {
    const values = claimed(text, [HANDOVER]).map(({ value }) => value);
    expect(values).toEqual([day]);
  });

  it("are so in another language", () => {
    const moved = "Передача Вельмира с 15 марта 2021 года отложена на 25 марта 2021 года.";
    expect(claimed(moved, [HANDOVER], "ru").map(({ value }) => value)).toEqual(["2021-03-25"]);
  });

  it("of what happens time and again contradict each other only where they tell of one day", () => {
    const told = ["On 2 February two soldiers were killed.", "On 2 February three soldiers were killed."];
    const other = "On 3 February five soldiers were killed.";
    const claims = [...told, other].flatMap((text) => claimed(text, [CASUALTIES]));
    expect(claims.map(({ day, value }) => [day, value])).toEqual([
      ["2021-02-02", "2"],
      ["2021-02-02", "3"],
      ["2021-02-03", "5"],
    ]);
    expect(conflictsOf(claims, [CASUALTIES]).map(({ day, aspect, values }) => [day, aspect, values.length])).toEqual([
      ["2021-02-02", "killed", 2],
    ]);
  });
});
