import type { Fault } from "../result.ts";

/**
 * One frame as a receiver heard it. Framers reuse a single object and lend the bytes: who keeps a frame beyond the
 * call copies `bytes.slice(start, start + length)`.
 */
export interface RawFrame {
  bytes: Uint8Array;
  start: number;
  /** 2 (Mode A/C), 7 or 14 bytes. */
  length: number;
  /** The receiver's counter, usually 12 MHz; it may jump and step backwards. NaN where the framing has none. */
  ticks: number;
  /** Signal level as the framing gives it, 0..255. NaN where it has none. */
  signal: number;
  /** Where the frame begins in the stream, and how many bytes of the stream it took. */
  offset: number;
  streamLength: number;
}

/** Receives what a framer finds. */
export interface FrameSink {
  frame(frame: Readonly<RawFrame>): void;
  fault(fault: Fault): void;
}

export function emptyRawFrame(): RawFrame {
  return {
    bytes: new Uint8Array(0),
    start: 0,
    length: 0,
    ticks: Number.NaN,
    signal: Number.NaN,
    offset: 0,
    streamLength: 0,
  };
}
