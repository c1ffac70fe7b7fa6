import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PRESS_LANGUAGES, type PressLanguage } from "../text.ts";
import { languageOf } from "./language.ts";
import { termsOf, wantedTerms } from "./terms.ts";

/** Whether a text answers a question, as the stores decide it. */
function answers(text: string, language: string, question: string): boolean {
  const terms = termsOf(text, language);
  return wantedTerms(question).every((group) =>
    group.some(({ term, isPrefix }) => terms.some((one) => (isPrefix ? one.startsWith(term) : one === term))),
  );
}

/** One place written by five languages' papers. */
const TORBAGAR: readonly (readonly [PressLanguage, string])[] = [
  ["en", "Shots were heard near Torbajar on Monday."],
  ["tr", "Torbacar'da silah sesleri duyuldu."],
  ["ru", "В Торбаджаре слышали выстрелы."],
  ["az", "Torbəcərdə atəş səsləri eşidilib."],
  ["hy", "Տորբաջարում կրակոցներ են լսվել։"],
];

describe("search", () => {
  it.each(TORBAGAR)("finds a name in a text in %s, however it is asked for", (language, text) => {
    for (const question of ["Torbajar", "torbacar", "Торбаджар", "Торбаджаре", "Torbəcər", "Տորբաջար"])
      expect(answers(text, language, question), question).toBe(true);
    expect(answers(text, language, "Aldermoor")).toBe(false);
  });

  it("finds a word in whatever form it stands, and without its marks", () => {
    const cases: readonly (readonly [PressLanguage, string, string])[] = [
      ["en", "Two violations were recorded.", "violation"],
      ["en", "One violation was recorded.", "violations"],
      ["tr", "Merkezlerinde görev yapıyorlar.", "merkez"],
      ["tr", "Yeni merkez açıldı.", "merkezinde"],
      ["tr", "Üçlü bildiri imzalandı.", "uclu bildiri"],
      ["ru", "Миротворцами зафиксировано нарушение.", "миротворцы нарушения"],
      ["az", "Monitorinq mərkəzində xidmət edirlər.", "merkezi"],
      ["hy", "Կենտրոններում ծառայում են։", "կենտրոն"],
      ["en", "There were 1,960 servicemen.", "1960"],
      ["ru", "1 960 военнослужащих", "1,960"],
    ];
    for (const [language, text, question] of cases) expect(answers(text, language, question), question).toBe(true);
  });

  it("asks for every word of a question", () => {
    expect(answers("Two violations were recorded.", "en", "violations tank")).toBe(false);
    expect(wantedTerms(" … !? ")).toEqual([]);
  });

  it("writes nothing but small Latin letters and digits, whatever stands in a text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 60 }),
        fc.constantFrom(...PRESS_LANGUAGES),
        (text, language) => {
          expect(termsOf(text, language).every((term) => /^[a-z0-9]+$/.test(term))).toBe(true);
          expect(
            wantedTerms(text)
              .flat()
              .every(({ term }) => /^[a-z0-9]+$/.test(term)),
          ).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each(TORBAGAR)("tells a text in %s by its letters", (language, text) => {
    expect(languageOf(text)).toBe(language);
  });
});
