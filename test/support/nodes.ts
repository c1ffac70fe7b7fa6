/** Mirrors and witnesses in processes of their own, as their operators start them. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type NamedCosigner, usualPolicy } from "../../apps/centre/src/cosigning/usual-policy.ts";
import { createNodeFolder } from "../../apps/centre/src/nodes/node-folder.ts";

const JMC = join(import.meta.dirname, "../../apps/centre/src/cli/jmc.ts");

export interface TestNodes {
  readonly folders: Readonly<Record<"A" | "B" | "N", string>>;
  /** Lines of the policy behind that of the log. */
  readonly policy: readonly string[];
}

/** Folders and keys of both components' mirrors and of a neutral witness. */
export function makeNodes(root: string, origin: string): TestNodes {
  const folders = { A: join(root, "mirror-a"), B: join(root, "mirror-b"), N: join(root, "witness-n") };
  const make = (name: "A" | "B" | "N", role: "mirror" | "witness"): NamedCosigner => ({
    name,
    vkeys: createNodeFolder(folders[name], role, name, `${origin}/${name}`),
  });
  return { folders, policy: usualPolicy([make("A", "mirror"), make("B", "mirror")], [make("N", "witness")]) };
}

export interface RunningNode {
  /** Where it listens; empty where it does not. */
  readonly url: string;
  /** Everything said so far on standard error. */
  told(): string;
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Starts `jmc mirror` or `jmc witness` and waits until it is ready. Rejects with what it said when it ends before. */
export async function startNode(
  role: "mirror" | "witness",
  folder: string,
  args: readonly string[],
): Promise<RunningNode> {
  const child: ChildProcess = spawn(process.execPath, [JMC, role, folder, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const ended = once(child, "exit").then(([code]) => code as number | null);
  createInterface({ input: child.stderr! }).on("line", (line) => lines.push(line));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on("line", (line) => {
      const ready = /^ready ?(\S*)$/.exec(line);
      if (ready) resolve(ready[1]!);
    });
    void ended.then((code) => reject(new Error(`ended with ${code}: ${lines.join("\n")}`)));
  });
  return {
    url,
    told: () => lines.join("\n"),
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
