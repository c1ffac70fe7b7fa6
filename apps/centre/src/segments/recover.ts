/**
 * What a writer does with a directory before it writes: unfinished files are removed, a torn tail is cut off (its bytes are
 * kept beside the segment as `.torn`), and the next sequence number is found.
 */
import { open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "@openjmc/model";
import { type FileOperations, writeAll } from "./file-operations.ts";
import { readFrame, type SegmentRecord, statedFrameBytes } from "./frame.ts";
import { HEADER_BYTES, requireHeader, type SegmentKind, type SegmentName, segmentFileName } from "./name.ts";
import { openSegment } from "./opened-segment.ts";
import { listSegments } from "./reader.ts";
import { readAt, type Scan, scanSegment } from "./scan.ts";

/** An open segment found at start, cut to its good records. */
export interface RecoveredSegment {
  readonly name: SegmentName;
  readonly scan: Scan;
}

/** What was found and mended. */
export interface Recovery {
  /** Segments not closed yet, oldest first; the last one may be gone on with. */
  readonly open: readonly RecoveredSegment[];
  readonly nextSequence: number;
  /** What an operator should know: torn tails that were cut. */
  readonly notices: readonly Fault[];
}

/** Mends a directory after whatever happened. `visit` sees every record of the newest open segment. */
export async function recoverSegments(
  files: FileOperations,
  directory: string,
  kind: SegmentKind,
  visit?: (record: SegmentRecord) => void,
): Promise<Recovery> {
  await removeUnfinished(files, directory, kind);
  const names = await listSegments(directory, kind);
  const found: RecoveredSegment[] = [];
  const notices: Fault[] = [];
  let nextSequence = 1;
  for (const name of names) {
    const newest = name === names.at(-1);
    nextSequence = Math.max(nextSequence, name.firstSequence);
    if (await isClosed(files, directory, name)) {
      nextSequence = Math.max(nextSequence, newest ? await behindClosed(directory, name) : 0);
      continue;
    }
    const mended = await mend(files, directory, name, newest ? visit : undefined);
    if (mended.notice !== undefined) notices.push(mended.notice);
    nextSequence = Math.max(nextSequence, mended.nextSequence);
    if (mended.scan !== undefined) found.push({ name, scan: mended.scan });
  }
  return { open: found, nextSequence, notices };
}

async function removeUnfinished(files: FileOperations, directory: string, kind: SegmentKind): Promise<void> {
  for (const file of await readdir(directory))
    if (file.endsWith(`.${kind}.zst.tmp`)) await files.remove(join(directory, file));
}

/** A closed file is whole by construction (renamed when durable); the open one beside it is a leftover. */
async function isClosed(files: FileOperations, directory: string, name: SegmentName): Promise<boolean> {
  const path = join(directory, segmentFileName(name));
  const closed = await stat(`${path}.zst`).catch(() => undefined);
  if (closed === undefined) return false;
  await (await openSegment(directory, name)).close();
  await files.remove(path);
  return true;
}

async function behindClosed(directory: string, name: SegmentName): Promise<number> {
  const segment = await openSegment(directory, name);
  await segment.close();
  return (segment.blocks.at(-1)?.lastSequence ?? name.firstSequence - 1) + 1;
}

interface Mended {
  readonly scan?: Scan;
  readonly nextSequence: number;
  readonly notice?: Fault;
}

async function mend(
  files: FileOperations,
  directory: string,
  name: SegmentName,
  visit?: (record: SegmentRecord) => void,
): Promise<Mended> {
  const path = join(directory, segmentFileName(name));
  const header = await readHeader(path);
  if (header.length < HEADER_BYTES) {
    await files.remove(path);
    return { nextSequence: name.firstSequence };
  }
  requireHeader(header, path);
  const scan = await scanSegment(path, visit);
  const behind = (scan.lastSequence ?? name.firstSequence - 1) + 1;
  const torn = scan.goodBytes < scan.fileBytes;
  const highest = torn ? await cutTail(files, path, scan, behind) : behind - 1;
  const kept = scan.lastSequence === undefined ? undefined : scan;
  // An empty segment is taken back: the next record may belong to another hour.
  if (kept === undefined) await files.remove(path);
  return {
    nextSequence: highest + 1,
    ...(kept === undefined ? {} : { scan: kept }),
    ...(torn ? { notice: cutNotice(path, scan) } : {}),
  };
}

async function readHeader(path: string): Promise<Uint8Array> {
  const handle = await open(path, "r");
  try {
    return await readAt(handle, 0, HEADER_BYTES);
  } finally {
    await handle.close();
  }
}

/** Keeps the tail beside the segment, then cuts it; returns the highest sequence number seen in it, so that none is given twice. */
async function cutTail(files: FileOperations, path: string, scan: Scan, behind: number): Promise<number> {
  const handle = await open(path, "r");
  const tail = await readAt(handle, scan.goodBytes, scan.fileBytes - scan.goodBytes).finally(() => handle.close());
  const kept = await readFile(`${path}.torn`).catch(() => undefined);
  const keeper = files.open(`${path}.torn`, kept === undefined ? "wx+" : "r+");
  try {
    writeAll(files, keeper, tail, tail.length, kept?.length ?? 0);
    await files.syncData(keeper);
  } finally {
    files.close(keeper);
  }
  const segment = files.open(path, "r+");
  try {
    files.truncate(segment, scan.goodBytes);
    await files.syncData(segment);
  } finally {
    files.close(segment);
  }
  return highestSequenceIn(tail, behind);
}

function highestSequenceIn(tail: Uint8Array, behind: number): number {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length);
  let highest = behind - 1;
  for (let offset = 0; offset < tail.length; ) {
    const frameBytes = statedFrameBytes(view, offset, tail.length);
    const whole = frameBytes > 0 && offset + frameBytes <= tail.length;
    const plausible = whole && view.getFloat64(offset + 8, true) >= behind;
    const record = plausible ? readFrame(tail, view, offset, frameBytes) : undefined;
    if (record !== undefined) highest = Math.max(highest, record.sequence);
    offset += record === undefined ? 1 : frameBytes;
  }
  return highest;
}

function cutNotice(path: string, scan: Scan): Fault {
  return {
    code: "segment.tail-cut",
    what: "torn end of a segment, as a crash leaves it",
    where: { file: path, offset: scan.goodBytes },
    expected: "a whole record",
    got: `${scan.fileBytes - scan.goodBytes} bytes that are none; they are kept in ${path}.torn`,
  };
}
