/**
 * The few file operations that change the disk, behind one narrow interface, so that tests can let any of them fail.
 * Writing is synchronous (it ends in the page cache); what waits for the device is asynchronous.
 */
import { closeSync, fdatasync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { promisify } from "node:util";

/** Everything the segment writer does to the disk. Paths are absolute, offsets and lengths in bytes. */
export interface FileOperations {
  /** Creates a file that must not exist yet (`wx+`) or opens an existing one for writing (`r+`). */
  open(path: string, flags: "wx+" | "r+"): number;
  /** Writes at a position and says how many bytes went in; may be fewer than asked. */
  write(descriptor: number, bytes: Uint8Array, offset: number, length: number, position: number): number;
  truncate(descriptor: number, length: number): void;
  close(descriptor: number): void;
  /** Removes a file at once; no error when there is none. */
  removeNow(path: string): void;
  /** Resolves when the file's bytes and length are on the device. */
  syncData(descriptor: number): Promise<void>;
  /** Resolves when the directory's names are on the device. */
  syncDirectory(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

const syncDescriptor = promisify(fdatasync);

/** The real thing. */
export const nodeFiles: FileOperations = {
  open: (path, flags) => openSync(path, flags, 0o640),
  write: (descriptor, bytes, offset, length, position) => writeSync(descriptor, bytes, offset, length, position),
  truncate: (descriptor, length) => ftruncateSync(descriptor, length),
  close: (descriptor) => closeSync(descriptor),
  removeNow: (path) => rmSync(path, { force: true }),
  syncData: (descriptor) => syncDescriptor(descriptor),
  syncDirectory,
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
};

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes all the bytes at a position, however many calls that takes. */
export function writeAll(
  files: FileOperations,
  descriptor: number,
  bytes: Uint8Array,
  length: number,
  position: number,
): void {
  let written = 0;
  while (written < length) {
    written += files.write(descriptor, bytes, written, length - written, position + written);
  }
}
