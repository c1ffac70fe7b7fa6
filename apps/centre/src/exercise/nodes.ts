/**
 * Both components' mirrors and a neutral witness of an exercise: processes of their own with folders of their own beside the
 * centre's. They start once the screen is there, are started again when they end, and stop after the centre.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { CosignerAddresses } from "../cosigning/index.ts";
import { type NamedCosigner, usualPolicy } from "../cosigning/usual-policy.ts";
import { createNodeFolder } from "../nodes/node-folder.ts";

/** The neutral's name in the policy. */
const NEUTRAL = "N";
const FIRST_START_MILLISECONDS = 1_500;
const AGAIN_MILLISECONDS = 1_000;
const PROCESS = join(import.meta.dirname, "../cli/exercise-node.ts");

export interface ExerciseNodesOptions {
  /** Folder of the centre. */
  readonly folder: string;
  readonly components: readonly string[];
  readonly url: string;
  readonly logKeyFile: string;
  /** Receipts of a component's signer. */
  readonly receipts: (component: string) => string;
  /** How the scenario's clock runs: instant and wall instant in microseconds, factor. */
  readonly clock: { readonly instant: number; readonly wallOrigin: number; readonly speed: number };
  /** Told where a node listens. */
  readonly onListening: (addresses: CosignerAddresses) => void;
}

/** Folder of a node, beside the centre's and never in it. */
export function nodeFolder(folder: string, role: "mirror" | "witness", name: string): string {
  return `${folder}-${role}-${name.toLowerCase()}`;
}

/** Makes folders and keys; answers the lines of the policy, for the founding. */
export function makeExerciseNodes(folder: string, origin: string, components: readonly string[]): readonly string[] {
  const make = (role: "mirror" | "witness", name: string): NamedCosigner => ({
    name,
    vkeys: createNodeFolder(nodeFolder(folder, role, name), role, name, `${origin}/${name}`),
  });
  return usualPolicy(
    components.map((component) => make("mirror", component)),
    [make("witness", NEUTRAL)],
  );
}

export class ExerciseNodes {
  readonly #options: ExerciseNodesOptions;
  readonly #children = new Map<string, ChildProcess>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopping = false;
  #clock: ExerciseNodesOptions["clock"];

  constructor(options: ExerciseNodesOptions) {
    this.#options = options;
    this.#clock = options.clock;
  }

  /** The scenario's clock runs otherwise from here on: who cosigns must know. */
  tellClock(clock: ExerciseNodesOptions["clock"]): void {
    this.#clock = clock;
    for (const child of this.#children.values()) if (child.exitCode === null) child.stdin!.write(`${lineOf(clock)}\n`);
  }

  /** Starts them a little later. A centre founded without cosigners has none. */
  start(): void {
    const { folder, components } = this.#options;
    const nodes = [...components.map((name) => ["mirror", name] as const), ["witness", NEUTRAL] as const];
    for (const [role, name] of nodes)
      if (existsSync(nodeFolder(folder, role, name))) this.#later(FIRST_START_MILLISECONDS, role, name);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    for (const timer of this.#timers) clearTimeout(timer);
    const ended = [...this.#children.values()].map((child) => {
      child.kill("SIGTERM");
      return child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
    });
    await Promise.all(ended);
  }

  #later(milliseconds: number, role: "mirror" | "witness", name: string): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#spawn(role, name);
    }, milliseconds);
    this.#timers.add(timer);
  }

  #spawn(role: "mirror" | "witness", name: string): void {
    const { folder } = this.#options;
    const args = [PROCESS, role, nodeFolder(folder, role, name), ...this.#argumentsOf(role, name)];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "ignore"] });
    this.#children.set(`${role} ${name}`, child);
    child.stdin!.on("error", () => undefined);
    createInterface({ input: child.stdout! }).on("line", (line) => {
      const url = /^ready (http\S+)$/.exec(line)?.[1];
      if (url !== undefined) this.#options.onListening({ [name]: { url } });
    });
    child.once("exit", () => {
      if (!this.#stopping) this.#later(AGAIN_MILLISECONDS, role, name);
    });
  }

  #argumentsOf(role: "mirror" | "witness", name: string): readonly string[] {
    const { url, logKeyFile, receipts } = this.#options;
    const common = ["--log-key", logKeyFile, "--clock", lineOf(this.#clock)];
    return role === "mirror"
      ? [...common, "--pull", url, "--receipts", receipts(name)]
      : [...common, "--listen", "127.0.0.1:0", "--log", `${url}/record`];
  }
}

function lineOf({ instant, wallOrigin, speed }: ExerciseNodesOptions["clock"]): string {
  return `${instant},${wallOrigin},${speed}`;
}
