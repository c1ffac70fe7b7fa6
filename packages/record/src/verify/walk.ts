/** Going through a record's bundles from the first entry to the last: hashes, tiles, statements. */
import { type Result, unwrap } from "../fault.ts";
import { leafHash } from "../merkle/hash.ts";
import type { RefusedLeaf } from "../replay/replay.ts";
import { emptyState, type ReplayState } from "../replay/state.ts";
import { decodeBundle } from "../tiles/bundle.ts";
import { TILE_WIDTH, tilePath } from "../tiles/path.ts";
import { EMPTY_LOG, planAppend } from "../tiles/writer.ts";
import { finding, type RecordFinding } from "./finding.ts";
import { replayQuickly, replayStrictly } from "./leaves.ts";
import type { Listing } from "./listing.ts";
import type { RecordReader } from "./reader.ts";
import type { VerifyOptions } from "./record.ts";
import { checkTile, readTile, widestAt } from "./tiles.ts";

export interface WalkOutcome {
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

/** Findings: `bundle.missing`, `bundle.broken`, `tile.*`, `leaf.refused`. */
export async function walkEntries(record: WalkedRecord, options: VerifyOptions): Promise<WalkOutcome> {
  const quick = await walk(record, options, replayQuickly);
  // Some signature is bad. Which leaves hold depends on which came before them, so all is done again, one by one.
  return quick ?? (await walk(record, options, replayStrictly))!;
}

type Replay = typeof replayQuickly;

async function walk(record: WalkedRecord, options: VerifyOptions, replay: Replay): Promise<WalkOutcome | undefined> {
  const findings: RecordFinding[] = [];
  const state = emptyState(options);
  let edge = EMPTY_LOG;
  // The signatures of one bundle are checked while the next is replayed.
  let sure = Promise.resolve(true);
  for (let index = 0; index * TILE_WIDTH < record.size; index++) {
    const entries = await readEntries(record, index);
    if (!entries.ok) {
      return (await sure) ? { findings: [...findings, broken(index, entries)], state, broken: true } : undefined;
    }
    const plan = unwrap(planAppend(options.sha256, edge, entries.value));
    edge = plan.edge;
    for (const file of plan.files) findings.push(...(await checkTile(record, file)));
    const taken = await takeIn(options, state, entries.value, replay);
    if (!(await sure)) return undefined;
    sure = taken.sure;
    findings.push(...taken.refused.map(refusal));
    options.onProgress?.(edge.tree.size, record.size);
  }
  return (await sure) ? { findings, state, broken: false } : undefined;
}

async function readEntries({ reader, size }: WalkedRecord, index: number): Promise<Result<Uint8Array[]>> {
  const width = widestAt({ level: "entries", index, width: TILE_WIDTH }, size);
  const tile = { level: "entries", index, width } as const;
  const bytes = await readTile(reader, tile);
  if (bytes) return decodeBundle(bytes, width);
  const path = tilePath(tile);
  return { ok: false, fault: { code: "file.missing", what: "entry bundle", where: { file: path } } };
}

async function takeIn(options: VerifyOptions, state: ReplayState, leaves: readonly Uint8Array[], replay: Replay) {
  if (options.statements !== false) return replay(options.sha256, options.verifyMany, state, leaves);
  for (const leaf of leaves) state.history.append(leafHash(options.sha256, leaf));
  return { refused: [], sure: Promise.resolve(true) };
}

function broken(index: number, result: Result<unknown>): RecordFinding {
  const fault = result.ok ? undefined : result.fault;
  return finding(fault?.code === "file.missing" ? "bundle.missing" : "bundle.broken", { bundle: index }, fault);
}

function refusal({ index, fault }: RefusedLeaf): RecordFinding {
  return finding("leaf.refused", { index, reason: fault.code }, fault);
}
