/** Going through a record's bundles from the first entry to the last: hashes, tiles, statements. */
import { bytesEqual } from "../bytes/bytes.ts";
import type { Result } from "../fault.ts";
import { HASH_BYTES, leafHash } from "../merkle/hash.ts";
import type { TreeHistory } from "../merkle/history.ts";
import type { RefusedLeaf } from "../replay/replay.ts";
import { emptyState, type ReplayState } from "../replay/state.ts";
import { decodeBundle } from "../tiles/bundle.ts";
import { tilesForGrowth } from "../tiles/list.ts";
import { TILE_WIDTH, type TileName, tilePath } from "../tiles/path.ts";
import { decodeReleased, releasedPath } from "../tiles/released.ts";
import { finding, type RecordFinding } from "./finding.ts";
import { type ReplayedStretch, replayQuickly, replayStrictly } from "./leaves.ts";
import type { Listing } from "./listing.ts";
import type { RecordReader } from "./reader.ts";
import type { VerifyOptions } from "./record.ts";
import { Story } from "./story.ts";
import { checkTile, readTile, widestAt } from "./tiles.ts";

export interface WalkOutcome {
  /** What the entries tell, where that was asked for. */
  readonly story?: Story;
  readonly findings: readonly RecordFinding[];
  readonly state: ReplayState;
  /** A bundle is missing or broken: what comes after it is unknown. */
  readonly broken: boolean;
}

export interface WalkedRecord {
  readonly reader: RecordReader;
  readonly listing: Listing;
  readonly size: number;
}

/** How far the replay runs before the signatures: enough for many cores, little enough to be held in memory. */
const BUNDLES_AHEAD = 8;
/** Levels of the tree between one level of tiles and the next. */
const TILE_LEVELS = 8;

/** Findings: `bundle.missing`, `bundle.broken`, `tile.*`, `leaf.refused`, `leaf.not-in-tree`. */
export async function walkEntries(record: WalkedRecord, options: VerifyOptions): Promise<WalkOutcome> {
  const quick = await walk(record, options, replayQuickly);
  // Some signature is bad. Which leaves hold depends on which came before them, so all is done again, one by one.
  return quick ?? (await walk(record, options, replayStrictly))!;
}

type Replay = typeof replayQuickly;

async function walk(record: WalkedRecord, options: VerifyOptions, replay: Replay): Promise<WalkOutcome | undefined> {
  const findings: RecordFinding[] = [];
  const state = emptyState(options);
  const story = options.story && new Story(options.story === "entries");
  const outcome = { findings, state, ...(story ? { story } : {}) };
  // The signatures of some bundles are checked while the next ones are replayed.
  const pending: Promise<boolean>[] = [];
  for (let index = 0; index * TILE_WIDTH < record.size; index++) {
    const read = await readEntries(record, index);
    if (!read.ok) {
      findings.push(broken(index, read));
      return (await areSure(pending)) ? { ...outcome, broken: true } : undefined;
    }
    const entries = compareHashes(options, read.value, index, findings, story);
    const { hashes, bytes } = read.value;
    const oldSize = state.history.size;
    const taken = await takeIn(options, { state, entries, hashes, replay, story });
    findings.push(...(await checkTiles(record, state.history, oldSize, bytes)));
    pending.push(taken.sure);
    if (pending.length > BUNDLES_AHEAD && !(await pending.shift())) {
      await areSure(pending);
      return undefined;
    }
    findings.push(...taken.refused.map(refusal));
    options.onProgress?.(state.history.size, record.size);
  }
  return (await areSure(pending)) ? { ...outcome, broken: false } : undefined;
}

async function areSure(pending: readonly Promise<boolean>[]): Promise<boolean> {
  return (await Promise.all(pending)).every((good) => good);
}

/** Tiles that grew with a bundle. Their bytes are what the replay has hashed already; a bundle's are those that were read. */
async function checkTiles(
  record: WalkedRecord,
  history: TreeHistory,
  oldSize: number,
  bundle: Uint8Array | undefined,
): Promise<RecordFinding[]> {
  const findings: RecordFinding[] = [];
  for (const tile of tilesForGrowth(oldSize, history.size)) {
    const { level } = tile;
    if (level !== "entries") findings.push(...(await checkTile(record, tile, () => hashesOf(history, level, tile))));
    else if (bundle) findings.push(...(await checkTile(record, tile, () => bundle)));
  }
  return findings;
}

