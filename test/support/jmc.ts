/** The command line in processes of its own, as an operator starts it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { IS_TORTURE } from "./random.ts";

const JMC = join(import.meta.dirname, "../../apps/centre/src/cli/jmc.ts");

/** A command that should have ended and did not is killed, so that nothing outlives a failed test. */
const LONGEST_RUN_MILLISECONDS = IS_TORTURE ? 3_600_000 : 300_000;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `jmc` to its end. */
export async function jmc(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [JMC, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
    timeout: LONGEST_RUN_MILLISECONDS,
    killSignal: "SIGKILL",
  });
  const [stdout, stderr] = [collected(child.stdout), collected(child.stderr)];
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout: stdout(), stderr: stderr() };
}

function collected(stream: NodeJS.ReadableStream): () => string {
  const parts: Buffer[] = [];
  stream.on("data", (part: Buffer) => parts.push(part));
  return () => Buffer.concat(parts).toString();
}

export interface ServedCentre {
  readonly url: string;
  readonly pid: number;
  /** Where each feed listens. */
  readonly feeds: ReadonlyMap<string, string>;
  /** Everything said so far on standard error. */
  told(): string;
  /** Ends by itself or was stopped: exit code, null after a kill. */
  readonly ended: Promise<number | null>;
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

const READY = /^OpenJMC at (\S+)/;
const FEED = /^ {2}feed ([^:]+(?:\/[^:]+)*): (\S+)$/;

/** Starts `jmc serve` on free ports and waits until it serves. Rejects with what it said when it ends before. */
export async function serveCentre(folder: string, args: readonly string[] = []): Promise<ServedCentre> {
  const child: ChildProcess = spawn(
    process.execPath,
    [JMC, "serve", folder, "--port", "0", "--mqtt-port", "0", ...args],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const lines: string[] = [];
  const feeds = new Map<string, string>();
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr! }).on("line", (line) => {
      lines.push(line);
      const feed = FEED.exec(line);
      if (feed) feeds.set(feed[1]!, feed[2]!);
      const ready = READY.exec(line);
      // The feeds come in the same piece, line by line behind this one.
      if (ready) setImmediate(() => resolve(ready[1]!));
    });
    void ended.then((code) => reject(new Error(`ended with ${code}: ${lines.join("\n")}`)));
  });
  return {
    url,
    pid: child.pid!,
    feeds,
    told: () => lines.join("\n"),
    ended,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
