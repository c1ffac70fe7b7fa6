// `npm run bench`: runs every benchmark in a process of its own and writes bench/RESULTS.md. Names as arguments select some: what the
// page says of the others stays, with the commit at which it was measured.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { buildConsole, installPackages, nodeBinary, requireNode, root } from "./prepare.mjs";

requireNode();
installPackages();
buildConsole();
const wanted = process.argv.slice(2);
const files = readdirSync(join(root, "bench")).filter((name) => name.endsWith(".bench.ts")).sort();
const chosen = files.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const git = (...words) => execFileSync("git", words, { cwd: root, encoding: "utf8" }).trim();
const changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!bench/TORTURE.md", ":!bench/RESULTS.md") !== "";
const commit = `${git("rev-parse", "--short", "HEAD")}${changed ? " with changes" : ""}`;
const day = new Date().toISOString().slice(0, 10);
const page = join(root, "bench/RESULTS.md");
const lines = [
  "# Results of the benchmarks",
  "",
  `Written by \`npm run bench\`, each at the commit and on the day that its line tells; ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${execFileSync(nodeBinary, ["--version"], { encoding: "utf8" }).trim()}.`,
  "The machine was shared: read ratios to the stated reference, not absolute times. A benchmark whose data are absent says so.",
];

/** What the page says of each benchmark: its line in the table, and its section. */
function toldBefore() {
  const told = new Map();
  const text = existsSync(page) ? readFileSync(page, "utf8") : "";
  for (const [line, title] of text.matchAll(/^\| \[([\w-]+)\].*$/gm)) {
    const section = new RegExp(`^## ${title}\\n\\n[^]*?\\n\`\`\`$`, "m").exec(text)?.[0];
    if (section !== undefined) told.set(title, { line, section });
  }
  return told;
}

/** One line of a result: its own, or its figure beside the reference's. */
function headlineOf(output) {
  try {
    const { headline, ratio, value, withoutChecksum, unit, skipped } = JSON.parse(output);
    if (headline !== undefined || ratio === undefined) return headline ?? skipped ?? "see below";
    return `${Math.round(withoutChecksum ?? value).toLocaleString("en")} ${unit}, ${ratio.toFixed(1)} times the reference`;
  } catch {
    return "failed, see below";
  }
}

const told = toldBefore();
for (const name of chosen) {
  console.error(`running ${name} …`);
  const result = spawnSync(nodeBinary, [join(root, "scripts/run-bench.mjs"), name], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  const output = result.status === 0 ? result.stdout.trim() : `failed: ${result.stderr.trim().split("\n").slice(0, 5).join("\n").replaceAll(root, ".")}`;
  console.log(`${name}\n${output}`);
  const title = name.replace(".bench.ts", "");
  told.set(title, {
    line: `| [${title}](#${title}) | ${headlineOf(output)} | ${commit} | ${day} |`,
    section: `## ${title}\n\n\`\`\`json\n${output}\n\`\`\``,
  });
  if (result.status !== 0) process.exitCode = 1;
  write();
}

function write() {
  const known = files.map((name) => told.get(name.replace(".bench.ts", ""))).filter((one) => one !== undefined);
  const table = ["", "| Benchmark | In one line | Commit | Day |", "| --- | --- | --- | --- |", ...known.map(({ line }) => line)];
  const sections = known.flatMap(({ section }) => ["", section]);
  writeFileSync(page, `${[...lines, ...table, ...sections].join("\n")}\n`);
}
