import { describe, expect, it } from "vitest";
import { Gazetteer } from "../names/gazetteer.ts";
import { readText } from "../read-text.ts";
import { originsOf, type ToldText } from "./chains.ts";
import { fingerprintOf, likenessOf } from "./near-duplicates.ts";

const gazetteer = new Gazetteer([{ id: "agency", kind: "outlet", names: [{ name: "Agency X", language: "en" }] }]);
const REPORT =
  "Twelve explosions were heard near the village of Torbagar in the evening, observers wrote in their journal, and two violations were entered.";

function told(code: string, outlet: string, hour: number, text: string): ToldText {
  const publishedAt = hour * 3_600_000_000;
  const reading = readText({ text, language: "en", publishedAt, timeZone: "UTC" }, gazetteer);
  return { code, outlet, publishedAt, print: fingerprintOf(text, "en"), reading };
}

describe("origins", () => {
  it("of a report told again are its first telling, through every hand; of what cites an outlet, the outlet", () => {
    const texts = [
      told("c", "third", 3, `As was learned today: ${REPORT} Nothing else is known.`),
      told("a", "agency", 1, REPORT),
      told("b", "second", 2, `Breaking. ${REPORT}`),
      told("d", "fourth", 4, "According to Agency X, the road was closed for an hour."),
      told("e", "agency", 5, "Agency X reported that the road is open again."),
    ];
    const origins = originsOf(texts);
    expect(["a", "b", "c", "d", "e"].map((code) => [origins.get(code)!.origin, origins.get(code)!.why])).toEqual([
      ["a", "own"],
      ["a", "reprint"],
      ["a", "reprint"],
      ["outlet:agency", "cites"],
      ["e", "own"],
    ]);
  });

  it("of other texts about the same stay apart", () => {
    const other =
      "Observers heard explosions in the evening; the village of Torbagar is near. Two entries in the journal speak of violations.";
    expect(likenessOf(fingerprintOf(REPORT, "en"), fingerprintOf(other, "en")).contained).toBeLessThan(0.2);
  });
});
