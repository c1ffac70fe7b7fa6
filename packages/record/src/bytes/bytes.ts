/** The few operations on byte arrays that everything else needs. */
import { bad, good, type Result } from "../fault.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Writes a text at the beginning of `into`, which must have room for it. */
export function writeUtf8(text: string, into: Uint8Array): void {
  encoder.encodeInto(text, into);
}

/** Strict UTF-8 to text; a byte order mark is kept as a character. Errors: `utf8.malformed`. */
export function utf8ToText(bytes: Uint8Array): Result<string> {
  try {
    return good(decoder.decode(bytes));
  } catch {
    return bad({ code: "utf8.malformed", what: "text", expected: "UTF-8" });
  }
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

export function bytesEqual(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}

/** Eight bytes, big-endian, of a safe integer. */
export function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(value / 0x1_0000_0000));
  view.setUint32(4, value % 0x1_0000_0000);
  return bytes;
}

/** Reads eight bytes, big-endian; undefined where the value is beyond the safe integers. */
export function readUint64(bytes: Uint8Array, offset = 0): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, 8);
  const value = view.getUint32(0) * 0x1_0000_0000 + view.getUint32(4);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** A decimal without sign or leading zero, within the safe integers; undefined for anything else. */
export function readDecimal(text: string): number | undefined {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
