import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { billOfMaterials } from "./bill.ts";

const root = mkdtempSync(join(tmpdir(), "openjmc-bill-"));
const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
/** What anybody's shell says. */
const shell = (folder: string, command: string): string =>
  execFileSync("sh", ["-c", command], { cwd: join(root, folder), encoding: "utf8" }).slice(0, 64);

afterAll(() => rmSync(root, { recursive: true }));

test("hashes are those that find and sha256sum give", async () => {
  put("package-lock.json", "{}");
  for (const path of ["a.ts", "a-b.ts", "a/c.ts", "B.ts", "z/y/x.json"]) put(`apps/one/src/${path}`, path);
  put("packages/two/src/index.ts", "two");
  put("packages/two/package.json", "not a source");
  for (const path of ["index.html", "verify.html", "assets/i.js"]) put(`built/${path}`, path);
  const bill = await billOfMaterials(join(root, "built"), root);
  expect(bill).toMatchObject({
    runtime: `Node ${process.version}`,
    lockSha256: shell("", "sha256sum package-lock.json"),
    sourcesSha256: shell("", "find apps/*/src packages/*/src -type f | LC_ALL=C sort | xargs sha256sum | sha256sum"),
    consoleSha256: shell("built", "find * -type f | LC_ALL=C sort | xargs sha256sum | sha256sum"),
    verifierPageSha256: shell("built", "sha256sum verify.html"),
  });
  put("packages/two/src/index.ts", "too");
  const other = await billOfMaterials(undefined, root);
  expect(other.sourcesSha256).not.toBe(bill.sourcesSha256);
  expect(other).not.toHaveProperty("consoleSha256");
  expect(other).not.toHaveProperty("verifierPageSha256");
});
