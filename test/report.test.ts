/**
 * The command line's report of an exercise's folder is the interface's own: the same present, for both audiences, whether things
 * at a place are old enough or not.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Instant, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Centre, openCentre } from "../apps/centre/src/centre.ts";
import { foundCentre } from "../apps/centre/src/founding/found-centre.ts";
import { perform, sightingBody, ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { officerKey, PASSPHRASE } from "./support/centre.ts";
import { jmc } from "./support/jmc.ts";

const OFFICER = "A-Duty-1";
/** 2021-04-06T08:00Z: the day goes on for some hours yet. */
const START: Instant = 1_617_696_000_000_000;
const DATE = "2021-04-06";
const PLACE = { lon: 47.1234567, lat: 39.9876543 };

interface Report {
  readonly record: { readonly size: number; readonly root: string };
  readonly violations: readonly { readonly at: Instant; readonly lon: number; readonly lat: number }[];
  readonly coverage: readonly { readonly hoursOfPeriod: number }[];
}

let root: string;
let centre: Centre;
let token: string;
let now: Instant = START;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "openjmc-report-"));
  const signer = (component: string) => ({ folder: join(root, `signer-${component}`), passphrase: PASSPHRASE });
  await foundCentre({
    folder: join(root, "centre"),
    missionFolder: join(import.meta.dirname, "../missions/karabakh-2020"),
    exercise: true,
    origin: "exercise.test",
    now: Date.now() * 1000,
    startsAt: START,
    signers: { A: signer("a"), B: signer("b") },
    keyMemoryKiB: 1024,
  });
  centre = await openCentre({
    folder: join(root, "centre"),
    host: "127.0.0.1",
    port: 0,
    mqtt: { host: "127.0.0.1", port: 0 },
    clock: { now: () => now, speed: 1 },
    logger: pino({ level: "silent" }),
  });
  const key = officerKey({ root, folder: "", signers: { A: signer("a").folder, B: signer("b").folder } }, OFFICER);
  token = await tokenOf(centre.url, OFFICER, key);
  for (const hour of [1, 3]) {
    now = START + hour * MICROSECONDS_PER_HOUR;
    const act = {
      kind: "sighting.reported",
      subject: ulid(),
      body: sightingBody(PLACE, now),
      officer: OFFICER,
      at: now,
    };
    await perform(centre.url, token, key, act);
  }
});
afterAll(async () => {
  await centre.stop();
  rmSync(root, { recursive: true, force: true });
});

async function asked(audience: string): Promise<Report> {
  const path = audience === "public" ? "public/reports" : "reports";
  const response = await fetch(`${centre.url}/api/v1/${path}/daily?date=${DATE}&format=json`, {
    headers: audience === "public" ? {} : bearer(token),
  });
  return (await response.json()) as Report;
}

/** What the interface and the command say of one and the same record: asked again where an entry came between. */
async function ofOneRecord(audience: string): Promise<readonly [ofInterface: Report, ofCommand: Report]> {
  for (;;) {
    const before = await asked(audience);
    const { code, stdout, stderr } = await printed(audience);
    expect(code, stderr).toBe(0);
    const report = JSON.parse(stdout) as Report;
    const after = await asked(audience);
    if (before.record.size === after.record.size) return [after, report];
  }
}

async function printed(audience: string, ...more: readonly string[]) {
  const data = join(root, "centre");
  return jmc(["report", "daily", "--data", data, "--date", DATE, "--audience", audience, "--format", "json", ...more]);
}

describe("a report of an exercise's folder", () => {
  it.each([
    ["public", 1],
    ["component", 2],
  ] as const)("is the interface's, for the audience %s", async (audience, sightings) => {
    const [ofInterface, report] = await ofOneRecord(audience);
    expect(report).toEqual(ofInterface);
    expect(report.violations).toHaveLength(sightings);
    expect(Math.max(...report.coverage.map((line) => line.hoursOfPeriod))).toBeLessThan(24);
  });

  it("is refused in one line where it cannot be written", async () => {
    const { code, stdout, stderr } = await printed("public", "--out", join(root, "nowhere/report.json"));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toMatch(/^file\.missing: .*nowhere\/report\.json.*ENOENT/);
  });
});
