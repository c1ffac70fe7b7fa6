import { describe, expect, it } from "vitest";
import type { PressLanguage } from "../text.ts";
import { datesOf } from "./dates.ts";
import { timesOf } from "./times.ts";
import { millisecondsOf } from "./zones.ts";

const CLOCKS = [
  {
    zone: "Europe/Vienna",
    names: { en: ["vienna time"], ru: ["по венскому"], tr: ["viyana saat"], az: ["vyana vaxt"] },
  },
];
/** The outlet is in one zone, what it tells of in another. */
const ZONES = { timeZone: "Europe/London", localTimeZone: "Asia/Tbilisi" };

function told(text: string, language: PressLanguage = "en"): string[] {
  const read = { text, language, publishedAt: Date.UTC(2021, 1, 10, 9) * 1000, ...ZONES };
  return timesOf(read, datesOf(read), CLOCKS).map(
    ({ day = "-", time, zone, isZoneAssumed, utc = "-" }) => `${day} ${time} ${zone}${isZoneAssumed ? "?" : ""} ${utc}`,
  );
}

describe("times of day", () => {
  it("are on the outlet's clock where none is named, and say that this is assumed", () => {
    expect(told("Fire was opened at 03:40 on 2 February.")).toEqual([
      "2021-02-02 03:40 Europe/London? 2021-02-02T03:40Z",
    ]);
    expect(told("Fire was opened at 03:40.")).toEqual(["- 03:40 Europe/London? -"]);
  });

  it("are on the clock that is named beside them, each on its own", () => {
    expect(told("It began at 11:00 local time (07:00 GMT) yesterday.")).toEqual([
      "2021-02-09 11:00 Asia/Tbilisi 2021-02-09T07:00Z",
      "2021-02-09 07:00 +00:00 2021-02-09T07:00Z",
    ]);
    expect(told("On 2 February from 22:15 – 22:50 (UTC+4) shots were heard.")).toEqual([
      "2021-02-02 22:15 +04:00 2021-02-02T18:15Z",
      "2021-02-02 22:50 +04:00 2021-02-02T18:50Z",
    ]);
    expect(told("By Vienna time, 4.30 p.m. was agreed.")).toEqual(["- 16:30 Europe/Vienna -"]);
  });

  it.each([
    [
      "tr",
      "Yerel saatle 11.00'de (Viyana saatiyle 08.00) başladı, 13.45 oranı değişmedi.",
      ["11:00 Asia", "08:00 Europe/V"],
    ],
    ["ru", "Церемония началась в 10:00 по венскому времени, доля 12.30 процента.", ["10:00 Europe/V"]],
    ["az", "Mərasim saat 11:00-da (Vyana vaxtı ilə) keçirilib.", ["11:00 Europe/V"]],
    ["hy", "Ժամը 22:15-ին տեղական ժամանակով կրակ է բացվել։", ["22:15 Asia"]],
  ] as const)("are read in %s", (language, text, wanted) => {
    expect(told(text, language).map((one) => one.replace(/^- /, ""))).toEqual(
      wanted.map((one) => expect.stringContaining(one) as unknown),
    );
  });

  it("are no numbers, versions or days", () => {
    expect(told("Version 3.40 cost 12.50 or 1:1000; on 2.02.2021 it was 25:10.")).toEqual([]);
    expect(told("У 12.30.2020 нет времени.", "ru")).toEqual([]);
  });

  it("follow a clock that is put forward", () => {
    expect(new Date(millisecondsOf("2021-03-28", "03:30", "Europe/Vienna")).toISOString()).toBe(
      "2021-03-28T01:30:00.000Z",
    );
    expect(new Date(millisecondsOf("2021-03-27", "24:00", "Europe/Vienna")).toISOString()).toBe(
      "2021-03-27T23:00:00.000Z",
    );
  });
});
