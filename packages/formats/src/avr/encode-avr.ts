import { toHex } from "../hex.ts";

/** A message for AVR text; with `ticks` (12 MHz counter) it is written with `@`, without with `*`. */
export interface AvrFrameFields {
  readonly bytes: Uint8Array;
  readonly ticks?: number;
}

/** Writes one frame as AVR text with its semicolon and a line feed. */
export function encodeAvr(frame: AvrFrameFields): string {
  const message = toHex(frame.bytes, 0, frame.bytes.length).toUpperCase();
  if (frame.ticks === undefined) return `*${message};\n`;
  const ticks = Math.floor(frame.ticks % 2 ** 48).toString(16);
  return `@${ticks.padStart(12, "0").toUpperCase()}${message};\n`;
}