function hashesOf(history: TreeHistory, level: number, { index, width }: TileName): Uint8Array {
  return history.row(level * TILE_LEVELS, index * TILE_WIDTH, width);
}

/** A bundle's entries, with its bytes; where some are withheld, with the hashes of all of them instead. */
interface ReadEntries {
  readonly bytes?: Uint8Array;
  readonly entries: readonly (Uint8Array | undefined)[];
  readonly hashes?: readonly Uint8Array[];
}

async function readEntries(record: WalkedRecord, index: number): Promise<Result<ReadEntries>> {
  const width = widestAt({ level: "entries", index, width: TILE_WIDTH }, record.size);
  const tile = { level: "entries", index, width } as const;
  const bytes = await readTile(record.reader, tile);
  if (!bytes) return readReleased(record, index, width);
  const entries = decodeBundle(bytes, width);
  return entries.ok ? { ok: true, value: { entries: entries.value, bytes } } : entries;
}

/** What is given of a bundle from which entries are withheld. */
async function readReleased({ reader }: WalkedRecord, index: number, width: number): Promise<Result<ReadEntries>> {
  const path = releasedPath(index, width);
  const bytes = await reader.read(path);
  const hashes = await readTile(reader, { level: 0, index, width });
  const missing = bytes ? tilePath({ level: 0, index, width }) : tilePath({ level: "entries", index, width });
  if (!bytes || hashes?.length !== width * HASH_BYTES) {
    return { ok: false, fault: { code: "file.missing", what: "entry bundle", where: { file: missing } } };
  }
  const entries = decodeReleased(bytes, width);
  if (!entries.ok) return entries;
  const cut = (place: number) => hashes.slice(place * HASH_BYTES, (place + 1) * HASH_BYTES);
  return { ok: true, value: { entries: entries.value, hashes: entries.value.map((_, place) => cut(place)) } };
}

/** Of a bundle with withheld entries: what is given must be what the tree holds; else it counts as withheld, and is told. */
function compareHashes(
  options: VerifyOptions,
  { entries, hashes }: ReadEntries,
  bundle: number,
  findings: RecordFinding[],
  story: Story | undefined,
): readonly (Uint8Array | undefined)[] {
  if (!hashes) return entries;
  return entries.map((entry, place) => {
    if (!entry || bytesEqual(leafHash(options.sha256, entry), hashes[place]!)) return entry;
    const index = bundle * TILE_WIDTH + place;
    findings.push(finding("leaf.not-in-tree", { index }));
    story?.notInTree(index);
    return undefined;
  });
}

interface Stretch {
  readonly state: ReplayState;
  readonly entries: readonly (Uint8Array | undefined)[];
  readonly hashes: readonly Uint8Array[] | undefined;
  readonly replay: Replay;
  readonly story: Story | undefined;
}

async function takeIn(
  options: VerifyOptions,
  { state, entries, hashes, replay, story }: Stretch,
): Promise<ReplayedStretch> {
  const refused: RefusedLeaf[] = [];
  let sure = Promise.resolve(true);
  for (let place = 0; place < entries.length; ) {
    const leaves = runFrom(entries, place);
    if (leaves.length === 0) {
      story?.withhold(state.history.size);
      state.history.append(hashes![place]!);
      place += 1;
      continue;
    }
    place += leaves.length;
    if (options.statements === false) {
      for (const leaf of leaves) state.history.append(leafHash(options.sha256, leaf));
      continue;
    }
    const stretch = await replay(
      options.sha256,
      options.verifyMany,
      state,
      leaves,
      story && ((one) => story.accepted(one)),
    );
    for (const leaf of stretch.refused) story?.refused(leaf.index, leaf.fault.code);
    refused.push(...stretch.refused);
    const before = sure;
    sure = before.then(async (good) => (await stretch.sure) && good);
  }
  return { refused, sure };
}

/** Entries from a place on up to the next that is withheld. */
function runFrom(entries: readonly (Uint8Array | undefined)[], start: number): Uint8Array[] {
  const end = entries.indexOf(undefined, start);
  return entries.slice(start, end < 0 ? entries.length : end) as Uint8Array[];
}

function broken(index: number, result: Result<unknown>): RecordFinding {
  const fault = result.ok ? undefined : result.fault;
  return finding(fault?.code === "file.missing" ? "bundle.missing" : "bundle.broken", { bundle: index }, fault);
}

function refusal({ index, fault }: RefusedLeaf): RecordFinding {
  return finding("leaf.refused", { index, reason: fault.code }, fault);
}
