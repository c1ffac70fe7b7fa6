/** The rest: attachments, local.db as of one moment, and every other file that belongs to a centre. */
import { createReadStream } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { Attachments } from "../../attachments/index.ts";
import { type Finding, findingsOf } from "../finding.ts";
import { isKept } from "./manifest.ts";
import type { BackupPart, CopyPart } from "./part.ts";
import type { Chunks } from "./target.ts";

/** Names that other parts have taken. */
const TAKEN: ReadonlySet<string> = new Set([
  "record",
  "keeper",
  "recorded-at.bin",
  "journal",
  "picture",
  "attachments",
  "local.db",
]);

export const copyAttachments: CopyPart = async (part) => {
  const attachments = new Attachments({ directory: part.paths.attachments });
  let files = 0;
  const there = await stat(part.paths.attachments).catch(() => undefined);
  if (there !== undefined)
    for await (const { sha256 } of attachments.list()) {
      await part.put(`attachments/${sha256.slice(0, 2)}/${sha256}`, await attachments.read(sha256));
      files += 1;
    }
  return findingsOf("attachments")("good", "backup.attachments", { files });
};

/** Through SQLite's own copying, which gives the state between two transactions (sqlite.org/backup.html). */
export const copyLocal: CopyPart = async (part) => {
  const found = await stat(part.paths.local).catch(() => undefined);
  if (found === undefined) return findingsOf("local")("notice", "local.missing");
  const folder = await mkdtemp(join(tmpdir(), "openjmc-backup-"));
  const database = new DatabaseSync(part.paths.local, { readOnly: true });
  try {
    const copy = join(folder, "local.db");
    await backup(database, copy);
    await part.put("local.db", fileChunks(copy, (await stat(copy)).size));
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
  return findingsOf("local")("good", "backup.local");
};

/** Configuration, mission, keys, certificates, exercise: each file as long as it is at this moment. */
export async function* copyOthers(part: BackupPart): AsyncGenerator<Finding> {
  const finding = findingsOf("folder");
  let files = 0;
  for (const name of (await readdir(part.paths.root)).sort()) {
    if (TAKEN.has(name)) continue;
    if (!isKept(name)) {
      if (!isMadeAgain(name)) yield finding("notice", "backup.left-out", { name });
      continue;
    }
    for (const path of await filesBelow(part.paths.root, name)) {
      const full = join(part.paths.root, path);
      await part.put(path, fileChunks(full, (await stat(full)).size));
      files += 1;
    }
  }
  yield finding("good", "backup.others", { files });
}

/** What needs no mention: locks and sockets, databases made anew, write-ahead logs. */
function isMadeAgain(name: string): boolean {
  return name === "lock" || name === "door" || /\.db(-|$)/.test(name);
}

async function filesBelow(root: string, name: string): Promise<readonly string[]> {
  const path = join(root, name);
  if (!(await stat(path)).isDirectory()) return [name];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** A file that grows is copied as long as it was when asked. */
async function* fileChunks(path: string, bytes: number): Chunks {
  if (bytes > 0) yield* createReadStream(path, { end: bytes - 1 }) as AsyncIterable<Uint8Array>;
}
