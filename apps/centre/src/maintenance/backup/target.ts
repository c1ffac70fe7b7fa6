/** Where a backup goes: a ZIP file or a folder. Either bears its final name only when it is whole and on the device. */
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FaultError, type Instant } from "@openjmc/model";
import { faultErrorOf } from "../../segments/index.ts";
import { ZipWriter } from "../zip/writer.ts";

export type Chunks = AsyncIterable<Uint8Array>;

export interface BackupTarget {
  put(path: string, chunks: Chunks): Promise<void>;
  /** Gives the backup its name. */
  finish(): Promise<void>;
  /** Removes what there is of it. */
  abort(): Promise<void>;
}

/** Begins a backup at a path: a ZIP file if it ends in `.zip`, a folder otherwise. Throws `backup.exists`. */
export async function openTarget(path: string, now: Instant): Promise<BackupTarget> {
  await refuseExisting(path);
  const partial = `${path}.partial`;
  await rm(partial, { recursive: true, force: true });
  try {
    if (path.endsWith(".zip")) return zipTarget(path, partial, await ZipWriter.create(partial, now));
    await mkdir(partial, { mode: 0o700 });
    return folderTarget(path, partial);
  } catch (error) {
    throw faultErrorOf(error, "beginning of a backup", path);
  }
}

async function refuseExisting(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || (found.isDirectory() && (await readdir(path)).length === 0)) return;
  throw new FaultError({
    code: "backup.exists",
    what: "backup",
    where: { file: path },
    expected: "a name that is not taken, or an empty folder",
  });
}

function zipTarget(path: string, partial: string, writer: ZipWriter): BackupTarget {
  return {
    put: (name, chunks) => writer.add(name, chunks),
    finish: async () => {
      await writer.finish();
      await rename(partial, path);
      await syncFolder(dirname(path));
    },
    abort: async () => {
      await writer.abort();
      await rm(partial, { force: true });
    },
  };
}

function folderTarget(path: string, partial: string): BackupTarget {
  const folder = new DurableFolder(partial);
  return {
    put: (name, chunks) => folder.put(name, chunks),
    finish: () => folder.finish(path),
    abort: () => rm(partial, { recursive: true, force: true }),
  };
}

/** A folder being filled: every file is synced, and all names are synced before it gets its own. */
export class DurableFolder {
  readonly #root: string;
  readonly #folders = new Set<string>();

  constructor(root: string) {
    this.#root = root;
    this.#folders.add(root);
  }

  /** Writes one new file, readable by its owner only. */
  async put(name: string, chunks: Chunks): Promise<void> {
    const path = join(this.#root, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    for (let folder = dirname(path); !this.#folders.has(folder); folder = dirname(folder)) this.#folders.add(folder);
    const handle = await open(path, "wx", 0o600);
    try {
      for await (const chunk of chunks) await handle.appendFile(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  /** Renames it into place, over nothing or an empty folder. */
  async finish(path: string): Promise<void> {
    for (const folder of this.#folders) await syncFolder(folder);
    await rename(this.#root, path);
    await syncFolder(dirname(path));
  }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  await handle.sync().finally(() => handle.close());
}
