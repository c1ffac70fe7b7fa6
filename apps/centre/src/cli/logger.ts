/** Structured logs: JSON Lines in the centre's folder; only what an operator must see goes to the terminal. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Logger, multistream, pino } from "pino";
import { LogFile } from "./log-file.ts";

/** Logger of a centre: everything from `info` on into `logs/centre.log`, errors to the terminal too. */
export function createLogger(folder: string, options: { readonly isQuiet?: boolean } = {}): Logger {
  const logs = join(folder, "logs");
  mkdirSync(logs, { recursive: true });
  const file = new LogFile(join(logs, "centre.log"));
  process.once("exit", () => file.flushSync());
  const streams = [
    { level: "info" as const, stream: file },
    ...(options.isQuiet ? [] : [{ level: "error" as const, stream: process.stderr }]),
  ];
  return pino(
    { level: "info", base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ["req.headers.authorization"] },
    multistream(streams),
  );
}
