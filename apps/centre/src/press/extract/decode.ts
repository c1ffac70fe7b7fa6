/** Bytes of a text or page → letters: a mark of byte order, what the sender or the page says, UTF-8, then what they look like. */
import { refuseText, type Tally } from "./extraction.ts";

/** A page says its encoding early (WHATWG HTML, 13.2.3.2). */
const SAID_WITHIN = 2_048;
const UNKNOWN = "\ufffd";
/** More unknown letters than this, and the bytes are no text in that encoding. */
const MOST_UNKNOWN = 0.02;

/** Errors: `text.encoding`. */
export function decodeText(bytes: Uint8Array, contentType: string, tally: Tally): string {
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return decoded(bytes, marked) ?? "";
  const utf8 = strictUtf8(bytes);
  if (utf8 !== undefined) return requireText(utf8);
  const said = saidEncoding(bytes, contentType);
  const text = (said === undefined ? undefined : decoded(bytes, said)) ?? guessed(bytes);
  const unknown = text.split(UNKNOWN).length - 1;
  if (unknown > text.length * MOST_UNKNOWN)
    return refuseText(
      "encoding",
      "letters in UTF-8 or in the encoding that it names",
      said ?? "bytes of no known encoding",
    );
  tally.add("encoding", 1);
  return requireText(text);
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
}

function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decoded(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return undefined;
  }
}

function saidEncoding(bytes: Uint8Array, contentType: string): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SAID_WITHIN)).toString("latin1");
  const said = /charset\s*=\s*["']?([\w-]{2,40})/i;
  return said.exec(contentType)?.[1] ?? said.exec(head)?.[1];
}

/** Of one byte a letter: Cyrillic where most high bytes are small letters there, else Turkish. */
function guessed(bytes: Uint8Array): string {
  const high = bytes.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0);
  const cyrillic = bytes.reduce((count, byte) => count + (byte >= 0xe0 ? 1 : 0), 0);
  const share = high / Math.max(1, bytes.length);
  return decoded(bytes, cyrillic > high / 2 && share > 0.3 ? "windows-1251" : "windows-1254") ?? "";
}

/** A program or a picture decodes too, to letters that no text has. */
function requireText(text: string): string {
  const head = text.slice(0, 100_000);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  const controls = head.match(/[\u0000-\u0008\u000e-\u001f]/g)?.length ?? 0;
  return controls > 8 + head.length * MOST_UNKNOWN
    ? refuseText("media-type", "a text", "bytes that are no text")
    : text;
}
