/** The record's own part of an archive: hash tiles whole at every level, entries as far as they are given. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  ARCHIVE,
  encodeReleased,
  type KindTable,
  type Leaf,
  type OpenedCheckpoint,
  readLeaf,
  releasedPath,
  TILE_WIDTH,
  tilePath,
  tilesForSize,
  unwrap,
} from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { readLeaves } from "../record/index.ts";
import type { BagWriter } from "./bag-writer.ts";
import type { EntryRelease } from "./release-entry.ts";

/** What of the log went into the archive. */
export interface LogPart {
  readonly given: readonly { readonly index: number; readonly leaf: Leaf; readonly bytes: Uint8Array }[];
  readonly withheld: number;
}

const KEY_FILES = ["checkpoint", "log.vkey", "cosigners.vkey", "policy"];

/** Writes tiles and bundles of a record of `checkpoint.size`. Entries that are given are told in the answer too. */
export async function writeLog(
  bag: BagWriter,
  recordFolder: string,
  checkpoint: Pick<OpenedCheckpoint, "size">,
  release: EntryRelease,
  kinds: KindTable,
): Promise<LogPart> {
  const { size } = checkpoint;
  for (const name of KEY_FILES.filter((file) => existsSync(join(recordFolder, file))))
    await bag.add(`${ARCHIVE.log}${name}`, await readFile(join(recordFolder, name)));
  for (const tile of tilesForSize(size)) {
    if (tile.level === "entries") continue;
    const path = tilePath(tile);
    await bag.add(`${ARCHIVE.log}${path}`, await readFile(join(recordFolder, path)));
  }
  return writeEntries(bag, readLeaves(recordFolder, size), release, kinds);
}

async function writeEntries(
  bag: BagWriter,
  leaves: Iterable<Uint8Array>,
  release: EntryRelease,
  kinds: KindTable,
): Promise<LogPart> {
  const given: { index: number; leaf: Leaf; bytes: Uint8Array }[] = [];
  let bundle: (Uint8Array | undefined)[] = [];
  let index = 0;
  let withheld = 0;
  const write = async (): Promise<void> => {
    const number = Math.floor((index - 1) / TILE_WIDTH);
    const isWhole = !bundle.includes(undefined);
    const path = isWhole
      ? tilePath({ level: "entries", index: number, width: bundle.length })
      : releasedPath(number, bundle.length);
    await bag.add(`${ARCHIVE.log}${path}`, unwrap(encodeReleased(bundle)));
    bundle = [];
  };
  for (const bytes of leaves) {
    const leaf = readLeaf(nodePrimitives.sha256, bytes);
    const isGiven = leaf.ok && release.isGiven(leaf.value, kinds);
    if (isGiven) given.push({ index, leaf: leaf.value, bytes });
    else withheld += 1;
    bundle.push(isGiven ? bytes : undefined);
    index += 1;
    if (bundle.length === TILE_WIDTH) await write();
  }
  if (bundle.length > 0) await write();
  return { given, withheld };
}
