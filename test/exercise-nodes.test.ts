/** An exercise with its nodes: sealed by itself, nodes started again when they are killed, all caught up after a kill of everything. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { metric } from "./support/api.ts";
import { jmc } from "./support/jmc.ts";
import { steadyPort } from "./support/port.ts";
import { until } from "./support/wait.ts";

const JMC = join(import.meta.dirname, "../apps/centre/src/cli/jmc.ts");
const root = mkdtempSync(join(tmpdir(), "openjmc-exercise-nodes-"));
const data = join(root, "data");
const NODES = ["data-mirror-a", "data-mirror-b", "data-witness-n"];
let exercise: ChildProcess | undefined;
let url = "";

afterAll(() => {
  exercise?.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

async function start(): Promise<void> {
  const port = await steadyPort();
  url = `http://localhost:${port}`;
  exercise = spawn(
    process.execPath,
    [JMC, "exercise", "--data", data, "--headless", "--port", `${port}`, "--speed", "4"],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  const ready = () =>
    fetch(`${url}/healthz`)
      .then((answer) => answer.ok)
      .catch(() => false);
  await until("the exercise answers", ready);
}

/** Processes that work in a folder of this test. */
function nodeProcesses(): readonly { readonly pid: number; readonly folder: string }[] {
  const lines = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }).split("\n");
  return lines
    .filter((line) => line.includes("exercise-node.ts") && line.includes(root))
    .map((line) => ({
      pid: Number.parseInt(line, 10),
      folder: NODES.find((name) => line.includes(join(root, name)))!,
    }));
}

const sealedSize = (): Promise<number> => metric(url, "jmc_sealed_size");
const held = (name: string): number => Number(readFileSync(join(root, name, "keeper", "head"), "utf8").split("\n")[1]);

it("seals itself, and nodes that are killed come back and catch up", async () => {
  await start();
  await until("something is sealed", async () => (await sealedSize()) > 0);
  const before = nodeProcesses();
  expect(before.map(({ folder }) => folder).sort()).toEqual(NODES);
  const sealed = await sealedSize();
  for (const { pid } of before) process.kill(pid, "SIGKILL");
  await until(
    "all three run again",
    () => nodeProcesses().filter(({ pid }) => !before.some((old) => old.pid === pid)).length === 3,
    60,
  );
  await until("more is sealed", async () => (await sealedSize()) > sealed);
});

it("ends its nodes when it is killed, and all have caught up after the next start", async () => {
  exercise!.kill("SIGKILL");
  await once(exercise!, "exit");
  await until("no node is left", () => nodeProcesses().length === 0);
  const before = held("data-mirror-a");
  await start();
  await until("more is sealed than the mirror held", async () => (await sealedSize()) > before);
  exercise!.kill("SIGTERM");
  const [code] = (await once(exercise!, "exit")) as [number | null];
  expect(code).toBe(0);
  expect(nodeProcesses()).toEqual([]);
  const size = Number(readFileSync(join(data, "record", "checkpoint"), "utf8").split("\n")[1]);
  expect([held("data-mirror-a"), held("data-mirror-b")]).toEqual([size, size]);
  const note = readFileSync(join(data, "record", "checkpoint"), "utf8");
  expect(note.split("\n").filter((line) => line.startsWith("— ")).length).toBe(7);
  for (const folder of [data, join(root, "data-mirror-a", "record")]) {
    const verified = await jmc(["verify", folder, "--json"]);
    expect([verified.code, JSON.parse(verified.stdout).holds]).toEqual([0, true]);
  }
});
