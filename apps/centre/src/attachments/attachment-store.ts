import type { Readable } from "node:stream";

/** Bytes of a file from `start` to and with `end`, the first being 0. */
export interface PartOfFile {
  readonly start: number;
  readonly end: number;
}

/** Attachments by hash. */
export interface AttachmentStore {
  put(bytes: Readable, mediaType: string, name: string): Promise<{ readonly sha256: string; readonly bytes: number }>;
  /** `bytes` is the length of the whole file; the stream is of `part` alone where one is asked for. */
  get(sha256: string, part?: PartOfFile): Promise<{ readonly stream: Readable; readonly bytes: number } | undefined>;
  /** The length of a kept file. */
  lengthOf(sha256: string): Promise<number | undefined>;
}
