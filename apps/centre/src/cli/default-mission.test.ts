import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import { afterAll, describe, expect, it } from "vitest";
import { defaultMission, MISSIONS_FOLDER } from "./default-mission.ts";

const folder = mkdtempSync(join(tmpdir(), "openjmc-default-mission-"));
afterAll(() => rmSync(folder, { recursive: true }));

function faultOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof FaultError) return error.fault;
  }
  return undefined;
}

describe("the mission where none is named", () => {
  it("is a mission that is there, with an exercise", () => {
    expect(existsSync(join(MISSIONS_FOLDER, defaultMission(), "exercise"))).toBe(true);
  });

  it("is read from the file each time", () => {
    writeFileSync(join(folder, "default"), "another-1999\n");
    expect(defaultMission(folder)).toBe("another-1999");
  });

  it.each(["", "two\nlines", "../outside/of"])("refuses a file that says %j", (text) => {
    writeFileSync(join(folder, "default"), text);
    expect(faultOf(() => defaultMission(folder))).toMatchObject({ code: "mission.no-default" });
  });

  it("says which file lacks", () => {
    expect(faultOf(() => defaultMission(join(folder, "nowhere")))).toMatchObject({
      code: "mission.no-default",
      where: { file: join(folder, "nowhere", "default") },
    });
  });
});
