// `npm run torture`: the long forms of fuzzing, kills, floods, full disks and live runs. Names as arguments select some.
// Appends to bench/TORTURE.md what ran, at which commit, and how it ended.
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildConsole, installPackages, nodeBinary, requireNode, root } from "./prepare.mjs";

requireNode();
installPackages();
buildConsole();

/** What is long here, by the path of its tests. */
const GROUPS = [
  ["packages/formats", "60 s of fuzz per property of each format"],
  ["packages/record", "thirty times as many tries of each property of the record"],
  ["apps/centre/src/record", "200 kills of the keeper; failures of every file operation"],
  ["apps/centre/src/journal", "200 kills of the journal's writer"],
  ["apps/centre/src/store", "200 kills of the local store's writer"],
  ["test/kill", "200 kills of the centre under 50 acts a second"],
  ["test/bad-input", "a gigabyte without a line end, 5,000 connections, garbage on every socket"],
  ["test/full-disk", "a device that runs full"],
  ["test/real-input", "a real capture at the pace at which it was received"],
  ["test/month", "thirty days and two hundred suspicions under scripted officers of both components"],
  ["test/scenario", "both variants of the disputed night over its poor line"],
  ["test/day", "a day of six people, each signature through the command line"],
  ["test/live-air", "ten minutes of 5,000 plots and messages a second from four kinds of sensor"],
  ["test/live-run", "ten minutes of exercise at 60x and ten at 1x"],
];
const wanted = process.argv.slice(2);
const chosen = GROUPS.filter(([group]) => wanted.length === 0 || wanted.some((part) => group.includes(part)));
const git = (...words) => execFileSync("git", words, { cwd: root, encoding: "utf8" }).trim();
// What runs may differ from what is committed; the page says so.
const changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!bench/TORTURE.md", ":!bench/RESULTS.md") !== "";
const commit = `${git("rev-parse", "--short", "HEAD")}${changed ? " with changes" : ""}`;
const env = { ...process.env, OPENJMC_TORTURE: "1", OPENJMC_NODE: nodeBinary, PATH: `${join(root, "node_modules", ".bin")}:${process.env.PATH}` };
const page = join(root, "bench/TORTURE.md");
if (!existsSync(page)) {
  const words = "Appended by `npm run torture`: date, commit, what ran, how it ended.";
  writeFileSync(page, `# Long forms\n\n${words}\n\n| Date | Commit | Tests | What | Passed | Failed | Skipped | Minutes |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n`);
}

function totalsOf(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, "utf8"));
    return [numPassedTests, numFailedTests, numPendingTests];
  } catch {
    return ["?", "?", "?"];
  }
}

for (const [group, what] of chosen) {
  const scratch = mkdtempSync(join(tmpdir(), "openjmc-torture-"));
  const report = join(scratch, "report.json");
  const begun = performance.now();
  const args = ["run", group, "--testTimeout=5400000", "--hookTimeout=1200000", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const result = spawnSync(join(root, "node_modules/.bin/vitest"), args, { cwd: root, stdio: "inherit", env });
  const [passed, failed, skipped] = totalsOf(report);
  rmSync(scratch, { recursive: true, force: true });
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
  const shownFailed = result.status === 0 || failed > 0 ? failed : `did not end well (${result.status ?? result.signal})`;
  const cells = [new Date().toISOString().slice(0, 10), commit, group, what, passed, shownFailed, skipped, minutes];
  appendFileSync(page, `| ${cells.join(" | ")} |\n`);
  if (result.status !== 0) process.exitCode = 1;
}
