import { describe, expect, it } from "vitest";
import { createReportWords } from "./create.ts";
import { REPORT_LOCALES } from "./locale.ts";
import az from "./locales/az/index.ts";
import en from "./locales/en/index.ts";
import hy from "./locales/hy/index.ts";
import { ELEMENT, elementsOf, parseMessage } from "./message-values.ts";

type Areas = Readonly<Record<string, Readonly<Record<string, string>>>>;
const ENGLISH: Areas = en;

/** Every argument with its kind, as sorted text. */
const argumentsOf = (text: string): string[] =>
  [...elementsOf(parseMessage(text))]
    .filter((one) => one.type !== ELEMENT.literal && one.type !== ELEMENT.pound)
    .map((one) => `${one.type}:${one.value}`)
    .sort();

describe.each([
  ["az", az as Areas, /[a-zəğıöşüç]/i],
  ["hy", hy as Areas, /[\u0530-\u058f]/],
])("the words of reports in %s", (locale, areas, script) => {
  const all = Object.entries(areas).flatMap(([area, words]) =>
    Object.entries(words).map(([key, text]) => ({ area, key, text })),
  );

  it("have all that the English report area has, and nothing that English lacks", () => {
    expect(Object.keys(areas.report!).sort()).toEqual(Object.keys(ENGLISH.report!).sort());
    expect(all.filter(({ area, key }) => ENGLISH[area]?.[key] === undefined)).toEqual([]);
  });

  it("name every code of each list that they have codes of", () => {
    const lists = new Set(Object.keys(areas.codes!).map((key) => key.split(".")[0]!));
    const wanted = Object.keys(ENGLISH.codes!).filter((key) => lists.has(key.split(".")[0]!));
    expect(Object.keys(areas.codes!).sort()).toEqual(wanted.sort());
  });

  it("ask for the values that the English ones ask for, in their own script", () => {
    for (const { area, key, text } of all)
      expect(argumentsOf(text), `${area}.${key}`).toEqual(argumentsOf(ENGLISH[area]![key]!));
    const own = all.filter(({ text }) => script.test(text.replaceAll(/\{[^{}]*\}/g, "")));
    expect(own.length / all.length).toBeGreaterThan(0.95);
  });

  it("write times and places", () => {
    const { formats } = createReportWords(locale as "az" | "hy");
    const at = Date.UTC(2021, 3, 6, 3, 40, 5) * 1000;
    expect(formats.dateTime(at)).toMatch(/2021.*03:40:05/);
    expect(formats.position(46.9, 39.25, 2)).toMatch(/39,25°.*46,90°/);
  });
});

it("gives a voice to every language of reports", () => {
  for (const locale of REPORT_LOCALES) expect(createReportWords(locale).say("report.coverage.zero")).toMatch(/0/);
});
