/**
 * From `npm start`'s process to the first usable screen once installed: the page, its program and the centre's description have been
 * answered; and on to where everybody's signers are up, so that officers may sign in. First in a folder that is founded on the way,
 * then in the same folder again. The reference is the start of a Node that does nothing.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { quantile } from "./support/quantile.ts";

const START = join(import.meta.dirname, "../scripts/start.mjs");
const ROUNDS = 3;
const LONGEST_MILLISECONDS = 60_000;
const LOOK_MILLISECONDS = 20;
/** The first line of what the terminal is told when everything runs. */
const READY = /EXERCISE centre: http/;

interface Start {
  /** Milliseconds until the first screen, and until all was said to be ready. */
  readonly screen: number;
  readonly ready: number;
}

export async function run(rounds = ROUNDS) {
  const founding: Start[] = [];
  const again: Start[] = [];
  for (let round = 0; round < rounds; round++) {
    const root = mkdtempSync(join(tmpdir(), "openjmc-bench-"));
    try {
      founding.push(await startAndStop(join(root, "centre")));
      again.push(await startAndStop(join(root, "centre")));
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
  const node = Array.from({ length: rounds }, startOfNode);
  return {
    name: "start-up: `npm start`'s process to the first usable screen, and to everybody's signers, once installed",
    headline: `${secondsOf(again).screen} s to the first screen, ${secondsOf(founding).screen} s with founding`,
    unit: `seconds, median of ${rounds}`,
    withFounding: secondsOf(founding),
    foundedBefore: secondsOf(again),
    reference: `a Node that does nothing: ${seconds(node)} s`,
  };
}

const secondsOf = (starts: readonly Start[]) => ({
  screen: seconds(starts.map((start) => start.screen)),
  ready: seconds(starts.map((start) => start.ready)),
});
const seconds = (milliseconds: readonly number[]): number => Math.round(quantile(milliseconds, 0.5) / 10) / 100;

async function startAndStop(data: string): Promise<Start> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [START, "--port", String(port), "--data", data], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(child, "exit");
  let said = "";
  child.stdout.on("data", (part: Buffer) => {
    said += part.toString();
  });
  try {
    const until = (holds: () => Promise<boolean>) => untilTrue(child, holds, began + LONGEST_MILLISECONDS);
    const screen = await until(() => isUsable(`http://localhost:${port}`).catch(() => false));
    const ready = await until(async () => READY.test(said));
    return { screen: screen - began, ready: ready - began };
  } finally {
    child.kill("SIGINT");
    await ended;
  }
}

/** When something came to hold, monotonic milliseconds. */
async function untilTrue(child: ChildProcess, holds: () => Promise<boolean>, deadline: number): Promise<number> {
  for (;;) {
    if (await holds()) return performance.now();
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode} before it was ready`);
    if (performance.now() > deadline) throw new Error(`not ready within ${LONGEST_MILLISECONDS / 1000} s`);
    await pause(LOOK_MILLISECONDS);
  }
}

/** Whether the page, the programs it names and the centre's description are all answered. */
async function isUsable(url: string): Promise<boolean> {
  const page = await (await fetch(url)).text();
  const programs = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]!);
  const answers = await Promise.all([...programs, "api/v1/centre"].map((path) => fetch(`${url}/${path}`)));
  for (const answer of answers) await answer.arrayBuffer();
  return programs.length > 0 && answers.every((answer) => answer.ok);
}

function startOfNode(): number {
  const began = performance.now();
  spawnSync(process.execPath, ["-e", "0"]);
  return performance.now() - began;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

if (import.meta.main) console.log(JSON.stringify(await run(), undefined, 1));
