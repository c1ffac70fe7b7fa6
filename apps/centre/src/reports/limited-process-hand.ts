/**
 * A process that does jobs and may take so much memory and no more, native code's included: the system's own limit of writable memory
 * stands over it (`ulimit -d`, which Linux holds for everything that is allocated), and V8's of its heap within that. What reaches the
 * limit ends that process alone.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Hand, Heard } from "./job-line.ts";

const KIBIBYTES = 1_024;
/** The shell sets the limit and becomes the process; what it was working on is left on no disk. */
const LIMITED = 'ulimit -c 0 && ulimit -d "$1" && shift && exec "$@"';
/** On a machine of many cores their stacks alone would be a good part of the limit. */
const FEW_THREADS = { RAYON_NUM_THREADS: "2", MALLOC_ARENA_MAX: "2", UV_THREADPOOL_SIZE: "2" };
/** How processes end that are given no more memory: by their own abort, by V8's, or by the kernel's hand. */
const OUT_OF_MEMORY: readonly (NodeJS.Signals | null)[] = ["SIGABRT", "SIGTRAP", "SIGILL", "SIGKILL", "SIGSEGV"];
/** Of what it said last. */
const TOLD_CHARACTERS = 300;

export const limitedProcessHand =
  (file: URL, mostMegabytes: number) =>
  <Answer>(heard: Heard<Answer>): Hand => {
    const child = begin(file, mostMegabytes);
    let said = "";
    child.stderr?.on("data", (part: Buffer) => {
      said = `${said}${part.toString()}`.slice(-TOLD_CHARACTERS);
    });
    child.on("message", (message) => heard.answer(message as Parameters<typeof heard.answer>[0]));
    child.on("error", (error) => heard.lost(String(error), false));
    child.on("close", (code, signal) =>
      heard.lost(`the process ended with ${signal ?? code}: ${said.trim()}`, OUT_OF_MEMORY.includes(signal)),
    );
    return {
      // What cannot be sent is told by `exit`.
      post: (message) => void child.send(message, () => undefined),
      ref: () => refer(child, "ref"),
      unref: () => refer(child, "unref"),
      end: async () => void child.kill("SIGKILL"),
    };
  };

function begin(file: URL, mostMegabytes: number): ChildProcess {
  const node = [process.execPath, `--max-old-space-size=${Math.round(mostMegabytes / 2)}`, fileURLToPath(file)];
  return spawn("/bin/sh", ["-c", LIMITED, "sh", String(mostMegabytes * KIBIBYTES), ...node], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
    env: { ...process.env, ...FEW_THREADS },
  });
}

/** Everything by which a child keeps its parent alive. */
function refer(child: ChildProcess, how: "ref" | "unref"): void {
  child[how]();
  child.channel?.[how]();
  (child.stderr as (NodeJS.ReadableStream & Partial<Record<"ref" | "unref", () => void>>) | null)?.[how]?.();
}
