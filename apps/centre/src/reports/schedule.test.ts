import type { ReportRow, ReportSchedule } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { dueEditions } from "./schedule.ts";

const at = (time: string): number => Date.parse(time) * 1000;
const daily: ReportSchedule = { kind: "daily", languages: ["en", "ru"], format: "pdf", audience: "component" };
const weekly: ReportSchedule = { kind: "weekly", weekday: 1, languages: ["en"], format: "pdf", audience: "public" };
const setting = { reportCutOff: "19:30", timeZone: "UTC", reportSchedule: [daily, weekly] };
const FOUNDED = at("2021-03-01T12:00:00Z");
const due = (now: string, rows: readonly object[] = []) =>
  dueEditions(setting, rows as ReportRow[], FOUNDED, at(now)).map((one) => `${one.kind} ${one.date} ${one.language}`);

describe("scheduled reports", () => {
  it("are wanted from the cut-off on, and none of the time before the founding", () => {
    expect(due("2021-03-01T19:29:59Z")).toEqual([]);
    // 1 March 2021 was a Monday.
    expect(due("2021-03-01T19:30:00Z")).toEqual(["daily 2021-03-01 en", "daily 2021-03-01 ru", "weekly 2021-03-01 en"]);
  });

  it("are made once; what a centre missed while it was off comes first", () => {
    const made = {
      cause: "schedule",
      report: "daily",
      date: "2021-03-01",
      language: "en",
      format: "pdf",
      audience: "component",
    };
    expect(due("2021-03-02T20:00:00Z", [made])).toEqual([
      ...["daily 2021-03-01 ru", "weekly 2021-03-01 en", "daily 2021-03-02 en", "daily 2021-03-02 ru"],
    ]);
    expect(due("2021-03-01T20:00:00Z", [{ ...made, cause: "asked" }])).toContain("daily 2021-03-01 en");
    expect(due("2021-05-01T20:00:00Z")[0]).toBe("daily 2021-04-25 en");
  });
});
