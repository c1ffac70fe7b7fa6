/** Closes a segment: compresses it block by block beside the open file, makes that durable, and only then removes the open file. */
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";
import type { Block } from "./block.ts";
import { type ClosedBlock, encodeClosedHeader, encodeClosedIndex } from "./closed-format.ts";
import { type FileOperations, writeAll } from "./file-operations.ts";
import { type SegmentName, segmentFileName } from "./name.ts";
import { readAt } from "./scan.ts";
import { faultErrorOf } from "./system-fault.ts";

const compress = promisify(zstdCompress);
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 } };

/**
 * Closes the open segment of that name. On any failure the open file stays as it was, readable, and the error is thrown as a
 * `FaultError` (`disk.full`, …).
 */
export async function closeSegment(
  files: FileOperations,
  directory: string,
  name: SegmentName,
  blocks: readonly Block[],
): Promise<void> {
  const openPath = join(directory, segmentFileName(name));
  const closedPath = `${openPath}.zst`;
  const temporaryPath = `${closedPath}.tmp`;
  try {
    await files.remove(temporaryPath);
    await writeClosed(files, openPath, temporaryPath, name, blocks);
    await files.rename(temporaryPath, closedPath);
    await files.syncDirectory(dirname(closedPath));
    await files.remove(openPath);
  } catch (error) {
    await files.remove(temporaryPath).catch(() => undefined);
    throw faultErrorOf(error, "closing of a segment", openPath);
  }
}

async function writeClosed(
  files: FileOperations,
  openPath: string,
  temporaryPath: string,
  name: SegmentName,
  blocks: readonly Block[],
): Promise<void> {
  const source = await open(openPath, "r");
  const target = files.open(temporaryPath, "wx+");
  try {
    let position = 0;
    const put = (bytes: Uint8Array): void => {
      writeAll(files, target, bytes, bytes.length, position);
      position += bytes.length;
    };
    put(encodeClosedHeader(name));
    const closed: ClosedBlock[] = [];
    for (const block of blocks) {
      const packed = await compress(await readAt(source, block.offset, block.bytes), OPTIONS);
      closed.push({ ...block, closedOffset: position, closedBytes: packed.length });
      put(packed);
    }
    put(encodeClosedIndex(closed));
    await files.syncData(target);
  } finally {
    files.close(target);
    await source.close();
  }
}
