/**
 * The lock of a centre's folder. What counts is a lock of the operating system on `lock.db`, held through SQLite for as long as
 * the process lives: it ends with the process however that ends, and holds between containers too. The file `lock` beside it
 * only says who the holder is, for people and for the message to whoever is refused.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { FaultError, type Instant } from "@openjmc/model";
import { faultErrorOf } from "../segments/index.ts";

/** Who holds a folder. */
export interface LockHolder {
  readonly pid: number;
  readonly since: Instant;
  /** What the process does: `serve`, `restore`… */
  readonly purpose: string;
}

export interface Lock {
  /** The holder before, when it ended without letting go. */
  readonly takenFrom?: LockHolder;
  release(): void;
}

const WAIT_MILLISECONDS = 300;
const SQLITE_BUSY = 5;
/** Locks that this process holds: a database that nobody refers to any more is closed when memory is tidied, and its lock with it. */
const heldHere = new Set<DatabaseSync>();

/**
 * Takes the lock for this process. Throws `folder.in-use`, which names the process that holds it.
 * @param path of the file `lock`; `lock.db` lies beside it
 * @param now the present, for the file
 */
export function takeLock(path: string, purpose: string, now: Instant): Lock {
  const held = tryLock(path);
  if (held === undefined) throw inUse(path, readHolder(path));
  const takenFrom = readHolder(path);
  const mine: LockHolder = { pid: process.pid, since: now, purpose };
  try {
    writeFileSync(path, `${JSON.stringify(mine)}\n`, { mode: 0o644 });
  } catch (error) {
    held.close();
    throw faultErrorOf(error, "locking of the folder", path);
  }
  heldHere.add(held);
  return { release: () => release(path, held), ...(takenFrom === undefined ? {} : { takenFrom }) };
}

/** Who holds the lock now; undefined when nobody does. */
export function livingHolder(path: string): LockHolder | undefined {
  // Looking must not leave anything behind.
  if (!existsSync(`${path}.db`)) return undefined;
  const held = tryLock(path);
  if (held === undefined) return readHolder(path) ?? { pid: 0, since: 0, purpose: "unknown" };
  held.close();
  return undefined;
}

/** The open transaction is the lock; undefined when another holds it. */
function tryLock(path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(`${path}.db`, { timeout: WAIT_MILLISECONDS });
    database.exec("begin exclusive");
    return database;
  } catch (error) {
    database?.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw faultErrorOf(error, "locking of the folder", path);
  }
}

/** The name goes first: a file that names nobody living is never left behind. */
function release(path: string, held: DatabaseSync): void {
  if (!held.isOpen) return;
  rmSync(path, { force: true });
  heldHere.delete(held);
  held.close();
}

function inUse(path: string, holder: LockHolder | undefined): FaultError {
  return new FaultError({
    code: "folder.in-use",
    what: "folder of the centre",
    where: { file: path },
    expected: "no other process at work in it",
    got: holder === undefined ? "another process" : `process ${holder.pid} (${holder.purpose})`,
  });
}

function readHolder(path: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, "utf8")) as LockHolder;
    return Number.isSafeInteger(holder.pid) ? holder : undefined;
  } catch {
    // Missing or half written: the lock itself does not depend on it.
    return undefined;
  }
}
