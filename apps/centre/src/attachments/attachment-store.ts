import type { Readable } from "node:stream";

/** Attachments by hash. */
export interface AttachmentStore {
  put(bytes: Readable, mediaType: string, name: string): Promise<{ readonly sha256: string; readonly bytes: number }>;
  get(sha256: string): Promise<{ readonly stream: Readable; readonly bytes: number } | undefined>;
}
