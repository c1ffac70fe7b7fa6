/** Writes a ZIP archive file by file, without compression: what is large in a centre's folder is compressed already. */
import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { Instant } from "@openjmc/model";
import { STORED, UTF8_FLAG, type ZipEntry } from "./format.ts";
import { centralHeader, endRecords, localHeader } from "./headers.ts";

export class ZipWriter {
  readonly #handle: FileHandle;
  readonly #at: Instant;
  readonly #entries: ZipEntry[] = [];
  #position = 0;

  private constructor(handle: FileHandle, at: Instant) {
    this.#handle = handle;
    this.#at = at;
  }

  /** Begins a new archive, readable by its owner only; all its files bear the given time. Throws if the file exists. */
  static async create(path: string, at: Instant): Promise<ZipWriter> {
    return new ZipWriter(await open(path, "wx", 0o600), at);
  }

  /** Adds one file. */
  async add(path: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
    const blank = { path, method: STORED, flags: UTF8_FLAG, crc: 0, packedBytes: 0, bytes: 0, offset: this.#position };
    await this.#append(localHeader(blank, this.#at));
    const start = this.#position;
    let crc = 0;
    for await (const chunk of chunks) {
      crc = crc32(chunk, crc);
      await this.#append(chunk);
    }
    const bytes = this.#position - start;
    const entry: ZipEntry = { ...blank, crc, bytes, packedBytes: bytes };
    await this.#writeAt(localHeader(entry, this.#at), entry.offset);
    this.#entries.push(entry);
  }

  async #append(bytes: Uint8Array): Promise<void> {
    await this.#writeAt(bytes, this.#position);
    this.#position += bytes.length;
  }

  async #writeAt(bytes: Uint8Array, position: number): Promise<void> {
    let written = 0;
    while (written < bytes.length)
      written += (await this.#handle.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  }

  /** Writes the table of files and brings everything onto the device. */
  async finish(): Promise<void> {
    const start = this.#position;
    for (const entry of this.#entries) await this.#append(centralHeader(entry, this.#at));
    await this.#append(endRecords(this.#entries.length, start, this.#position - start));
    await this.#handle.sync();
    await this.#handle.close();
  }

  /** Lets go of the file without finishing it. */
  async abort(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
  }
}
