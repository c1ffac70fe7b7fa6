/** Attachments: files kept under the SHA-256 of their bytes. The name is the check; nothing is ever changed in place. */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { FaultError } from "@openjmc/model";
import { faultErrorOf } from "../segments/index.ts";

/** What is known of a kept file. */
export interface Attachment {
  readonly sha256: string;
  readonly bytes: number;
}

export interface AttachmentOptions {
  readonly directory: string;
  /** Largest file that is taken; `LARGEST_ATTACHMENT_BYTES` unless said. */
  readonly maximumBytes?: number;
}

/** More than any device holds that somebody brings: what a file may have is for the disk to say. Nodes take what the centre has taken. */
export const LARGEST_ATTACHMENT_BYTES = 1024 ** 4;
const HASH = /^[0-9a-f]{64}$/;

/** Opens the folder, creating it where it is missing, and removes what interrupted uploads left. */
export async function openAttachments(options: AttachmentOptions): Promise<Attachments> {
  try {
    await mkdir(join(options.directory, "incoming"), { recursive: true });
    for (const file of await readdir(join(options.directory, "incoming")))
      await rm(join(options.directory, "incoming", file), { force: true });
    return new Attachments(options);
  } catch (error) {
    throw faultErrorOf(error, "opening of the attachments", options.directory);
  }
}

export class Attachments {
  readonly #directory: string;
  readonly #maximumBytes: number;

  /** @internal use `openAttachments` */
  constructor(options: AttachmentOptions) {
    this.#directory = options.directory;
    this.#maximumBytes = options.maximumBytes ?? LARGEST_ATTACHMENT_BYTES;
  }

  /**
   * Takes a file in as it comes; when this resolves it is on the device.
   * @throws FaultError `attachment.too-large`, `disk.full`, …; nothing is left behind then
   */
  async put(chunks: AsyncIterable<Uint8Array>): Promise<Attachment> {
    const temporary = join(this.#directory, "incoming", randomUUID());
    try {
      const attachment = await this.#receive(temporary, chunks);
      await this.#keep(temporary, attachment.sha256);
      return attachment;
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw faultErrorOf(error, "taking in of an attachment", this.#directory);
    }
  }

  async #receive(temporary: string, chunks: AsyncIterable<Uint8Array>): Promise<Attachment> {
    const handle = await open(temporary, "wx", 0o640);
    const hash = createHash("sha256");
    let bytes = 0;
    try {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > this.#maximumBytes) throw tooLarge(this.#maximumBytes);
        hash.update(chunk);
        await handle.appendFile(chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { sha256: hash.digest("hex"), bytes };
  }

  async #keep(temporary: string, sha256: string): Promise<void> {
    const folder = join(this.#directory, sha256.slice(0, 2));
    const isNew = (await mkdir(folder, { recursive: true })) !== undefined;
    await rename(temporary, join(folder, sha256));
    await syncFolder(folder);
    if (isNew) await syncFolder(this.#directory);
  }

  /** What is known of a file; undefined when it is not kept. Throws `attachment.name-malformed`. */
  async find(sha256: string): Promise<Attachment | undefined> {
    const found = await stat(this.#path(sha256)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw faultErrorOf(error, "attachment", this.#path(sha256));
    });
    return found?.isFile() === true ? { sha256, bytes: found.size } : undefined;
  }

  /** The file's bytes, or those from `start` to and with `end`. Throws `attachment.missing`, `attachment.name-malformed`. */
  async read(sha256: string, part: { readonly start?: number; readonly end?: number } = {}): Promise<Readable> {
    const found = await this.find(sha256);
    if (found === undefined) throw new FaultError({ code: "attachment.missing", what: "attachment", got: sha256 });
    return createReadStream(this.#path(sha256), part);
  }

  /** Whether the bytes still have the hash that is their name. */
  async check(sha256: string): Promise<boolean> {
    const hash = createHash("sha256");
    for await (const chunk of await this.read(sha256)) hash.update(chunk as Uint8Array);
    return hash.digest("hex") === sha256;
  }

  /** Every kept file, in the order of the names. */
  async *list(): AsyncGenerator<Attachment> {
    for (const folder of (await readdir(this.#directory)).sort()) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue;
      for (const file of (await readdir(join(this.#directory, folder))).sort()) {
        const found = HASH.test(file) ? await this.find(file) : undefined;
        if (found !== undefined) yield found;
      }
    }
  }

  /** Only a hash makes a path: nothing else that a client sends reaches the file system. */
  #path(sha256: string): string {
    if (HASH.test(sha256)) return join(this.#directory, sha256.slice(0, 2), sha256);
    throw new FaultError({
      code: "attachment.name-malformed",
      what: "name of an attachment",
      expected: "64 lower-case hexadecimal digits",
      got: sha256.slice(0, 80),
    });
  }
}

function tooLarge(maximumBytes: number): FaultError {
  return new FaultError({
    code: "attachment.too-large",
    what: "attachment",
    expected: `at most ${maximumBytes} bytes`,
    got: "more",
  });
}

/** A kept file's bytes, read at once; undefined when it is not kept. For small ones only: what is sealed in a room. */
export function readAttachmentNow(directory: string, sha256: string): Uint8Array | undefined {
  if (!HASH.test(sha256)) return undefined;
  try {
    return new Uint8Array(readFileSync(join(directory, sha256.slice(0, 2), sha256)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw faultErrorOf(error, "attachment", directory);
  }
}

async function syncFolder(path: string): Promise<void> {
  const handle: FileHandle = await open(path, "r");
  await handle.sync().finally(() => handle.close());
}
