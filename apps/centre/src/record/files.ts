/** The few file operations that the record keeper needs, behind one narrow door, so that tests can let each of them fail. */
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";

export interface RecordFiles {
  /** Bytes of a file; undefined where there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Writes a file anew and resolves when its bytes are on the device; its name may not be yet. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Resolves when the names in a folder are on the device. */
  syncFolder(path: string): Promise<void>;
  /** Makes one folder; says whether it was new. */
  makeFolder(path: string): Promise<boolean>;
  /** Removes a file, or a folder with what is in it. No error when there is none. */
  remove(path: string): Promise<void>;
  /** Every file below a folder, by its path relative to it with `/`; links and other oddities too. */
  list(path: string): Promise<string[]>;
}

export const nodeRecordFiles: RecordFiles = {
  read: (path) => unlessMissing(readFile(path)),
  write: writeSynced,
  rename,
  syncFolder: async (path) => {
    const handle = await open(path, "r");
    await handle.sync().finally(() => handle.close());
  },
  makeFolder: async (path) => {
    try {
      await mkdir(path, { mode: 0o750 });
      return true;
    } catch (problem) {
      if ((problem as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw problem;
    }
  },
  remove: (path) => rm(path, { recursive: true, force: true }),
  list: async (path) => {
    const entries = (await unlessMissing(readdir(path, { recursive: true, withFileTypes: true }))) ?? [];
    const files = entries.filter((entry) => !entry.isDirectory());
    return files.map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(path.length + 1)
        .replaceAll("\\", "/"),
    );
  },
};

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "w", 0o640);
  try {
    await handle.writeFile(bytes);
    // On the same descriptor: an error in writing back is only sure to be told to who wrote.
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw problem;
  }
}
