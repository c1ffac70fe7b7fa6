import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differingNumbers } from "./same-numbers.ts";

const told = (texts: Record<string, string>) => Object.fromEntries(differingNumbers(texts));

describe("numbers in several languages", () => {
  it.each([
    ["a day and an hour", { en: "On 9 November at 06:05.", ru: "9 ноября в 6:05.", tr: "9 Kasım saat 06.05'te." }],
    [
      "thousands, grouped as each language does",
      { en: "1,200 men", ru: "1 200 человек", tr: "1.200 kişi", xx: "1200" },
    ],
    ["decimals", { en: "3.5 km", ru: "3,5 км" }],
    ["digits of other scripts", { en: "12 shells", fa: "۱۲ گلوله", ar: "١٢ قذيفة" }],
    ["no numbers at all", { en: "Shots were heard.", ru: "Были слышны выстрелы." }],
    ["one language", { en: "12" }],
    ["none", {}],
  ])("%s agree", (_what, texts) => expect(told(texts)).toEqual({}));

  it.each([
    ["another day", { en: "On 9 November", ru: "8 ноября" }, { en: ["9"], ru: ["8"] }],
    ["left out", { en: "2 shells and 3 mines", tr: "2 mermi ve mayınlar" }, { en: ["3"] }],
    ["once too often", { en: "4 of 4", tr: "4" }, { en: ["4"] }],
    ["a zero too many", { en: "120", ru: "1 200" }, { en: ["120"], ru: ["1200"] }],
  ])("%s is told", (_what, texts, wanted) => expect(told(texts)).toEqual(wanted));

  it("agree exactly where no language has one that another lacks, whatever stands around them", () => {
    const word = fc.constantFrom("shells", "мин", "gün", "—", "и");
    const numbers = fc.array(fc.nat(99_999), { maxLength: 6 });
    fc.assert(
      fc.property(numbers, word, word, fc.boolean(), (list, left, right, isChanged) => {
        const texts = {
          en: list.map((number) => `${left} ${number};`).join(" "),
          ru: list.map((number, place) => `${right} ${isChanged && place === 0 ? number + 1 : number};`).join(" "),
        };
        expect(differingNumbers(texts).size > 0).toBe(isChanged && list.length > 0);
      }),
    );
  });
});
