/**
 * One keeper at a time. The lock itself is the kernel's, held through an exclusive transaction on a small database file,
 * so it ends with the process however that ends. Beside it lies a text file that says who holds it, for the message.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { FaultError } from "@openjmc/model";

export interface FolderLock {
  release(): void;
}

/** Errors (thrown): `record.held`, with the process that holds the folder. */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o750 });
  const holderFile = join(folder, "holder");
  const database = new DatabaseSync(join(folder, "lock"));
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (problem) {
    database.close();
    throw held(folder, holderFile, problem);
  }
  writeFileSync(holderFile, `${process.pid}\n`);
  return {
    release: () => {
      rmSync(holderFile, { force: true });
      database.close();
    },
  };
}

function held(folder: string, holderFile: string, cause: unknown): FaultError {
  const holder = readHolder(holderFile);
  return new FaultError(
    {
      code: "record.held",
      what: "record",
      where: { file: folder },
      expected: "no other process on this folder",
      got: holder === undefined ? "another process" : `process ${holder}`,
      cause: cause instanceof Error ? cause.message : String(cause),
    },
    { cause },
  );
}

function readHolder(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return undefined;
  }
}
