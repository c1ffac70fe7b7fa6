/** Where a backup is read from: a ZIP file or a folder. */
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { FaultError } from "@openjmc/model";
import { faultErrorOf } from "../../segments/index.ts";
import { ZipReader } from "../zip/reader.ts";
import type { Chunks } from "./target.ts";

export interface BackupSource {
  /** Every file there is, with `/`. */
  list(): Promise<readonly string[]>;
  /** Throws `backup.file-missing`. */
  read(path: string): Chunks;
  close(): Promise<void>;
}

/** Opens a backup. Throws `backup.missing`, `zip.*`. */
export async function openSource(path: string): Promise<BackupSource> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw faultErrorOf(error, "backup", path);
    throw new FaultError({
      code: "backup.missing",
      what: "backup",
      where: { file: path },
      expected: "a ZIP file or a folder",
    });
  });
  return found.isDirectory() ? folderSource(path) : zipSource(path);
}

async function zipSource(path: string): Promise<BackupSource> {
  const reader = await ZipReader.open(path);
  return {
    list: async () => [...reader.entries.keys()].filter((name) => !name.endsWith("/")),
    read: (name) => {
      const entry = reader.entries.get(name);
      if (entry === undefined) throw missingFile(path, name);
      return reader.read(entry);
    },
    close: () => reader.close(),
  };
}

function folderSource(path: string): BackupSource {
  return {
    list: async () => {
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(path, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
    },
    read: (name) => readFile(path, name),
    close: async () => undefined,
  };
}

async function* readFile(root: string, name: string): Chunks {
  try {
    yield* createReadStream(join(root, name)) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw missingFile(root, name);
    throw faultErrorOf(error, "file of a backup", join(root, name));
  }
}

function missingFile(path: string, name: string): FaultError {
  return new FaultError({
    code: "backup.file-missing",
    what: "file of a backup",
    where: { file: path, field: name },
    expected: "every file that the manifest names",
  });
}
