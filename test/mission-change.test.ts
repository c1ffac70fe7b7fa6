/** Other files for a centre to work by, signed by both heads while it is at work: nothing stops, and a replay judges in the same way. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JointActRow, MissionView } from "@openjmc/model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { openZipArchive } from "../apps/centre/src/archive/zip-archive.ts";
import { pathsOf } from "../apps/centre/src/folder/index.ts";
import { openJournalReader } from "../apps/centre/src/journal/index.ts";
import { missionDigest } from "../apps/centre/src/mission/digest.ts";
import { readMissionFiles } from "../apps/centre/src/mission/read.ts";
import { perform } from "./support/acts.ts";
import { tokenOf } from "./support/api.ts";
import { type FoundedCentre, foundTestCentre, officerKey, PASSPHRASE } from "./support/centre.ts";
import { jmc, type ServedCentre, serveCentre } from "./support/jmc.ts";
import { ask } from "./support/officer.ts";
import { until } from "./support/wait.ts";

const MISSION = join(import.meta.dirname, "../missions/karabakh-2020");
const root = mkdtempSync(join(tmpdir(), "openjmc-mission-change-"));
const changed = join(root, "changed");
/** How many rules the mission had. */
let before: number;
let founded: FoundedCentre;
let centre: ServedCentre;

beforeAll(async () => {
  founded = await foundTestCentre({ root });
  writeFileSync(join(root, "passphrase"), `${PASSPHRASE}\n`);
  cpSync(MISSION, changed, { recursive: true });
  edit("mission.yaml", (mission) => ({ ...mission, reportCutOff: "05:30" }));
  edit("rules.yaml", ({ rules }) => ({ rules: (rules as object[]).slice(1) }));
  centre = await serveCentre(founded.folder);
});
afterAll(async () => {
  await centre?.kill();
  rmSync(root, { recursive: true, force: true });
});

function edit(file: string, change: (content: Record<string, unknown>) => object): void {
  const path = join(changed, file);
  writeFileSync(path, stringify(change(parse(readFileSync(path, "utf8")) as Record<string, unknown>)));
}

function configure(component: "A" | "B", officer: string, folder = changed) {
  const keys = ["--keys", founded.signers[component], "--passphrase-file", join(root, "passphrase")];
  return jmc(["mission", "configure", folder, "--centre", centre.url, ...keys, "--officer", officer, "--yes"]);
}

const missionNow = async (): Promise<MissionView> =>
  (await ask<{ mission: MissionView }>(centre.url, founded, "A-Head", "/api/v1/centre")).mission;
const actsNow = async (): Promise<readonly JointActRow[]> =>
  (await ask<{ rows: readonly JointActRow[] }>(centre.url, founded, "A-Head", "/api/v1/joint-acts")).rows;

