/**
 * A run with jitter, a broken link, shedding, a changed threshold and a kill in the middle: fused again from the journal in a
 * process of its own, it gives the same picture and the same alerts, byte for byte, and the same views on both stores.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { formatInstant } from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pathsOf } from "../apps/centre/src/folder/index.ts";
import type { CentreDescription } from "../apps/centre/src/founding/centre-description.ts";
import { type JournalRecord, openJournal, openJournalReader } from "../apps/centre/src/journal/index.ts";
import { configurationOf } from "../apps/centre/src/lane/lane-configuration.ts";
import { missionDigest } from "../apps/centre/src/mission/digest.ts";
import { readMission, readMissionFiles } from "../apps/centre/src/mission/read.ts";
import type { ReplayCheck } from "../apps/centre/src/replay/check.ts";
import {
  type PrivatePostgres,
  postgresBinaries,
  startPrivatePostgres,
} from "../apps/centre/src/store/testing/private-postgres.ts";
import { now } from "./support/acts.ts";
import { type FoundedCentre, foundTestCentre } from "./support/centre.ts";
import { jmc, type ServedCentre, serveCentre } from "./support/jmc.ts";
import { seeded } from "./support/random.ts";
import { openSocket, write } from "./support/sockets.ts";
import { fireGun } from "./support/stations.ts";
import { beastOf } from "./support/traffic.ts";

/** In the middle of the exercise's no-fly zone, below its ceiling. */
const INTRUDER = { icao: 0xabc321, callsign: "REPLAY1", lon: 47.26, lat: 39.98, altitudeMetres: 1500 };
const PLACE = { lon: 47.1234567, lat: 39.9876543 };
const STOPPED_MILLISECONDS = 6_000;

const binaries = postgresBinaries();
const random = seeded(11);
let founded: FoundedCentre;
let scratch: string;
let postgres: PrivatePostgres | undefined;
/** When the changed threshold came into force. */
let changedAt: number;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "openjmc-replay-"));
  founded = await foundTestCentre({ exercise: true, root: join(scratch, "first") });
  if (binaries) postgres = await startPrivatePostgres(binaries);
  await jitterShedAndReconnect();
  changeThreshold();
  await killInTheMiddle();
  await goOnToTheEnd();
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(scratch, { recursive: true, force: true });
});

/** Frames of some seconds as a bad link brings them: cut anywhere, early and late, some seconds in one go. */
async function flyBadly(centre: ServedCentre, fromSecond: number, seconds: number, hangUpAt?: number): Promise<void> {
  let socket = await openSocket(centre.feeds.get("rx-n2")!);
  const aircraft = { ...INTRUDER, velocityEast: 12, velocityNorth: 5 };
  for (let second = fromSecond; second < fromSecond + seconds; second++) {
    const bytes = Buffer.concat(beastOf(aircraft, second, 1));
    for (let start = 0; start < bytes.length; ) {
      const end = start + 1 + Math.floor(random() * 60);
      await write(socket, bytes.subarray(start, end));
      start = end;
      if (random() < 0.5) await pause(random() * 160);
    }
    if (second === hangUpAt) {
      socket.destroy();
      socket = await openSocket(centre.feeds.get("rx-n2")!);
    }
    await pause(random() * 900);
  }
  await new Promise((resolve) => socket.end(() => resolve(undefined)));
}

async function fire(centre: ServedCentre, secondsAgo: number): Promise<void> {
  const mission = readMission(pathsOf(founded.folder).mission, { exercise: true });
  if (!mission.ok) throw new Error(mission.faults[0]!.code);
  const { sources } = mission.value.view;
  await fireGun({ folder: founded.folder, addresses: centre.feeds, sources }, PLACE, now() - secondsAgo * 1_000_000);
}

async function jitterShedAndReconnect(): Promise<void> {
  const centre = await serveCentre(founded.folder);
  await fire(centre, 70);
  const flying = flyBadly(centre, 0, 22, 5);
  await pause(8_000);
  // A machine that stands still for seconds finds its ticks late, and sheds what has piled up meanwhile.
  process.kill(centre.pid, "SIGSTOP");
  await pause(STOPPED_MILLISECONDS);
  process.kill(centre.pid, "SIGCONT");
  await flying;
  expect(await centre.stop(), centre.told()).toBe(0);
}

function changeThreshold(): void {
  const file = join(pathsOf(founded.folder).mission, "exercise/rules.yaml");
  const rules = readFileSync(file, "utf8");
  writeFileSync(file, rules.replace("holdSeconds: 10", "holdSeconds: 2"));
  // The centre starts only with the files that its own file names.
  const paths = pathsOf(founded.folder);
  const centre = JSON.parse(readFileSync(paths.centre, "utf8")) as CentreDescription;
  const sha256 = missionDigest(readMissionFiles(paths.mission));
  writeFileSync(paths.centre, JSON.stringify({ ...centre, mission: { ...centre.mission, sha256 } }));
  changedAt = now();
}

