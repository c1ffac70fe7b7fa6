/**
 * Writing files so that each is there whole or not at all, and stays: a temporary file beside it, written and synced,
 * renamed over it, and the folder synced. Folders that are missing are made and synced in the same manner.
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
  await stage(files, wanted);
  await allDone(wanted.map((file) => unstage(files, file.path)));
  const folders = new Set(wanted.map((file) => dirname(file.path)));
  await allDone([...folders].map((folder) => files.syncFolder(folder)));
}

/** Writes the temporary files: their bytes are durable, the files are not yet where they belong. */
export async function stage(files: RecordFiles, wanted: readonly DurableFile[]): Promise<void> {
  await allDone(
    wanted.map(async ({ path, bytes }) => {
      try {
        await files.write(path + TEMPORARY_SUFFIX, bytes);
      } catch (problem) {
        if ((problem as NodeJS.ErrnoException).code !== "ENOENT") throw problem;
        await makeFolders(files, dirname(path));
        await files.write(path + TEMPORARY_SUFFIX, bytes);
      }
    }),
  );
}

/** Puts a staged file in its place, for all to see; durable once its folder has been synced. */
export function unstage(files: RecordFiles, path: string): Promise<void> {
  return files.rename(path + TEMPORARY_SUFFIX, path);
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

/** Waits for all even if one fails, so that nothing is still being written when the failure is told. */
async function allDone(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === "rejected") throw result.reason;
}
