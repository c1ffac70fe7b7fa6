/**
 * Writing files so that each is there whole or not at all, and stays: a temporary file beside it, written and synced,
 * renamed over it, and the folder synced. Folders on the way are made and synced in the same manner.
 */
import { dirname } from "node:path";
import type { RecordFiles } from "./files.ts";

export const TEMPORARY_SUFFIX = ".tmp";

export interface DurableFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Resolves when all the files are durable. They may become so in any order; what must come later is another call. */
export async function writeDurably(files: RecordFiles, wanted: readonly DurableFile[]): Promise<void> {
  const folders = [...new Set(wanted.map((file) => dirname(file.path)))];
  for (const folder of folders) await makeFolders(files, folder);
  await allDone(wanted.map((file) => files.write(file.path + TEMPORARY_SUFFIX, file.bytes)));
  await allDone(wanted.map((file) => files.rename(file.path + TEMPORARY_SUFFIX, file.path)));
  await allDone(folders.map((folder) => files.syncFolder(folder)));
}

/** Waits for all even if one fails, so that nothing is still being written when the failure is told. */
async function allDone(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

/** Makes a folder and what is missing above it. A folder found to exist is taken to be durable. */
export async function makeFolders(files: RecordFiles, folder: string): Promise<void> {
  const parent = dirname(folder);
  if (parent === folder) return;
  try {
    if (await files.makeFolder(folder)) await files.syncFolder(parent);
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== "ENOENT") throw problem;
    await makeFolders(files, parent);
    if (await files.makeFolder(folder)) await files.syncFolder(parent);
  }
}
