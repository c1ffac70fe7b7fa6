/**
 * The command line's report of an exercise's folder is the interface's own: the same present, for both audiences, whether things
 * at a place are old enough or not.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatInstant, type Instant, MICROSECONDS_PER_HOUR, type ReportRow } from "@openjmc/model";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Centre, openCentre } from "../apps/centre/src/centre.ts";
import { foundCentre } from "../apps/centre/src/founding/found-centre.ts";
import { prepareCountersignature, prepareOwnAct, sendAct } from "../apps/centre/src/signer/acts.ts";
import { connectToCentre } from "../apps/centre/src/signer/centre-client.ts";
import { perform, sightingBody, ulid } from "./support/acts.ts";
import { bearer, tokenOf } from "./support/api.ts";
import { officerKey, PASSPHRASE } from "./support/centre.ts";
import { jmc } from "./support/jmc.ts";
import { until } from "./support/wait.ts";

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

describe("an edition", () => {
  const B_OFFICER = "B-Duty-1";
  const keyOf = (officer: string) =>
    officerKey({ root, folder: "", signers: { A: join(root, "signer-a"), B: join(root, "signer-b") } }, officer);
  const client = async (officer: string) => connectToCentre({ url: centre.url, officer, signer: keyOf(officer) });
  const rows = async (): Promise<readonly ReportRow[]> => {
    const response = await fetch(`${centre.url}/api/v1/views/reports?limit=100`, { headers: bearer(token) });
    return ((await response.json()) as { rows: ReportRow[] }).rows;
  };
  const freeze = async (more: object) => {
    const body = { kind: "daily", date: DATE, format: "html", language: "hy", audience: "component", ...more };
    const response = await fetch(`${centre.url}/api/v1/reports/editions`, {
      ...{ method: "POST", body: JSON.stringify(body) },
      headers: { ...bearer(token), "content-type": "application/json" },
    });
    return (await response.json()) as { sha256: string; code?: string };
  };
  const act = (kind: string, subject: string, body: object) =>
    perform(centre.url, token, keyOf(OFFICER), { kind, subject, body, officer: OFFICER, at: now });

  it("is kept once its period has ended, approved by both over the same bytes, annexed, sent out and corrected", async () => {
    expect(await freeze({})).toMatchObject({ code: "report.unfinished" });
    now = Date.parse(`${DATE}T16:00:00Z`) * 1000;
    token = await tokenOf(centre.url, OFFICER, keyOf(OFFICER));
    const { sha256 } = await freeze({});
    const bytes = await (await fetch(`${centre.url}/api/v1/attachments/${sha256}`, { headers: bearer(token) })).bytes();
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    expect(Buffer.from(bytes).toString()).toMatch(/[\u0530-\u058f]{5}/);
    const [a, b] = [await client(OFFICER), await client(B_OFFICER)];
    const approve = async (body: object) => {
      const draft = { kind: "report.approved", subject: ulid(), body };
      const { statement } = await sendAct(a, keyOf(OFFICER), await prepareOwnAct(a, draft));
      await sendAct(b, keyOf(B_OFFICER), await prepareCountersignature(b, statement));
    };
    const of = { report: "daily", date: DATE, language: "hy", format: "html" };
    await approve({ ...of, sha256 });
    const annex = { title: "Our view", sha256: "a".repeat(64), bytes: 3, mediaType: "text/plain", language: "ru" };
    await act("report.annexed", sha256, annex);
    await act("report.distributed", sha256, { to: "party P", way: "by-hand", at: formatInstant(now), note: "" });
    expect((await rows()).find(({ id }) => id === sha256)).toMatchObject({
      ...{ state: "joint", version: 1, approvedBy: [{ component: "A" }, { component: "B" }] },
      ...{ annexes: [{ title: "Our view", mark: { component: "A" } }], distributed: [{ standing: "joint" }] },
    });
    // What is recorded since is in the next edition's footer: other bytes, the second version of the same report.
    const next = await freeze({});
    expect(next.sha256).not.toBe(sha256);
    await approve({ ...of, sha256: next.sha256, supersedes: sha256, erratum: "A row was missing." });
    const after = await rows();
    expect(after.find(({ id }) => id === sha256)).toMatchObject({ supersededBy: next.sha256 });
    expect(after.find(({ id }) => id === next.sha256)).toMatchObject({ version: 2, erratum: "A row was missing." });
  });

  it("is made by itself at the cut-off, in each language of the mission's schedule", async () => {
    const made = async () => (await rows()).filter(({ cause }) => cause === "schedule");
    await until("three scheduled editions", async () => (await made()).length >= 3);
    expect((await made()).map(({ report, date, language, format }) => [report, date, language, format])).toEqual(
      expect.arrayContaining(["ru", "tr", "en"].map((language) => ["daily", DATE, language, "pdf"])),
    );
  });

  it("of one incident tells it minute by minute", async () => {
    const incident = ulid();
    await act("incident.opened", incident, { title: "Two bangs", occurredAt: formatInstant(START + 3_600_000_000) });
    const read = async (path: string) =>
      (await fetch(`${centre.url}/api/v1/reports/spot?incident=${path}`, { headers: bearer(token) })).text();
    expect(await read(`${incident}&language=az`)).toContain("Hadisə açıldı: Two bangs");
    expect(JSON.parse(await read(`${incident}&format=json`))).toMatchObject({
      report: "spot",
      moments: [{ what: "opened" }],
    });
    expect(await read("nothing")).toContain("report.incident");
  });
});
