/** Starting from what the disk holds: which head is the latest, does the tree bear it out, what lies beyond it. */
import { dirname, join } from "node:path";
import { FaultError } from "@openjmc/model";
import {
  bytesEqual,
  bytesToHex,
  type Checkpoint,
  hashesAtLevel,
  type LogEdge,
  levelCount,
  parseTilePath,
  TILE_WIDTH,
  tileBelongs,
  tileNodes,
  tilePath,
  treeRoot,
} from "@openjmc/record";
import { TEMPORARY_SUFFIX } from "./durable.ts";
import { loadEdge } from "./edge.ts";
import type { RecordFiles } from "./files.ts";
import { putHead, readHead, sameHead } from "./head.ts";
import { checkpointFile, headFile, type KeeperOptions, type Published } from "./options.ts";

export interface Recovered {
  readonly head: Published;
  readonly edge: LogEdge;
  /** Files of an unfinished commit that were removed, relative to the record. */
  readonly removed: readonly string[];
}

/** Errors (thrown): `record.missing`, `record.damaged`, `record.forked`, `record.rolled-back`, refusals of bad notes. */
export async function recover(options: KeeperOptions, files: RecordFiles): Promise<Recovered> {
  const kept = await readHead(options, files, headFile(options));
  const published = await readHead(options, files, checkpointFile(options));
  const head = latest(options, kept, published);
  const loaded = await loadEdge(options, files, head);
  for (const other of [kept, published, ...(options.known ?? [])]) {
    if (other) await checkSameHistory(options, files, head, other);
  }
  const removed = await removeBeyond(options, files, head.size);
  await syncEdgeFolders(options, files, head.size);
  const settled = kept && published && sameHead(kept, head) && sameHead(published, head);
  if (!settled) await putHead(options, files, head.note);
  return { head, edge: loaded, removed };
}

function latest(options: KeeperOptions, kept: Published | undefined, published: Published | undefined): Published {
  const head = kept && published ? (published.size > kept.size ? published : kept) : (kept ?? published);
  if (head) return head;
  throw new FaultError({
    code: "record.missing",
    what: "record",
    where: { file: checkpointFile(options) },
    expected: "a checkpoint; a record is only made by founding it",
  });
}

/** A checkpoint that someone has must be a beginning of our tree. */
async function checkSameHistory(
  options: KeeperOptions,
  files: RecordFiles,
  head: Published,
  other: Checkpoint,
): Promise<void> {
  if (other.size > head.size) {
    throw history("record.rolled-back", options, `a history of at least ${other.size} entries`, `${head.size}`);
  }
  const root = await rootOf(options, files, head.size, other.size);
  if (!bytesEqual(root, other.root)) {
    throw history("record.forked", options, `root ${bytesToHex(other.root)} at size ${other.size}`, bytesToHex(root));
  }
}

async function rootOf(options: KeeperOptions, files: RecordFiles, size: number, at: number): Promise<Uint8Array> {
  const tiles = new Map<string, Uint8Array>();
  for (;;) {
    let missing: string | undefined;
    const nodes = tileNodes(
      options.primitives.sha256,
      (path) => {
        if (!tiles.has(path)) missing = path;
        return tiles.get(path);
      },
      size,
    );
    try {
      return treeRoot(options.primitives.sha256, nodes, at);
    } catch (problem) {
      const bytes = missing === undefined ? undefined : await files.read(join(options.recordFolder, missing));
      if (!bytes) throw problem;
      tiles.set(missing!, bytes);
    }
  }
}

/** What a commit wrote and did not get to seal was acknowledged to nobody: it goes. */
export async function removeBeyond(options: KeeperOptions, files: RecordFiles, size: number): Promise<string[]> {
  const beyond = (await files.list(options.recordFolder)).filter((path) => {
    if (path.endsWith(TEMPORARY_SUFFIX)) return true;
    const tile = parseTilePath(path);
    return tile.ok && !tileBelongs(tile.value, size);
  });
  for (const path of beyond) await files.remove(join(options.recordFolder, path));
  return beyond;
}

/**
 * A process that was killed may have left folders whose names were never synced. Those that the next commits write into
 * are synced now, so that a folder that exists can be taken to be durable.
 */
async function syncEdgeFolders(options: KeeperOptions, files: RecordFiles, size: number): Promise<void> {
  const levels = Array.from({ length: levelCount(size) + 2 }, (_, level) => level);
  const folders = new Set(["."]);
  for (const level of [...levels, "entries" as const]) {
    const count = level === "entries" ? size : hashesAtLevel(size, level);
    const name = tilePath({ level, index: Math.floor(count / TILE_WIDTH), width: 1 });
    for (let folder = dirname(name); folder !== "."; folder = dirname(folder)) folders.add(folder);
  }
  for (const folder of folders) {
    await files.syncFolder(join(options.recordFolder, folder)).catch(unlessMissing);
  }
}

function unlessMissing(problem: NodeJS.ErrnoException): void {
  if (problem.code !== "ENOENT") throw problem;
}

function history(code: string, options: KeeperOptions, expected: string, got: string): FaultError {
  return new FaultError({ code, what: "record", where: { file: options.recordFolder }, expected, got });
}
