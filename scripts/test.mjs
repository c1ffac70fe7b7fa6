// `npm test`: installs what is missing, checks types and style, runs every test, ends with the plain totals.
// With OPENJMC_NO_SKIP=1 (as .ci/run sets it) a skipped test is a failure.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildConsole, installPackages, nodeBinary, requireNode, root } from "./prepare.mjs";

requireNode();
installPackages();
buildConsole();

const bin = (name) => join(root, "node_modules", ".bin", name);
const env = { ...process.env, PATH: `${join(root, "node_modules", ".bin")}:${process.env.PATH}`, OPENJMC_NODE: nodeBinary };
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
const report = join(mkdtempSync(join(tmpdir(), "openjmc-test-")), "report.json");
const tests = spawnSync(bin("vitest"), ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...filters], { cwd: root, stdio: "inherit", env });
let totals = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0, testResults: [] };
try {
  totals = JSON.parse(readFileSync(report, "utf8"));
} catch (error) {
  console.error(`test.no-report: the test runner left no report at ${report}: ${error.message}`);
}
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
process.exit(failed > 0 || noSkip || tests.status !== 0 ? 1 : 0);
