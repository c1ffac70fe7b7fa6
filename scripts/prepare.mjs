// Brings a fresh clone to the state in which it can run: exact packages, Node 24, the console's build.
// Runs under the machine's own Node (>= 20.19); everything after it runs under the Node that it installs.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const nodeBinary = join(root, "node_modules", ".bin", "node");
const LOWEST_NODE = [20, 19];

// Compiled code is kept between starts: every process begun from here is up in half the time. Node looks at the content of each
// file, so nothing old is ever run.
process.env.NODE_COMPILE_CACHE ??= join(root, "node_modules", ".cache", "openjmc", "compiled");

/** Stops with a clear line when the Node that was called is too old to install the project. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > LOWEST_NODE[0] || (major === LOWEST_NODE[0] && minor >= LOWEST_NODE[1])) return;
  console.error(`node.too-old: Node.js ${version} runs this command; expected ${LOWEST_NODE.join(".")} or newer (the project brings Node 24 itself).`);
  process.exit(2);
}

function run(command, args, options = {}) {
  const path = `${join(root, "node_modules", ".bin")}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}`;
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, PATH: path }, ...options });
  if (result.status !== 0) {
    console.error(`setup.failed: "${command} ${args.join(" ")}" ended with ${result.status ?? result.signal}`);
    process.exit(result.status ?? 1);
  }
}

function digestOf(paths) {
  const hash = createHash("sha256");
  const visit = (path) => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else if (!path.includes("node_modules") && !path.includes(`${join("console", "dist")}`)) hash.update(path.slice(root.length)).update(readFileSync(path));
  };
  for (const path of paths) if (existsSync(join(root, path))) visit(join(root, path));
  return hash.digest("hex");
}

/** Runs `work` unless the digest of `paths` is the one remembered under `name` from last time. */
function unlessUnchanged(name, paths, present, work) {
  const folder = join(root, "node_modules", ".cache", "openjmc");
  const mark = join(folder, name);
  const digest = digestOf(paths);
  if (present() && existsSync(mark) && readFileSync(mark, "utf8") === digest) return;
  work();
  mkdirSync(folder, { recursive: true });
  writeFileSync(mark, digest);
}

/** Installs the packages of the lock file where they are missing or of another lock file. */
export function installPackages() {
  unlessUnchanged("installed", ["package-lock.json"], () => existsSync(nodeBinary), () => {
    console.log("OpenJMC: installing packages (a minute or two, once) …");
    // `npm ci` empties node_modules first, from which a centre may be running: only where there is none yet.
    const way = existsSync(join(root, "node_modules")) ? ["install", "--no-save"] : ["ci"];
    run("npm", [...way, "--no-audit", "--no-fund", "--loglevel=error", "--progress=true"]);
  });
}

/** Builds the console where its sources have changed since the last build. */
export function buildConsole() {
  const sources = ["package-lock.json", "apps/console", "packages/model/src", "packages/words/src", "packages/record/src", "packages/geo/src"];
  unlessUnchanged("console", sources, () => existsSync(join(root, "apps/console/dist/index.html")), () => {
    console.log("OpenJMC: building the console …");
    run("npm", ["run", "--silent", "build", "-w", "@openjmc/console"]);
  });
}
