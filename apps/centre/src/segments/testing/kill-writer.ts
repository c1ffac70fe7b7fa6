/** Lets a process write and kills it. */
import { spawn } from "node:child_process";

/**
 * Starts a program that reports a rising number a line, kills it with SIGKILL so many milliseconds after its first report, and
 * resolves with the last number that it reported whole.
 */
export async function killWriter(program: string, argument: string, milliseconds: number): Promise<number> {
  const child = spawn(process.execPath, [program, argument], { stdio: ["ignore", "pipe", "inherit"] });
  let reported = "";
  child.stdout.on("data", (chunk: Buffer) => {
    if (reported === "") setTimeout(() => child.kill("SIGKILL"), milliseconds);
    reported += chunk.toString();
  });
  await new Promise((resolve) => child.on("close", resolve));
  return Number(reported.slice(0, reported.lastIndexOf("\n")).split("\n").at(-1));
}
