/** How commands speak: results on standard output, words for people on standard error, exit codes 0, 1 and 2. */
import { writeFileSync } from "node:fs";
import { describeFault, type Fault, FaultError } from "@openjmc/model";
import { Refusal } from "@openjmc/record";
import { faultErrorOf } from "../segments/index.ts";

/** Exit codes: done; the check failed; wrong usage or unreadable input. */
export const DONE = 0;
export const CHECK_FAILED = 1;
export const WRONG_USE = 2;

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(DONE);
  throw error;
});

/** Writes one line for a fault and sets the exit code. */
export function failWith(error: unknown, code: number = WRONG_USE): void {
  const fault = faultOf(error);
  process.stderr.write(
    `${fault ? describeFault(fault) : `centre.failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`}\n`,
  );
  process.exitCode = code;
}

export function faultOf(error: unknown): Fault | undefined {
  return error instanceof FaultError || error instanceof Refusal ? error.fault : undefined;
}

/** Runs a command; what it throws becomes one line and exit code 2. */
export function run<Arguments extends unknown[]>(
  command: (...given: Arguments) => Promise<number | undefined>,
): (...given: Arguments) => Promise<void> {
  return async (...given) => {
    try {
      const code = await command(...given);
      if (typeof code === "number") process.exitCode = code;
    } catch (error) {
      failWith(error);
    }
  };
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** How a result's file is written. */
export interface OutFile {
  /** Never over a file that is there. */
  readonly isNew?: boolean;
  /** For its owner's eyes alone. */
  readonly isSecret?: boolean;
  /** The flag that named it. */
  readonly flag?: string;
}

/**
 * Writes a result where `--out` says: standard output without it or with `-`, otherwise a file, which is told with `summary`.
 * Throws a `FaultError` that names the file and the cause.
 */
export function writeOut(
  out: string | undefined,
  content: string | Uint8Array,
  summary: string,
  { isNew, isSecret, flag = "--out" }: OutFile = {},
): void {
  if (out === undefined || out === "-") {
    process.stdout.write(content);
    return;
  }
  try {
    writeFileSync(out, content, { flag: isNew ? "wx" : "w", ...(isSecret ? { mode: 0o600 } : {}) });
  } catch (error) {
    throw faultErrorOf(error, `writing ${flag}`, out);
  }
  say(`written: ${out}, ${summary}`);
}
