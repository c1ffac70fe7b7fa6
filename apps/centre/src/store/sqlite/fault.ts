/** Says what a SQLite result code means for the store (sqlite.org/rescode.html). */
import { FaultError } from "@openjmc/model";

const CODES: Readonly<Record<number, string>> = {
  5: "store.locked",
  6: "store.locked",
  8: "disk.read-only",
  10: "disk.failed",
  11: "store.damaged",
  13: "disk.full",
  14: "file.forbidden",
  26: "store.damaged",
};

/** The fault of an error that SQLite gave; the low byte of its code is the primary one. */
export function sqliteFault(file: string, code: number, message: string): FaultError {
  // A write that finds no room in the write-ahead log is an input/output error whose text says so.
  const full = /full|ENOSPC|No space/i.test(message);
  return new FaultError({
    code: full ? "disk.full" : (CODES[code & 0xff] ?? "store.failed"),
    what: "database",
    where: { file },
    cause: message,
  });
}
