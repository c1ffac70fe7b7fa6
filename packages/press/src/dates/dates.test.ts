import { describe, expect, it } from "vitest";
import type { PressLanguage } from "../text.ts";
import { datesOf } from "./dates.ts";

/** Wednesday, 11 November 2020, ten in the morning UTC. */
const PUBLISHED = Date.UTC(2020, 10, 11, 10) * 1000;

function days(text: string, language: PressLanguage = "en", timeZone = "UTC"): string[] {
  return datesOf({ text, language, publishedAt: PUBLISHED, timeZone }).map(({ day, until }) =>
    until === undefined ? day : `${day}/${until}`,
  );
}

describe("days", () => {
  it.each<[PressLanguage, string, string[]]>([
    ["en", "signed on 9 November 2020", ["2020-11-09"]],
    ["en", "on Nov. 9, 2020, and on March 3rd", ["2020-11-09", "2021-03-03"]],
    ["en", "from 10 to 12 November", ["2020-11-10/2020-11-12"]],
    ["en", "Tuesday, 10 November", ["2020-11-10"]],
    ["en", "in November 2020 nothing happened", ["2020-11"]],
    ["en", "they may 12 times march 3 miles", []],
    ["en", "12 of 60 members", []],
    ["en", "on 2020-11-09, 09.11.2020 and 11/30/2020", ["2020-11-09", "2020-11-09", "2020-11-30"]],
    ["en", "on 31 November", []],
    ["en", "today, 11 November; two days ago, a week, 3 weeks ago", ["2020-11-11", "2020-11-09", "2020-10-21"]],
    [
      "en",
      "On 5 November it fell silent; the next day, and again the same day",
      ["2020-11-05", "2020-11-06", "2020-11-06"],
    ],
    ["en", "next Tuesday", ["2020-11-17"]],
    ["en", "until 10 November. Today, 11 November. Yesterday", ["2020-11-10", "2020-11-11", "2020-11-10"]],
    ["tr", "iki gün önce; 5 Kas. 2020", ["2020-11-09", "2020-11-05"]],
    ["ru", "три дня назад, 9 нояб. 2020 г.; на следующий день", ["2020-11-08", "2020-11-09", "2020-11-10"]],
    ["az", "2 gün əvvəl, həmin gün", ["2020-11-09", "2020-11-09"]],
    ["hy", "երկու օր առաջ, նոյեմբերի 5-ից 7-ը", ["2020-11-09", "2020-11-05/2020-11-07"]],
    ["tr", "10 Kasım 2020'de ve 25 Aralık'ta", ["2020-11-10", "2020-12-25"]],
    ["tr", "salı günü, dün, bugün", ["2020-11-10", "2020-11-10", "2020-11-11"]],
    ["ru", "9 ноября 2020 года и 1 декабря", ["2020-11-09", "2020-12-01"]],
    ["ru", "во вторник, вчера", ["2020-11-10", "2020-11-10"]],
    ["az", "2020-ci il noyabrın 10-da, 25 noyabr 2020-ci il", ["2020-11-10", "2020-11-25"]],
    ["az", "çərşənbə axşamı, çərşənbə günü", ["2020-11-10", "2020-11-11"]],
    ["hy", "2020 թվականի նոյեմբերի 10-ին, դեկտեմբերի 1-ին", ["2020-11-10", "2020-12-01"]],
    ["hy", "երեքշաբթի օրը, երեկ", ["2020-11-10", "2020-11-10"]],
  ])("in %s: %s", (language, text, expected) => {
    expect(days(text, language)).toEqual(expected);
  });

  it("are the outlet's own: late in the evening a day further east is the next", () => {
    const late = { text: "today", language: "en", publishedAt: Date.UTC(2020, 10, 11, 22) * 1000 } as const;
    expect(datesOf({ ...late, timeZone: "Asia/Baku" })[0]!.day).toBe("2020-11-12");
    expect(datesOf({ ...late, timeZone: "UTC" })[0]!.day).toBe("2020-11-11");
  });

  it("without a year are the nearest, over the turn of a year", () => {
    const january = Date.UTC(2021, 0, 5) * 1000;
    const [day] = datesOf({ text: "on 28 December", language: "en", publishedAt: january, timeZone: "UTC" });
    expect(day).toMatchObject({ day: "2020-12-28", hasYear: false });
  });

  it("point at their words", () => {
    const text = "İstanbul: 10 Kasım 2020";
    const [day] = datesOf({ text, language: "tr", publishedAt: PUBLISHED, timeZone: "UTC" });
    expect(text.slice(day!.start, day!.end)).toBe("10 Kasım 2020");
  });
});
