/** One segment as bytes to copy, while its writer may be at work: a closed one whole, an open one up to its last whole record. */
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { readClosedIndex } from "./closed-format.ts";
import { HEADER_BYTES, type SegmentName, segmentFileName } from "./name.ts";
import { readAt, scanSegment } from "./scan.ts";

export interface SegmentCopy {
  /** Path of the file that is copied. */
  readonly file: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly lastSequence: number | undefined;
  close(): Promise<void>;
}

const CHUNK_BYTES = 1024 * 1024;

/** Throws `segment.*` faults for a closed segment whose index cannot be read. */
export async function copySegment(directory: string, name: SegmentName): Promise<SegmentCopy> {
  const path = join(directory, segmentFileName(name));
  const raw = await open(path, "r").catch(() => undefined);
  const scan = raw === undefined ? undefined : await scanSegment(path).catch(() => undefined);
  if (raw !== undefined && scan !== undefined)
    return copyOf(path, raw, Math.min(scan.fileBytes, Math.max(HEADER_BYTES, scan.goodBytes)), scan.lastSequence);
  await raw?.close();
  // It is closed, or was being closed between the two looks.
  const closed = await open(`${path}.zst`, "r");
  const blocks = await readClosedIndex(closed, `${path}.zst`);
  return copyOf(`${path}.zst`, closed, (await closed.stat()).size, blocks.at(-1)?.lastSequence);
}

function copyOf(file: string, handle: FileHandle, bytes: number, lastSequence: number | undefined): SegmentCopy {
  return { file, chunks: chunksOf(handle, bytes), lastSequence, close: () => handle.close() };
}

async function* chunksOf(handle: FileHandle, bytes: number): AsyncGenerator<Uint8Array> {
  for (let position = 0; position < bytes; position += CHUNK_BYTES)
    yield await readAt(handle, position, Math.min(CHUNK_BYTES, bytes - position));
}