async function killInTheMiddle(): Promise<void> {
  const centre = await serveCentre(founded.folder);
  await fire(centre, 70);
  const flying = flyBadly(centre, 100, 10).catch(() => undefined);
  await pause(9_000);
  await centre.kill();
  await flying;
}

/** On the other store, so that its views are of the same picture. */
async function goOnToTheEnd(): Promise<void> {
  const centre = await serveCentre(founded.folder, postgres ? ["--postgres", postgres.url] : []);
  await flyBadly(centre, 200, 6);
  expect(await centre.stop(), centre.told()).toBe(0);
}

async function replay(folder: string, ...flags: string[]): Promise<{ code: number | null; check: ReplayCheck }> {
  const { code, stdout, stderr } = await jmc(["replay", folder, "--check", "--json", ...flags]);
  expect(stdout, stderr).not.toBe("");
  return { code, check: JSON.parse(stdout) as ReplayCheck };
}

async function journalRecords(): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const record of openJournalReader(pathsOf(founded.folder).journal).readFromSequence(1)) {
    records.push({ ...record, payload: record.payload.slice() });
  }
  return records;
}

describe("replay --check", () => {
  it("gives the same tracks, events and alerts, over three runs of which one was killed", async () => {
    const { code, check } = await replay(founded.folder);
    expect(check.findings).toEqual([]);
    expect(code).toBe(0);
    expect(check.runs.map((run) => run.clean)).toEqual([true, false, true]);
    for (const run of check.runs) expect(run.lines).toBeGreaterThan(20);
    for (const kind of ["track", "event", "source", "act"]) expect(check.lines[kind], kind).toBeGreaterThan(0);
    expect(check.acts).toBe(check.lines.act);
    expect(check.seals).toBeGreaterThan(0);
  });

  it("had all of it in the journal: two links, shed chunks, two thresholds", async () => {
    const records = await journalRecords();
    const connections = records.filter(({ kind, source }) => kind === "connected" && source.startsWith("rx-n2"));
    expect(connections.length).toBeGreaterThanOrEqual(4);
    expect(records.some(({ disposition }) => disposition === "shed")).toBe(true);
    const started = records.filter(({ kind }) => kind === "fusion-started");
    const holds = started.map(
      (record) => configurationOf(record).judging.view.rules.find(({ kind }) => kind === "no-fly-entry")?.holdSeconds,
    );
    expect(holds).toEqual([10, 2, 2]);
  });

  it("of a span alone holds as well", async () => {
    const { code, check } = await replay(founded.folder, "--from", formatInstant(changedAt));
    expect(check.findings).toEqual([]);
    expect(code).toBe(0);
    expect(check.runs.length).toBeGreaterThanOrEqual(2);
  });

  it("says so when the journal is not the one that the picture was made of", async () => {
    const copy = join(scratch, "copy");
    cpSync(founded.folder, copy, { recursive: true });
    rmSync(pathsOf(copy).journal, { recursive: true });
    const journal = await openJournal({ directory: pathsOf(copy).journal });
    const records = await journalRecords();
    const dropped = records.findIndex(
      ({ kind, payload }, index) => index > 100 && kind === "bytes" && payload.length > 40,
    );
    for (const [index, record] of records.entries()) {
      journal.append(index === dropped ? { ...record, payload: record.payload.slice(0, 3) } : record);
    }
    await journal.close();
    const { code, check } = await replay(copy);
    expect(code).toBe(1);
    expect(check.holds).toBe(false);
    const codes = new Set(check.findings.map((finding) => finding.code));
    expect(codes).toContain("replay.seals.differ");
    expect([...codes].some((one) => one.startsWith("replay.line-"))).toBe(true);
    const told = await jmc(["replay", copy, "--check"]);
    expect(told.stdout).toMatch(/WRONG: the minute from .* is not what was sealed/);
    expect(told.stdout).toMatch(/NOT THE SAME/);
  });

  it("refuses a time that is none, in one line", async () => {
    const ended = await jmc(["replay", founded.folder, "--check", "--from", "yesterday"]);
    expect([ended.code, ended.stdout]).toEqual([2, ""]);
    expect(ended.stderr).toContain("--from");
  });
});

describe("rebuild --deep", () => {
  it("makes the same views of the journal as of the picture", async () => {
    const ended = await jmc(["rebuild", founded.folder, "--check", "--deep", "--json"]);
    expect(JSON.parse(ended.stdout), ended.stderr).toMatchObject({ equal: true });
    const span = await jmc([
      "rebuild",
      founded.folder,
      "--check",
      "--deep",
      "--json",
      "--from",
      formatInstant(changedAt),
    ]);
    expect(JSON.parse(span.stdout), span.stderr).toMatchObject({ equal: true });
  });

  it.skipIf(!binaries)("and the same on PostgreSQL (needs the server's programs)", async () => {
    const ended = await jmc(["rebuild", founded.folder, "--check", "--deep", "--json", "--postgres", postgres!.url]);
    expect(JSON.parse(ended.stdout), ended.stderr).toMatchObject({ equal: true });
  });
});
