// `npm test`: installs what is missing, checks types and style, runs every test, ends with the plain totals.
// With OPENJMC_NO_SKIP=1 (as .ci/run sets it) a skipped test is a failure.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { buildConsole, installPackages, nodeBinary, requireNode, root } from "./prepare.mjs";

requireNode();
installPackages();
buildConsole();

const bin = (name) => join(root, "node_modules", ".bin", name);
const env = { ...process.env, PATH: `${join(root, "node_modules", ".bin")}:${process.env.PATH}`, OPENJMC_NODE: nodeBinary };
/** More failures than this are no accident of a busy machine. */
const MOST_RUN_AGAIN = 4;
/** Beside other tests this one brings a tenth. */
const FULL_LOAD = { file: "test/live-air.test.ts", env: { OPENJMC_LIVE_RATE: "5000" } };
let failedChecks = 0;
function check(title, command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", env });
  const passed = result.status === 0;
  console.log(`${passed ? "ok" : "FAILED"}: ${title}`);
  if (!passed) failedChecks += 1;
}
const filters = process.argv.slice(2);
if (filters.length === 0) {
  check("types (packages, centre)", bin("tsc"), ["-p", "."]);
  check("types (console)", bin("tsc"), ["-p", "apps/console"]);
  check("style", bin("biome"), ["check", "--diagnostic-level=error", "."]);
}
/** One run of the test runner: its exit code and what its report says; a run without a report counts as one failure. */
function runTests(wanted, more = {}) {
  const report = join(mkdtempSync(join(tmpdir(), "openjmc-test-")), "report.json");
  const ended = spawnSync(bin("vitest"), ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...wanted], { cwd: root, stdio: "inherit", env: { ...env, ...more } });
  try {
    return { status: ended.status, ...JSON.parse(readFileSync(report, "utf8")) };
  } catch (error) {
    console.error(`test.no-report: the test runner left no report at ${report}: ${error.message}`);
    return { status: 1, numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  }
}

/** Whether a file speaks with processes, sockets or a browser, whose answers a busy machine can hold up. */
const isOfTheEdge = ({ name }) => /^(test|apps[\\/]centre)[\\/]/.test(relative(root, name));

/**
 * Files of the edge that failed beside others run once more, one after another. What holds then is named as unsteady, a fault to
 * be mended, and counts as passed; what is pure has no such excuse, nor have many failures at once.
 */
function runFailedAgain(first, more = {}) {
  const failed = first.testResults.filter(({ status }) => status === "failed");
  if (failed.length === 0 || failed.length > MOST_RUN_AGAIN || !failed.every(isOfTheEdge)) return first;
  const second = runTests(["--no-file-parallelism", ...failed.map(({ name }) => relative(root, name))], more);
  if (second.status !== 0) return first;
  for (const file of failed)
    for (const { status, fullName } of file.assertionResults)
      if (status === "failed") console.log(`unsteady: ${fullName} (failed beside other tests, held alone)`);
  const again = new Set(failed.map(({ name }) => name));
  return totalOf(0, [...first.testResults.filter(({ name }) => !again.has(name)), ...second.testResults]);
}

/** What several runs say together. */
function totalOf(status, testResults) {
  const count = (...statuses) =>
    testResults.reduce((sum, file) => sum + file.assertionResults.filter((one) => statuses.includes(one.status)).length, 0);
  return { status, numPassedTests: count("passed"), numFailedTests: count("failed"), numPendingTests: count("pending", "skipped"), numTodoTests: count("todo"), testResults };
}

/** Runs all; with everything switched on, what loads the machine as a busy sky would comes last and has it to itself. */
function runAll() {
  if (process.env.OPENJMC_NO_SKIP !== "1" || filters.length > 0) return runFailedAgain(runTests(filters));
  const most = runFailedAgain(runTests(["--exclude", FULL_LOAD.file]));
  const last = runFailedAgain(runTests([FULL_LOAD.file], FULL_LOAD.env), FULL_LOAD.env);
  const numFailedTests = most.numFailedTests + last.numFailedTests;
  return { ...totalOf(most.status || last.status, [...most.testResults, ...last.testResults]), numFailedTests };
}

const totals = runAll();
const skipped = totals.numPendingTests + totals.numTodoTests;
const failedFiles = totals.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
const failed = totals.numFailedTests + failedFiles + failedChecks;
const noSkip = process.env.OPENJMC_NO_SKIP === "1" && skipped > 0;
if (noSkip || skipped > 0) {
  for (const file of totals.testResults)
    for (const test of file.assertionResults)
      if (["pending", "skipped", "todo"].includes(test.status)) console.log(`skipped: ${test.fullName}`);
}
if (noSkip) console.log(`FAILED: ${skipped} tests were skipped where nothing may skip`);
console.log(`\n${totals.numPassedTests} passed, ${failed + (noSkip ? skipped : 0)} failed, ${noSkip ? 0 : skipped} skipped`);
process.exit(failed > 0 || noSkip || totals.status !== 0 ? 1 : 0);
