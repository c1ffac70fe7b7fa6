/** Reads a ZIP archive, stored or deflated, also one that another program has packed again. */
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { FaultError } from "@openjmc/model";
import { readAt } from "../../segments/index.ts";
import {
  ALL_ONES_32,
  CENTRAL_HEADER,
  CENTRAL_HEADER_BYTES,
  DEFLATED,
  ENCRYPTED_FLAG,
  END,
  END_64,
  END_64_BYTES,
  END_64_LOCATOR,
  END_64_LOCATOR_BYTES,
  END_BYTES,
  EXTRA_64,
  LOCAL_HEADER,
  LOCAL_HEADER_BYTES,
  STORED,
  type ZipEntry,
} from "./format.ts";

const LARGEST_COMMENT_BYTES = 65_535;
const LARGEST_TABLE_BYTES = 256 * 1024 * 1024;

export class ZipReader {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** As the table lists them: a name may stand in it more than once. */
  readonly listed: readonly ZipEntry[];
  readonly #path: string;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle, entries: readonly ZipEntry[]) {
    this.#path = path;
    this.#handle = handle;
    this.listed = entries;
    this.entries = new Map(entries.map((entry) => [entry.path, entry]));
  }

  /** Opens an archive. Throws `zip.malformed`, `zip.unsupported`. */
  static async open(path: string): Promise<ZipReader> {
    const handle = await open(path, "r");
    try {
      return new ZipReader(path, handle, await readTable(handle, path));
    } catch (error) {
      await handle.close();
      // A number that lies beyond what it is read from is one more way of being no archive.
      throw error instanceof RangeError ? malformed(path, error.message) : error;
    }
  }

  /** Bytes of one file, at most as many as the table says. Throws `zip.malformed`, `zip.unsupported`. */
  async *read(entry: ZipEntry): AsyncGenerator<Uint8Array> {
    if (entry.flags & ENCRYPTED_FLAG || (entry.method !== STORED && entry.method !== DEFLATED))
      throw unsupported(this.#path, entry);
    const header = viewOf(await readAt(this.#handle, entry.offset, LOCAL_HEADER_BYTES));
    if (header.byteLength < LOCAL_HEADER_BYTES || header.getUint32(0, true) !== LOCAL_HEADER)
      throw malformed(this.#path, `no file at byte ${entry.offset}`);
    const start = entry.offset + LOCAL_HEADER_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
    let bytes = 0;
    let crc = 0;
    for await (const chunk of this.#unpacked(entry, start)) {
      bytes += chunk.length;
      crc = crc32(chunk, crc);
      if (bytes > entry.bytes) throw malformed(this.#path, `${entry.path} is longer than its table says`);
      yield chunk;
    }
    if (bytes < entry.bytes || crc !== entry.crc) throw malformed(this.#path, `${entry.path} is not what was put in`);
  }

  #unpacked(entry: ZipEntry, start: number): AsyncIterable<Uint8Array> {
    if (entry.packedBytes === 0) return Readable.from([]);
    const packed = createReadStream(this.#path, { start, end: start + entry.packedBytes - 1 });
    return entry.method === STORED ? packed : this.#inflated(packed, entry);
  }

  async *#inflated(packed: Readable, entry: ZipEntry): AsyncGenerator<Uint8Array> {
    try {
      yield* packed.pipe(createInflateRaw());
    } catch (error) {
      throw malformed(this.#path, `${entry.path}: ${(error as Error).message}`);
    }
  }

  /** The name before the file's own bytes, which must be that of the table. */
  async localName(entry: ZipEntry): Promise<string> {
    const header = viewOf(await readAt(this.#handle, entry.offset, LOCAL_HEADER_BYTES));
    if (header.byteLength < LOCAL_HEADER_BYTES || header.getUint32(0, true) !== LOCAL_HEADER)
      throw malformed(this.#path, `no file at byte ${entry.offset}`);
    const name = await readAt(this.#handle, entry.offset + LOCAL_HEADER_BYTES, header.getUint16(26, true));
    return new TextDecoder().decode(name);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

async function readTable(handle: FileHandle, path: string): Promise<readonly ZipEntry[]> {
  const size = (await handle.stat()).size;
  const { start, bytes } = await findTable(handle, path);
  if (bytes > LARGEST_TABLE_BYTES || !(start + bytes <= size)) throw malformed(path, `a table of ${bytes} bytes`);
  const view = viewOf(await readAt(handle, start, bytes));
  const entries: ZipEntry[] = [];
  let offset = 0;
  while (offset + CENTRAL_HEADER_BYTES <= view.byteLength && view.getUint32(offset, true) === CENTRAL_HEADER) {
    const entry = readEntry(view, offset);
    if (!(entry.offset + entry.packedBytes <= size)) throw malformed(path, `${entry.path} lies beyond the end`);
    entries.push(entry);
    offset += CENTRAL_HEADER_BYTES + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(offset + field, true), 0);
  }
  return entries;
}

async function findTable(handle: FileHandle, path: string): Promise<{ start: number; bytes: number }> {
  const size = (await handle.stat()).size;
  const tailStart = Math.max(0, size - END_BYTES - LARGEST_COMMENT_BYTES - END_64_LOCATOR_BYTES);
  const tail = viewOf(await readAt(handle, tailStart, size - tailStart));
  for (let offset = tail.byteLength - END_BYTES; offset >= 0; offset--)
    if (tail.getUint32(offset, true) === END) return locate(handle, path, tail, offset);
  throw malformed(path, "no end of an archive");
}

async function locate(
  handle: FileHandle,
  path: string,
  tail: DataView,
  end: number,
): Promise<{ start: number; bytes: number }> {
  const locator = end - END_64_LOCATOR_BYTES;
  if (locator < 0 || tail.getUint32(locator, true) !== END_64_LOCATOR)
    return { start: tail.getUint32(end + 16, true), bytes: tail.getUint32(end + 12, true) };
  const record = viewOf(await readAt(handle, Number(tail.getBigUint64(locator + 8, true)), END_64_BYTES));
  if (record.byteLength < END_64_BYTES || record.getUint32(0, true) !== END_64)
    throw malformed(path, "no 64-bit end record where it should be");
  return { start: Number(record.getBigUint64(48, true)), bytes: Number(record.getBigUint64(40, true)) };
}

function readEntry(view: DataView, offset: number): ZipEntry {
  const nameBytes = view.getUint16(offset + 28, true);
  const name = new Uint8Array(view.buffer, view.byteOffset + offset + CENTRAL_HEADER_BYTES, nameBytes);
  const extra = extra64(view, offset + CENTRAL_HEADER_BYTES + nameBytes, view.getUint16(offset + 30, true));
  // The 64-bit field holds, in this order, only those numbers that the 32-bit fields could not.
  const number = (field: number): number => {
    const small = view.getUint32(offset + field, true);
    return small === ALL_ONES_32 ? Number(extra.shift() ?? ALL_ONES_32) : small;
  };
  const bytes = number(24);
  const packedBytes = number(20);
  return {
    path: new TextDecoder().decode(name),
    flags: view.getUint16(offset + 8, true),
    method: view.getUint16(offset + 10, true),
    crc: view.getUint32(offset + 16, true),
    bytes,
    packedBytes,
    offset: number(42),
    mode: view.getUint32(offset + 38, true) >>> 16,
  };
}

function extra64(view: DataView, start: number, length: number): bigint[] {
  for (let offset = start; offset + 4 <= start + length; offset += 4 + view.getUint16(offset + 2, true)) {
    if (view.getUint16(offset, true) !== EXTRA_64) continue;
    const count = Math.floor(view.getUint16(offset + 2, true) / 8);
    return Array.from({ length: count }, (_, index) => view.getBigUint64(offset + 4 + index * 8, true));
  }
  return [];
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function malformed(path: string, cause: string): FaultError {
  return new FaultError({
    code: "zip.malformed",
    what: "archive",
    where: { file: path },
    expected: "a ZIP file",
    cause,
  });
}

function unsupported(path: string, entry: ZipEntry): FaultError {
  return new FaultError({
    code: "zip.unsupported",
    what: `file ${entry.path} of an archive`,
    where: { file: path },
    expected: "a file that is stored or deflated and not encrypted",
    got: `method ${entry.method}, flags ${entry.flags}`,
  });
}
