/** Structured logs: JSON Lines in the centre's folder; only what an operator must see goes to the terminal. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Logger, multistream, pino } from "pino";

/** Lines that may wait for the disk. */
const MOST_WAITING_BYTES = 1024 * 1024;

/** Logger of a centre: everything from `info` on into `logs/centre.log`, errors to the terminal too. */
export function createLogger(folder: string, options: { readonly isQuiet?: boolean } = {}): Logger {
  const logs = join(folder, "logs");
  mkdirSync(logs, { recursive: true });
  const file = pino.destination({
    dest: join(logs, "centre.log"),
    mkdir: true,
    sync: false,
    maxLength: MOST_WAITING_BYTES,
  });
  // A log that cannot be written (a full disk) must not end the centre: what does not fit is left out.
  file.on("error", () => undefined);
  const streams = [
    { level: "info" as const, stream: file },
    ...(options.isQuiet ? [] : [{ level: "error" as const, stream: process.stderr }]),
  ];
  return pino(
    { level: "info", base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ["req.headers.authorization"] },
    multistream(streams),
  );
}
