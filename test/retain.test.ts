/** Recordings that the mission's rule keeps no longer: removed with an entry each, said so by every check; removed without one, found out. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { Sealer } from "../apps/centre/src/acts/sealing.ts";
import { withClosedRecord } from "../apps/centre/src/archive/closed-record.ts";
import { type FolderPaths, pathsOf } from "../apps/centre/src/folder/index.ts";
import { openJournal } from "../apps/centre/src/journal/index.ts";
import { openPicture } from "../apps/centre/src/picture/index.ts";
import { foundTestCentre } from "./support/centre.ts";
import { jmc, serveCentre } from "./support/jmc.ts";

const MISSION = join(import.meta.dirname, "../missions/karabakh-2020");
/** Long gone, whenever the test runs. */
const START =
  Math.floor((Date.now() * 1000 - 40 * MICROSECONDS_PER_DAY) / MICROSECONDS_PER_HOUR) * MICROSECONDS_PER_HOUR;
let scratch: string;
let folder: string;
let paths: FolderPaths;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "openjmc-retain-"));
  const mission = join(scratch, "mission");
  cpSync(MISSION, mission, { recursive: true });
  const file = join(mission, "mission.yaml");
  const basis = "decided by both heads";
  const retention = [
    { id: "R1-journal", what: "journal", days: 30, basis },
    { id: "R2-picture", what: "picture", days: 30, basis },
  ];
  writeFileSync(file, stringify({ ...(parse(readFileSync(file, "utf8")) as object), retention }));
  ({ folder } = await foundTestCentre({ missionFolder: mission, root: join(scratch, "centre") }));
  paths = pathsOf(folder);
  await record();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Three hours long ago and one just now, sealed minute by minute. */
async function record(): Promise<void> {
  const journal = await openJournal({ directory: paths.journal });
  const picture = await openPicture({ directory: paths.picture });
  const recent = Date.now() * 1000 - MICROSECONDS_PER_HOUR;
  for (const hour of [START, START + MICROSECONDS_PER_HOUR, START + 2 * MICROSECONDS_PER_HOUR, recent])
    for (let second = 0; second < 130; second += 10) {
      const at = hour + second * MICROSECONDS_PER_SECOND;
      const sequence = journal.append({
        kind: "bytes",
        receivedAt: at,
        source: "rx-n2#1",
        payload: Buffer.from(`at ${at}`),
      });
      picture.append(at, sequence, { t: "act", row: { at } });
    }
  journal.cutMinute();
  await withClosedRecord(folder, "test", ({ registrar }) => new Sealer(journal, picture, registrar, 0).seal());
  await journal.close();
  await picture.close();
}

const segments = (what: "journal" | "picture"): string[] =>
  readdirSync(paths[what]).filter((name) => name.includes(`.${what}`));

it("only tells at first what would be removed", async () => {
  const before = segments("journal");
  const ended = await jmc(["retain", folder, "--check", "--json"]);
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.stdout.trim().split("\n")).toHaveLength(6);
  expect(segments("journal")).toEqual(before);
});

it("what is gone without an entry is found out", async () => {
  const copy = join(scratch, "copy");
  cpSync(folder, copy, { recursive: true });
  const journal = pathsOf(copy).journal;
  rmSync(
    join(
      journal,
      readdirSync(journal)
        .filter((name) => name.includes(".journal"))
        .sort()[0]!,
    ),
  );
  const ended = await jmc(["doctor", copy, "--deep"]);
  expect(ended.code).toBe(1);
  expect(ended.stdout).toMatch(/are gone, and no entry says that they were removed/);
});

it("removes what is due beside a centre at work, which enters it and goes on", async () => {
  const copy = join(scratch, "at-work");
  cpSync(folder, copy, { recursive: true });
  const centre = await serveCentre(copy);
  const ended = await jmc(["retain", copy, "--json"]);
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.stdout.trim().split("\n")).toHaveLength(6);
  expect(await centre.stop(), centre.told()).toBe(0);
  const verified = await jmc(["verify", copy]);
  expect(verified.code, verified.stdout).toBe(0);
  expect(verified.stdout.match(/were removed under rule R[12]-/g)).toHaveLength(6);
});

it("removes what is due, enters it first, and every check says under which rule", async () => {
  expect((await jmc(["retain", folder])).code).toBe(0);
  expect([segments("journal").length, segments("picture").length]).toEqual([1, 1]);
  const verified = await jmc(["verify", folder]);
  expect(verified.code, verified.stdout).toBe(0);
  expect(verified.stdout.match(/were removed under rule R1-journal/g)).toHaveLength(3);
  expect(verified.stdout.match(/were removed under rule R2-picture/g)).toHaveLength(3);
  const doctor = await jmc(["doctor", folder, "--deep"]);
  expect(doctor.stdout).toMatch(/were removed under rule R1-journal; their hashes stay/);
  expect(doctor.stdout).not.toMatch(/no entry says/);
});

it("has nothing left to do then, and numbers go on where they were", async () => {
  const again = await jmc(["retain", folder, "--json"]);
  expect([again.code, again.stdout]).toEqual([0, ""]);
  const journal = await openJournal({ directory: paths.journal });
  expect(journal.lastSequence).toBe(52);
  await journal.close();
});
