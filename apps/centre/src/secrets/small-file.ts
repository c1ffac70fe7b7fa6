/**
 * Small files that hold keys: only their owner may read them, and when one has been written it outlives a loss of power, name
 * and bytes. All of it happens at once, so that no two writers within a process come between each other.
 */

import { randomBytes } from "node:crypto";
import { closeSync, fchmodSync, fstatSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

const OWNER_ONLY = 0o600;
const temporaryOf = (path: string): string => `${path}.new`;

/** Writes a file that is not there yet; nothing stays of it where that fails. Throws `EEXIST` and what the disk throws. */
export function writeNewFile(path: string, text: string): void {
  const handle = openSync(path, "wx", OWNER_ONLY);
  try {
    fill(handle, text);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
  syncFolderOf(path);
}

/** Puts a file in the place of the one before, if any: whoever reads it finds the old one or the new one, whole. */
export function replaceFile(path: string, text: string): void {
  fill(openSync(temporaryOf(path), "w", OWNER_ONLY), text);
  renameSync(temporaryOf(path), path);
  syncFolderOf(path);
}

/** Overwrites a file and removes it, and with it what a crash may have left of its writing. */
export function destroyFile(path: string): void {
  for (const name of [temporaryOf(path), path]) overwrite(name);
  syncFolderOf(path);
}

/** Writes all of it, brings it onto the device and closes the file in any case. */
function fill(handle: number, text: string): void {
  try {
    // A mask of the user's may not shut the owner out.
    fchmodSync(handle, OWNER_ONLY);
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function overwrite(path: string): void {
  let handle: number;
  try {
    handle = openSync(path, "r+");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  try {
    writeSync(handle, randomBytes(fstatSync(handle).size), 0);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  rmSync(path);
}

/** A new name is on the device only once its folder is. */
function syncFolderOf(path: string): void {
  const handle = openSync(dirname(path), "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
