/** The centre's folder: where everything lies, held by one process at a time. */
import { mkdirSync, readdirSync, statfsSync } from "node:fs";
import { FaultError, type Instant } from "@openjmc/model";
import { faultErrorOf } from "../segments/index.ts";
import { type FolderPaths, KNOWN_NAMES, pathsOf } from "./layout.ts";
import { type Lock, type LockHolder, takeLock } from "./lock.ts";

/** Room on the device that the folder lies on, in bytes. */
export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

export interface FolderOptions {
  /** What this process does there: told to whoever is refused. */
  readonly purpose: string;
  readonly now: Instant;
  /** Creates the folder where it is missing; otherwise a missing folder is refused. */
  readonly create?: boolean;
  /** Refuses to begin with less room than this; 64 MiB unless said. */
  readonly minimumFreeBytes?: number;
}

const DEFAULT_MINIMUM_FREE_BYTES = 64 * 1024 * 1024;

/**
 * Opens a centre's folder and locks it for this process.
 * Throws `folder.missing`, `folder.in-use` (names the process), `disk.full`, `file.forbidden`.
 */
export function openFolder(root: string, options: FolderOptions): Folder {
  const paths = pathsOf(root);
  if (options.create === true) makeFolder(root);
  requireRoom(root, options.minimumFreeBytes ?? DEFAULT_MINIMUM_FREE_BYTES);
  return new Folder(paths, takeLock(paths.lock, options.purpose, options.now));
}

export class Folder {
  readonly paths: FolderPaths;
  readonly #lock: Lock;

  /** @internal use `openFolder` */
  constructor(paths: FolderPaths, lock: Lock) {
    this.paths = paths;
    this.#lock = lock;
  }

  /** The dead process whose lock was taken over: the last run did not end as it should. */
  get takenFrom(): LockHolder | undefined {
    return this.#lock.takenFrom;
  }

  space(): DiskSpace {
    return spaceOf(this.paths.root);
  }

  unknownFiles(): readonly string[] {
    return unknownFilesIn(this.paths.root);
  }

  /** Lets another process in. */
  close(): void {
    this.#lock.release();
  }
}

/** Names in a folder that no part of a centre has put there. */
export function unknownFilesIn(root: string): readonly string[] {
  return readdirSync(root)
    .filter((name) => !KNOWN_NAMES.has(name))
    .sort();
}

/** Room for an ordinary user. Throws `folder.missing`. */
export function spaceOf(root: string): DiskSpace {
  try {
    const { bavail, blocks, bsize } = statfsSync(root);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw faultErrorOf(error, "folder of the centre", root);
    throw new FaultError({
      code: "folder.missing",
      what: "folder of the centre",
      where: { file: root },
      expected: "a folder that `jmc init` or `npm start` has founded",
    });
  }
}

function makeFolder(root: string): void {
  try {
    mkdirSync(root, { recursive: true, mode: 0o750 });
  } catch (error) {
    throw faultErrorOf(error, "founding of the folder", root);
  }
}

function requireRoom(root: string, minimumFreeBytes: number): void {
  const { freeBytes } = spaceOf(root);
  if (freeBytes >= minimumFreeBytes) return;
  throw new FaultError({
    code: "disk.full",
    what: "folder of the centre",
    where: { file: root },
    expected: `at least ${minimumFreeBytes} bytes free`,
    got: String(freeBytes),
  });
}