describe("another configuration", () => {
  it("is not in force by one head's signature, and is by both; the centre goes on all the while", async () => {
    const old = await missionNow();
    before = old.rules.length;
    expect((await configure("A", "A-Duty-1")).stderr).toContain("role.not-allowed");
    const first = await configure("A", "A-Head");
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toContain("kind        mission.configured");
    expect((await configure("A", "A-Head")).stderr).toContain("mission.waits");
    expect(await missionNow()).toEqual(old);
    const second = await configure("B", "B-Head");
    expect(second.code, second.stderr).toBe(0);
    expect(second.stderr).toContain("countersignature of a text of A/A-Head");
    await until("it is in force", async () => (await missionNow()).reportCutOff === "05:30");
    expect((await missionNow()).rules).toHaveLength(before - 1);
    expect((await actsNow()).map(({ kind, state }) => [kind, state]).slice(0, 1)).toEqual([
      ["mission.configured", "joint"],
    ]);
  });

  it("lies in the folder as it was signed, with the one before; the journal holds from when alerts are judged by it", async () => {
    const paths = pathsOf(founded.folder);
    const digest = missionDigest(readMissionFiles(changed));
    await until("it is in the folder", () => missionDigest(readMissionFiles(paths.mission)) === digest);
    expect(JSON.parse(readFileSync(paths.centre, "utf8")).mission.sha256).toBe(digest);
    expect(readdirSync(paths.missions)).toEqual([missionDigest(readMissionFiles(MISSION))]);
    expect(existsSync(paths.nextMission)).toBe(false);
    const { rules } = await missionNow();
    const judged = async (): Promise<number[]> => {
      const changes: number[] = [];
      for await (const { kind, payload } of openJournalReader(paths.journal).readFromSequence(1)) {
        const judging = kind === "configuration" ? JSON.parse(Buffer.from(payload).toString()).judging : undefined;
        if (judging) changes.push(judging.view.rules.length);
      }
      return changes;
    };
    await until("the journal is on the disk", async () => (await judged()).length > 0);
    expect(await judged()).toEqual([rules.length]);
  });

  it("is refused where its files are no mission, or not there", async () => {
    const broken = join(root, "broken");
    cpSync(changed, broken, { recursive: true });
    writeFileSync(join(broken, "rules.yaml"), "rules: soon\n");
    const ended = await configure("A", "A-Head", broken);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining("rules.yaml")]);
    const [head, sha256] = [officerKey(founded, "A-Head"), "0".repeat(64)];
    const { id } = await missionNow();
    const bare = {
      kind: "mission.configured",
      officer: "A-Head",
      subject: id,
      revision: 2_000_000_000,
      body: { mission: id, sha256 },
    };
    await expect(perform(centre.url, await tokenOf(centre.url, "A-Head", head), head, bare)).rejects.toThrow(
      "mission.unattached",
    );
    expect(await actsNow()).toHaveLength(2);
  });

  it("that the folder does not work by is seen by the doctor", async () => {
    const doctor = async (folder: string) => (await jmc(["doctor", folder, "--json"])).stdout;
    expect(await doctor(founded.folder)).not.toContain("mission.not-adopted");
    // As it is where the files could not be written: the folder still holds and names the ones before.
    const stale = pathsOf(join(root, "stale"));
    for (const name of ["record", "mission", "missions", "centre.json"])
      cpSync(join(founded.folder, name), join(stale.root, name), { recursive: true });
    const [before] = readdirSync(stale.missions);
    rmSync(stale.mission, { recursive: true });
    cpSync(join(stale.missions, before!), stale.mission, { recursive: true });
    const named = readFileSync(stale.centre, "utf8");
    writeFileSync(stale.centre, named.replace(missionDigest(readMissionFiles(changed)), before!));
    expect(await doctor(stale.root)).toContain("mission.not-adopted");
  });

  it("is what the next start works by, replays to the same, and is in the archive with the one before", async () => {
    expect(await centre.stop(), centre.told()).toBe(0);
    centre = await serveCentre(founded.folder);
    expect((await missionNow()).reportCutOff).toBe("05:30");
    const replayed = await jmc(["replay", "--check", founded.folder, "--json"]);
    expect([replayed.code, JSON.parse(replayed.stdout).holds], replayed.stdout).toEqual([0, true]);
    const out = join(root, "full.zip");
    expect((await jmc(["export", founded.folder, "--out", out])).code).toBe(0);
    const verified = await jmc(["verify", out, "--json"]);
    expect([verified.code, JSON.parse(verified.stdout).holds], verified.stdout).toEqual([0, true]);
    const { reader, close } = await openZipArchive(out);
    const names = [...(await reader.list())!];
    expect(names).toContain("data/mission/rules.yaml");
    expect(names).toContain(`data/missions/${missionDigest(readMissionFiles(MISSION))}/rules.yaml`);
    const { fusion } = JSON.parse(new TextDecoder().decode(await reader.read("data/configuration.json")));
    expect(fusion.map(({ rules }: { rules: unknown[] }) => rules.length)).toEqual([
      ...[before, before - 1, before - 1],
    ]);
    await close();
  });
});
