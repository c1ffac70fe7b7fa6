/**
 * One keeper at a time. The lock itself is the kernel's, held through an exclusive transaction on a small database file,
 * so it ends with the process however that ends. Beside it lies a text file that says who holds it, for the message.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { FaultError } from "@openjmc/model";
import { faultErrorOf } from "../segments/system-fault.ts";

export interface FolderLock {
  release(): void;
}

const SQLITE_BUSY = 5;

/** Errors (thrown): `record.held`, with the process that holds the folder; those of the disk. */
export function lockFolder(folder: string): FolderLock {
  const holderFile = join(folder, "holder");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o750 });
    const database = openExclusively(join(folder, "lock"));
    writeFileSync(holderFile, `${process.pid}\n`);
    return {
      release: () => {
        rmSync(holderFile, { force: true });
        database.close();
      },
    };
  } catch (problem) {
    const busy = (problem as { errcode?: unknown }).errcode === SQLITE_BUSY;
    throw busy ? held(folder, holderFile, problem) : faultErrorOf(problem, "lock of the record", folder);
  }
}

function openExclusively(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    return database;
  } catch (problem) {
    database.close();
    throw problem;
  }
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
