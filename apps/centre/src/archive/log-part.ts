/** The record's own part of an archive: hash tiles whole at every level, entries as far as they are given. */
import {
  ARCHIVE,
  concat,
  encodeReleased,
  formatVkey,
  type KindTable,
  type Leaf,
  type NoteKey,
  type ReplayState,
  readLeaf,
  releasedPath,
  TILE_WIDTH,
  type TileName,
  tilePath,
  tilesForSize,
  unwrap,
  utf8,
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

/** A checkpoint, and the log's key under which it stands. */
export interface SignedEnd {
  readonly note: Uint8Array;
  readonly key: NoteKey;
}

/**
 * Writes a record as it was at a signed note: what stands in files is taken from the folder, where a keeper may be at work, by
 * the entries alone; hash tiles and cosigners are made of them. Entries that are given are told in the answer too.
 */
export async function writeLog(
  bag: BagWriter,
  recordFolder: string,
  { note, key }: SignedEnd,
  state: ReplayState,
  release: EntryRelease,
): Promise<LogPart> {
  const { size } = state.history;
  await bag.add(`${ARCHIVE.log}checkpoint`, note);
  await bag.add(`${ARCHIVE.log}log.vkey`, utf8(`${formatVkey(key)}\n`));
  await writeCosigners(bag, state);
  for (const tile of tilesForSize(size))
    if (tile.level !== "entries") await bag.add(`${ARCHIVE.log}${tilePath(tile)}`, tileOf(state, tile.level, tile));
  return writeEntries(bag, readLeaves(recordFolder, size), release, state.kinds);
}

async function writeCosigners(bag: BagWriter, { cosigners }: ReplayState): Promise<void> {
  if (!cosigners) return;
  const vkeys = cosigners.policy.witnesses.map(({ key }) => `${formatVkey(key)}\n`).join("");
  await bag.add(`${ARCHIVE.log}policy`, utf8(cosigners.text));
  await bag.add(`${ARCHIVE.log}cosigners.vkey`, utf8(vkeys));
}

/** Each entry of a tile is the root of 256^level leaves. */
function tileOf(
  { history }: ReplayState,
  level: number,
  { index, width }: Pick<TileName, "index" | "width">,
): Uint8Array {
  const hashes = Array.from({ length: width }, (_, place) => history.node(level * 8, index * TILE_WIDTH + place));
  return concat(...hashes);
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
