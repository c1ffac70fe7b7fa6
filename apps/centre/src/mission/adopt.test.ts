import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { type FolderPaths, pathsOf } from "../folder/index.ts";
import type { CentreDescription } from "../founding/centre-description.ts";
import { keepMission, readCentreFile, writeCentreFile } from "../founding/centre-file.ts";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { adoptMission } from "./adopt.ts";
import { missionDigest } from "./digest.ts";
import { readMissionFiles } from "./read.ts";

const filesOf = (text: string): ReadonlyMap<string, string> =>
  new Map([
    ["mission.yaml", text],
    ["zones/a.geojson", "{}"],
  ]);
const [FIRST, SECOND] = [filesOf("first"), filesOf("second")];
const [ONE, TWO] = [missionDigest(FIRST), missionDigest(SECOND)];

let paths: FolderPaths;
let file: CentreDescription;
const present = (): string => readFileSync(join(paths.mission, "mission.yaml"), "utf8");

beforeEach(() => {
  paths = pathsOf(temporaryFolder());
  keepMission(paths, FIRST);
  file = { version: 1, origin: "log.test", exercise: false, mission: { id: "sample", sha256: ONE } };
  writeCentreFile(paths, file);
});

describe("other files of a mission", () => {
  it("take the place of the present ones, which are kept", async () => {
    expect((await adoptMission(paths, file, { sha256: TWO, files: SECOND })).mission.sha256).toBe(TWO);
    expect(readCentreFile(paths)).toMatchObject({ origin: "log.test", mission: { id: "sample", sha256: TWO } });
    expect(present()).toBe("second");
    expect(readdirSync(paths.missions)).toEqual([ONE]);
    expect(missionDigest(readMissionFiles(join(paths.missions, ONE)))).toBe(ONE);
    expect(existsSync(paths.nextMission)).toBe(false);
  });

  it("may be the first ones again", async () => {
    const changed = await adoptMission(paths, file, { sha256: TWO, files: SECOND });
    await adoptMission(paths, changed, { sha256: ONE, files: FIRST });
    await adoptMission(paths, { ...changed, mission: { id: "sample", sha256: ONE } }, { sha256: TWO, files: SECOND });
    expect(present()).toBe("second");
    expect(readCentreFile(paths).mission.sha256).toBe(TWO);
    expect(readdirSync(paths.missions).sort()).toEqual([ONE, TWO].sort());
  });

  /** The folder as a machine leaves it that stops at some moment of the change. */
  const stops: readonly (readonly [string, () => void, string])[] = [
    ["while they are being written", () => put(paths.nextMission, new Map([...SECOND].slice(0, 1))), "first"],
    ["before centre.json names them", () => put(paths.nextMission, SECOND), "first"],
    [
      "when centre.json names them",
      () => {
        put(paths.nextMission, SECOND);
        name(TWO);
      },
      "second",
    ],
    [
      "between the two renamings",
      () => {
        put(paths.nextMission, SECOND);
        name(TWO);
        mkdirSync(paths.missions);
        cpSync(paths.mission, join(paths.missions, ONE), { recursive: true });
        rmSync(paths.mission, { recursive: true });
      },
      "second",
    ],
  ];
  const put = (folder: string, files: ReadonlyMap<string, string>): void =>
    keepMission({ ...paths, mission: folder }, files);
  const name = (sha256: string): void =>
    writeFileSync(paths.centre, JSON.stringify({ ...file, mission: { id: "sample", sha256 } }));

  it.each(stops)("count from one moment on, where the machine stops %s", async (_when, leave, counts) => {
    leave();
    expect(readCentreFile(paths).mission.sha256).toBe(counts === "first" ? ONE : TWO);
    expect(present()).toBe(counts);
    if (counts === "first") await adoptMission(paths, file, { sha256: TWO, files: SECOND });
    expect([present(), readdirSync(paths.missions)]).toEqual(["second", [ONE]]);
  });

  it("do not hide that the present ones were touched", async () => {
    await adoptMission(paths, file, { sha256: TWO, files: SECOND });
    writeFileSync(join(paths.mission, "mission.yaml"), "touched");
    expect(() => readCentreFile(paths)).toThrow("mission.changed");
  });
});
