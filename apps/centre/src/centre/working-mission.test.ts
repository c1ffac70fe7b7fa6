import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pathsOf } from "../folder/index.ts";
import { keepMission, readCentreFile, writeCentreFile } from "../founding/centre-file.ts";
import { encodeBundle } from "../mission/bundle.ts";
import { missionDigest } from "../mission/digest.ts";
import { readMissionFiles } from "../mission/read.ts";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { WorkingMission } from "./working-mission.ts";

const FOLDER = join(import.meta.dirname, "../../../../missions/karabakh-2020");

it("takes configurations that come at once one after the other: what is named lies in the folder", async () => {
  const paths = pathsOf(temporaryFolder());
  const files = readMissionFiles(FOLDER);
  const id = /^id: (\S+)$/m.exec(files.get("mission.yaml")!)![1]!;
  keepMission(paths, files);
  mkdirSync(paths.keys, { recursive: true });
  writeFileSync(join(paths.keys, "mqtt.json"), "{}\n");
  const file = {
    version: 1,
    origin: "log.test",
    exercise: true,
    mission: { id, sha256: missionDigest(files) },
  } as const;
  writeCentreFile(paths, file);
  const working = new WorkingMission(paths, file);

  /** What both have signed: the same mission, with another hour of reports. */
  const configured = (hour: string) => {
    const texts = new Map(files);
    texts.set("mission.yaml", files.get("mission.yaml")!.replace(/^reportCutOff: .*$/m, `reportCutOff: "${hour}"`));
    const bundle = encodeBundle(texts);
    const hash = createHash("sha256").update(bundle).digest("hex");
    mkdirSync(join(paths.attachments, hash.slice(0, 2)), { recursive: true });
    writeFileSync(join(paths.attachments, hash.slice(0, 2), hash), bundle);
    return { subject: id, body: { mission: id, sha256: missionDigest(texts), files: hash } };
  };
  const [first, second, third] = [configured("03:10"), configured("03:20"), configured("03:30")];
  const broken = { ...second, body: { ...second.body, files: "0".repeat(64) } };
  await expect(working.adopt(broken)).rejects.toThrow();
  expect(working.trouble).toMatchObject({
    ...{ code: "mission.not-adopted", expected: second.body.sha256, got: file.mission.sha256 },
    cause: "mission.unattached",
  });
  const ends = await Promise.allSettled([first, broken, second, second, third].map((one) => working.adopt(one)));

  expect(ends.map((end) => (end.status === "fulfilled" ? end.value : end.status))).toEqual([
    ...[true, "rejected", true, false, true],
  ]);
  expect(working.trouble).toBeUndefined();
  expect(working.current.view.reportCutOff).toBe("03:30");
  expect(readCentreFile(paths).mission.sha256).toBe(third.body.sha256);
  expect(missionDigest(readMissionFiles(paths.mission))).toBe(third.body.sha256);
  expect(existsSync(paths.nextMission)).toBe(false);
});
