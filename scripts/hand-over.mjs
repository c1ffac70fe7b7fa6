// Hands a command over to the project's own Node and the TypeScript source: signals go through, and how it ended comes back.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { nodeBinary, root } from "./prepare.mjs";

const PASSED_ON = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Runs `jmc` with `args` and ends as it ends: its exit code, or 128 and the number of the signal as shells tell it. */
export function handOver(args) {
  const child = spawn(nodeBinary, [join(root, "apps/centre/src/cli/jmc.ts"), ...args], { stdio: "inherit" });
  for (const signal of PASSED_ON) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`setup.failed: ${nodeBinary} does not start: ${error.message}`);
    process.exit(2);
  });
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
