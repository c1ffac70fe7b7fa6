import type { AgreementDay } from "@openjmc/agreement";
import type { MissionView } from "@openjmc/model";
import { createWords, LOCALES } from "@openjmc/words";
import { describe, expect, it } from "vitest";
import { renderCalendar } from "./calendar.ts";

const DAY: AgreementDay = {
  id: "deadline/text/2/text/inclusive/Etc/GMT-4",
  kind: "deadline",
  instrument: "text",
  provision: "text/2",
  day: "2030-11-15",
  timeZone: "Etc/GMT-4",
  reading: ["inclusive"],
};
const mission = {
  id: "test",
  exercise: false,
  names: { en: "Test, with; signs" },
  provisions: [
    {
      id: "text/2",
      instrument: "text",
      number: "2",
      names: { en: "Передача района — и ещё много слов, чтобы строка сложилась" },
    },
  ],
} as unknown as MissionView;

describe("the calendar", () => {
  const text = renderCalendar({ days: [DAY], mission, origin: "log.test", now: 0 }, createWords("en"));
  const unfolded = text.replaceAll("\r\n ", "");

  it("ends every line with CR LF and holds no line above 75 octets", () => {
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of text.split("\r\n")) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  });

  it("is a whole day with reminders, named the same in every edition", () => {
    expect(unfolded).toContain("DTSTART;VALUE=DATE:20301115");
    expect(unfolded).toContain("UID:deadline/text/2/text/inclusive/Etc/GMT-4@log.test");
    expect(unfolded.match(/BEGIN:VALARM/g)).toHaveLength(3);
    expect(unfolded).toContain("NAME:Test\\, with\\; signs");
  });

  it.each(LOCALES)("says in %s which reading it stands on, and the zone", (locale) => {
    const said = renderCalendar({ days: [DAY], mission, origin: "log.test", now: 0 }, createWords(locale));
    expect(said.replaceAll("\r\n ", "")).toContain(createWords(locale).sayCode("termReading", "inclusive"));
    expect(said.replaceAll("\r\n ", "")).toContain("Etc/GMT-4");
  });

  it("says EXERCISE where it is one", () => {
    const said = renderCalendar(
      { days: [DAY], mission: { ...mission, exercise: true }, origin: "x", now: 0 },
      createWords("en"),
    );
    expect(said).toContain("SUMMARY:EXERCISE");
  });
});
