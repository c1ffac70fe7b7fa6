/** `npx jmc …` as it is typed: a Node in between, through which signals and exit codes go. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ED25519_NOTE, formatVkey, noteKey } from "@openjmc/record";
import { afterAll, describe, expect, it } from "vitest";
import { createNodeFolder } from "../apps/centre/src/nodes/node-folder.ts";
import { nodePrimitives } from "../apps/centre/src/primitives.ts";

const JMC = join(import.meta.dirname, "../scripts/jmc.mjs");
const root = mkdtempSync(join(tmpdir(), "openjmc-hand-over-"));
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
  rmSync(root, { recursive: true });
});

/** Any log's key will do: nothing is signed here. */
function logKey(): string {
  const { x } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  return formatVkey(noteKey(nodePrimitives.sha256, "log.test", ED25519_NOTE, Buffer.from(x!, "base64url")));
}

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  /** Lines on standard error so far. */
  readonly said: readonly string[];
}

async function startWitness(folder: string): Promise<Started> {
  createNodeFolder(folder, "witness", "N", "log.test/N");
  const args = [JMC, "witness", "run", folder, "--listen", "127.0.0.1:0", "--log-key", logKey()];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  started.push(child);
  const said: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => said.push(line));
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith("ready ")) return { child, url: line.slice(6), said };
  throw new Error("the witness ended before it was ready");
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

describe("scripts/jmc.mjs", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "passes %s on: the command says once that it stops, ends in order, and nothing goes on alone",
    async (signal) => {
      const { child, url, said } = await startWitness(join(root, signal));
      expect(await answers(url)).toBe(true);
      child.kill(signal);
      child.kill(signal);
      expect(await once(child, "close")).toEqual([0, null]);
      expect(said.filter((line) => line === "stopping …")).toHaveLength(1);
      expect(await answers(url)).toBe(false);
    },
  );

  it("ends with the exit code of the command", () => {
    expect(spawnSync(process.execPath, [JMC, "nothing"]).status).toBe(2);
    expect(spawnSync(process.execPath, [JMC, "--version"]).status).toBe(0);
  });

  it("ends as shells tell of a signal that the command does not wait for", async () => {
    const child = spawn(process.execPath, [JMC, "decode", "sbs", "-", "--stats"], { stdio: ["pipe", "pipe", "pipe"] });
    started.push(child);
    child.stdin.write("MSG,8,1,1,4CA2D6,1,2021/03/01,06:00:00.000,2021/03/01,06:00:00.000,,,,,,,,,,,,0\n");
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([128 + constants.signals.SIGTERM, null]);
  });
});
