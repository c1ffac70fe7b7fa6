/** What a file is, by its first bytes; what the sender says of it only parts text from pages. */
import { isArchive } from "./archive.ts";
import { refuseText } from "./extraction.ts";

export const MEDIA_TYPES = ["text/plain", "text/html", "application/pdf", "multipart/related"] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

const OTHERS: readonly (readonly [string, readonly number[]])[] = [
  ["a zip archive or an office document", [0x50, 0x4b, 0x03, 0x04]],
  ["an empty zip archive", [0x50, 0x4b, 0x05, 0x06]],
  ["a gzip archive", [0x1f, 0x8b]],
  ["a bzip2 archive", [0x42, 0x5a, 0x68]],
  ["an xz archive", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["a zstd archive", [0x28, 0xb5, 0x2f, 0xfd]],
  ["a 7z archive", [0x37, 0x7a, 0xbc, 0xaf]],
  ["a rar archive", [0x52, 0x61, 0x72, 0x21]],
  ["an older office document", [0xd0, 0xcf, 0x11, 0xe0]],
  ["a picture", [0x89, 0x50, 0x4e, 0x47]],
  ["a picture", [0xff, 0xd8, 0xff]],
  ["a picture", [0x47, 0x49, 0x46, 0x38]],
  ["a program", [0x7f, 0x45, 0x4c, 0x46]],
];
/** A PDF's header may stand within the first kilobyte (ISO 32000-1, annex H.3.4.1). */
const PDF_WITHIN = 1_024;
/** A captured page says what it is among the first fields of its head. */
const ARCHIVE_WITHIN = 4_096;

/** Errors: `text.media-type`. */
export function mediaTypeOf(bytes: Uint8Array, said: string): MediaType {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, PDF_WITHIN));
  if (head.includes("%PDF-")) return "application/pdf";
  const other = OTHERS.find(([, signature]) => signature.every((byte, index) => head[index] === byte));
  if (other) return refuseText("media-type", "a text, an HTML page, a captured page or a PDF file", other[0]);
  const first = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, ARCHIVE_WITHIN));
  if (isArchive(first.toString("latin1"))) return "multipart/related";
  const isPage = /html/i.test(said) || /^[\s\ufeff]*<(?:!doctype html|html|head|body)\b/i.test(head.toString("latin1"));
  return isPage ? "text/html" : "text/plain";
}
