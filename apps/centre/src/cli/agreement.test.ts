import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startOfDay } from "@openjmc/agreement";
import { describe, expect, it } from "vitest";

const program = join(import.meta.dirname, "jmc.ts");
const missions = join(import.meta.dirname, "../../../../missions");
/** A mission with an amendment, whichever it is. */
const amended = readdirSync(missions).find((name) => {
  try {
    return readFileSync(join(missions, name, "amendments.yaml"), "utf8").includes("deadlineDay");
  } catch {
    return false;
  }
})!;

const timeZone = /^timeZone: *(\S+)$/m.exec(readFileSync(join(missions, amended, "mission.yaml"), "utf8"))![1]!;

const jmc = (...given: string[]): string =>
  execFileSync(process.execPath, [program, "agreement", ...given, "--mission", amended], { encoding: "utf8" });

describe("jmc agreement", () => {
  it("answers as JSON what it says in words, valid at one instant and known at another", () => {
    const view = JSON.parse(jmc("status", "--at", "2020-11-16", "--known", "2020-11-16", "--json"));
    expect(view.validAt).toBe(startOfDay("2020-11-16", timeZone));
    const changed = view.obligations.find((one: { variants: unknown[] }) => one.variants.length > 1);
    expect(changed.flipsOn).toContain("amendment");
    const words = jmc("explain", changed.provision, "--at", "2020-11-16", "--known", "2020-11-16", "--language", "tr");
    expect(words).toContain(changed.provision);
    expect(words).toContain("süresi geçti");
    const before = JSON.parse(jmc("status", "--at", "2020-11-16", "--known", "2020-11-12", "--json"));
    expect(before.obligations.every((one: { variants: unknown[] }) => one.variants.length === 1)).toBe(true);
  });

  it("says what a slip would mean, and refuses a supposition that is none", () => {
    const view = JSON.parse(jmc("status", "--at", "2020-11-16", "--json"));
    const { provision } = view.obligations.find((one: { variants: unknown[] }) => one.variants.length > 1);
    const slip = ["what-if", "--slip", provision, "--days", "3", "--at", "2020-11-16"];
    const told = JSON.parse(jmc(...slip, "--json"));
    expect(told.obligations[0]).toMatchObject({ provision, after: { variants: [{ states: ["met-late"] }, {}] } });
    expect(jmc(...slip, "--language", "tr")).toContain(provision);
    const both = spawnSync(process.execPath, [program, "agreement", ...slip, "--notice", "x"], { encoding: "utf8" });
    expect([both.status, both.stderr]).toEqual([2, expect.stringContaining("request.field")]);
  });

  it("writes a calendar", () => {
    expect(jmc("calendar", "--at", "2021-01-01")).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
  });

  it.each([
    [["explain", "nothing"], "provision.unknown"],
    [["status", "--at", "yesterday"], "time.malformed"],
    [["status", "--language", "xx"], "language.unknown"],
    [["status", "--mission", "/nowhere/at/all"], "mission.folder-unreadable"],
  ])("refuses %j with %s and exit code 2", (given, code) => {
    const done = spawnSync(process.execPath, [program, "agreement", ...given], { encoding: "utf8" });
    expect(done.stderr).toContain(code);
    expect(done.status).toBe(2);
  });
});
