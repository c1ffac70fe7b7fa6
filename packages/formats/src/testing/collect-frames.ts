import type { FrameSink } from "../modes/raw-frame.ts";
import type { Fault } from "../result.ts";

export interface CollectedFrame {
  readonly bytes: Uint8Array;
  readonly ticks: number;
  readonly signal: number;
  readonly offset: number;
  readonly streamLength: number;
}

/** A sink that copies what it is lent. */
export class FrameCollector implements FrameSink {
  readonly frames: CollectedFrame[] = [];
  readonly faults: Fault[] = [];

  frame(frame: Parameters<FrameSink["frame"]>[0]): void {
    const { ticks, signal, offset, streamLength } = frame;
    this.frames.push({
      bytes: frame.bytes.slice(frame.start, frame.start + frame.length),
      ticks,
      signal,
      offset,
      streamLength,
    });
  }

  fault(fault: Fault): void {
    this.faults.push(fault);
  }
}

/** Cuts bytes into pieces at the given places, taken modulo the length. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  const bounds = [0, ...cuts, bytes.length];
  return bounds.slice(1).map((end, index) => bytes.subarray(bounds[index], end));
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}
