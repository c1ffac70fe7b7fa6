/**
 * A month of suspicions under scripted officers of both components: each is disposed of, in time, in the open, by both or marked as
 * one component's alone. The long form is thirty days and two hundred suspicions.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MonthCheck } from "../apps/centre/src/month/score-month.ts";
import { jmc } from "./support/jmc.ts";
import { IS_TORTURE } from "./support/random.ts";

const [DAYS, SUSPICIONS, SEED] = IS_TORTURE ? [30, 200, 20] : [1, 10, 7];

interface Result {
  readonly checks: readonly MonthCheck[];
  readonly dispositions: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
  readonly acts: number;
}

describe(`${DAYS} days with ${SUSPICIONS} suspicions`, () => {
  let root: string;
  let result: Result;
  let said: string;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "openjmc-month-"));
    const flags = ["--days", String(DAYS), "--suspicions", String(SUSPICIONS), "--seed", String(SEED)];
    const played = await jmc(["exercise", "month", ...flags, "--data", join(root, "month"), "--json"]);
    said = played.stdout.split("\n").slice(-60).join("\n") + played.stderr;
    result = JSON.parse(played.stdout.trim().split("\n").at(-1)!) as Result;
  }, 5_400_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it("ends with all that is asked of a centre", () => {
    expect(
      result.checks.filter(({ holds }) => !holds),
      `${said}\n${result.faults.join("\n")}`,
    ).toEqual([]);
    expect(result.checks.length).toBeGreaterThan(12);
  });

  it("had findings, dismissals and closings in it", () => {
    const kinds = Object.keys(result.dispositions).join("; ");
    for (const kind of ["alert: joint", "alert: dismissed with both reasons", "allegation: substantiated"])
      expect(kinds).toContain(kind);
    expect(result.acts).toBeGreaterThan(SUSPICIONS * 10);
  });
});
