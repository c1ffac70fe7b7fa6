/** File operations that fail when a test says so: a disk with so many bytes left, or an operation that is refused. */
import { type FileOperations, nodeFiles } from "../file-operations.ts";

/** A disk that a test can fill and break. */
export interface FailingFiles extends FileOperations {
  /** Bytes that may still be written; `Infinity` at first. The write that crosses it goes in partly, then ENOSPC. */
  freeBytes: number;
  /** Operations that fail with EIO while they stand here. */
  readonly broken: Set<keyof FileOperations>;
}

/** An error as the operating system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: simulated`), { code });
}

export function failingFiles(base: FileOperations = nodeFiles): FailingFiles {
  const broken = new Set<keyof FileOperations>();
  const check = (operation: keyof FileOperations): void => {
    if (broken.has(operation)) throw systemError("EIO");
  };
  const disk: FailingFiles = {
    freeBytes: Number.POSITIVE_INFINITY,
    broken,
    open: (path, flags) => {
      check("open");
      return base.open(path, flags);
    },
    write: (descriptor, bytes, offset, length, position) => {
      check("write");
      const fitting = Math.min(length, disk.freeBytes);
      if (fitting <= 0) throw systemError("ENOSPC");
      disk.freeBytes -= fitting;
      return base.write(descriptor, bytes, offset, fitting, position);
    },
    truncate: (descriptor, length) => {
      check("truncate");
      base.truncate(descriptor, length);
    },
    close: (descriptor) => base.close(descriptor),
    removeNow: (path) => base.removeNow(path),
    syncData: async (descriptor) => {
      check("syncData");
      await base.syncData(descriptor);
    },
    syncDirectory: async (path) => {
      check("syncDirectory");
      await base.syncDirectory(path);
    },
    rename: async (from, to) => {
      check("rename");
      await base.rename(from, to);
    },
    remove: async (path) => {
      check("remove");
      await base.remove(path);
    },
  };
  return disk;
}
