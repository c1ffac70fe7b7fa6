// `npm run torture`: the long forms of fuzzing, kills and failures. Names as arguments select some. Appends to bench/TORTURE.md.
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPackages, nodeBinary, requireNode, root } from "./prepare.mjs";

requireNode();
installPackages();
const wanted = process.argv.slice(2);
const groups = ["packages/formats", "packages/record", "apps/centre/src/record", "apps/centre/src/journal", "apps/centre/src/store", "test/kill", "test/bad-input"];
const chosen = groups.filter((group) => wanted.length === 0 || wanted.some((part) => group.includes(part)));
const env = { ...process.env, OPENJMC_TORTURE: "1", OPENJMC_NODE: nodeBinary, PATH: `${join(root, "node_modules", ".bin")}:${process.env.PATH}` };
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
const page = join(root, "bench/TORTURE.md");
if (!existsSync(page)) writeFileSync(page, "# Long forms\n\nAppended by `npm run torture`: date, commit, what ran, how it ended.\n\n");
for (const group of chosen) {
  const begun = performance.now();
  const result = spawnSync(join(root, "node_modules/.bin/vitest"), ["run", group, "--testTimeout=5400000", "--hookTimeout=600000"], { cwd: root, stdio: "inherit", env });
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
  appendFileSync(page, `- ${new Date().toISOString().slice(0, 10)} ${commit} ${group}: ${result.status === 0 ? "passed" : "FAILED"} in ${minutes} min\n`);
  if (result.status !== 0) process.exitCode = 1;
}
