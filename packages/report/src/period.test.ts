import { parseInstant, unwrap } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { dailyPeriod } from "./period.ts";

const at = (text: string): number => unwrap(parseInstant(text));

describe("daily period", () => {
  it.each([
    ["2021-04-06", "19:30", "Etc/GMT-4", "2021-04-05T15:30:00Z", "2021-04-06T15:30:00Z"],
    ["2021-03-01", "19:30", "UTC", "2021-02-28T19:30:00Z", "2021-03-01T19:30:00Z"],
    ["2020-03-29", "19:30", "Europe/Helsinki", "2020-03-28T17:30:00Z", "2020-03-29T16:30:00Z"],
    ["2020-10-25", "19:30", "Europe/Helsinki", "2020-10-24T16:30:00Z", "2020-10-25T17:30:00Z"],
    ["2024-03-01", "00:00", "Asia/Kathmandu", "2024-02-28T18:15:00Z", "2024-02-29T18:15:00Z"],
  ])("%s cut off at %s in %s", (date, cutOff, zone, from, until) => {
    expect(unwrap(dailyPeriod(date, cutOff, zone))).toEqual({ from: at(from), until: at(until) });
  });

  it.each(["2021-02-30", "21-3-1", "", "2021-13-01"])("refuses %j", (date) => {
    expect(dailyPeriod(date, "19:30", "UTC")).toMatchObject({ ok: false, fault: { code: "report.date" } });
  });
});
