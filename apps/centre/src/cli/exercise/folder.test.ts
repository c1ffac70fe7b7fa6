import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { openFolderOf } from "./folder.ts";

const root = mkdtempSync(join(tmpdir(), "openjmc-exercise-folder-"));
afterAll(() => rmSync(root, { recursive: true }));

it("refuses a folder that holds something else, and leaves nothing beside it", async () => {
  mkdirSync(join(root, "data"));
  writeFileSync(join(root, "data", "diary.txt"), "not a centre");
  await expect(openFolderOf(join(root, "data"), { data: join(root, "data"), port: "0", speed: "1" })).rejects.toThrow(
    /centre\.exists/,
  );
  expect(readdirSync(root)).toEqual(["data"]);
  expect(readdirSync(join(root, "data"))).toEqual(["diary.txt"]);
});
