const ESCAPE = 0x1a;

/** What a receiver adds to a message in Beast framing. */
export interface BeastFrameFields {
  /** The message: 2, 7 or 14 bytes. */
  readonly bytes: Uint8Array;
  /** The receiver's 12 MHz counter, 0 .. 2^48 - 1. */
  readonly ticks: number;
  /** Signal level, 0..255. */
  readonly signal: number;
}

/**
 * Frames a message as Beast binary, doubling every 0x1a after the type byte.
 * @throws RangeError for a message that is not 2, 7 or 14 bytes long.
 */
export function encodeBeast(frame: BeastFrameFields): Uint8Array {
  const type = frameType(frame.bytes.length);
  const body = new Uint8Array(7 + frame.bytes.length);
  const ticks = frame.ticks % 2 ** 48;
  for (let index = 0; index < 6; index += 1) body[index] = Math.floor(ticks / 2 ** (8 * (5 - index))) & 0xff;
  body[6] = frame.signal;
  body.set(frame.bytes, 7);
  return escapeBody(type, body);
}

function frameType(length: number): number {
  if (length === 2) return 0x31;
  if (length === 7) return 0x32;
  if (length === 14) return 0x33;
  throw new RangeError(`a Beast frame carries 2, 7 or 14 bytes, not ${length}`);
}

function escapeBody(type: number, body: Uint8Array): Uint8Array {
  let escapes = 0;
  for (const byte of body) if (byte === ESCAPE) escapes += 1;
  const out = new Uint8Array(2 + body.length + escapes);
  out[0] = ESCAPE;
  out[1] = type;
  let position = 2;
  for (const byte of body) {
    out[position++] = byte;
    if (byte === ESCAPE) out[position++] = ESCAPE;
  }
  return out;
}
