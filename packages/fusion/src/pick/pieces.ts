import type { Instant } from "@openjmc/model";

/** A part of a long block: samples `from` to `until - 1`, the first of which was taken at `startAt`. */
export interface Piece {
  readonly from: number;
  readonly until: number;
  readonly startAt: Instant;
}

/**
 * Cuts a block of many channels into pieces of a second. Channels that came in one block are given to a picker piece by piece in
 * turn: it compares them with one another, and holds only some seconds of each.
 */
export function piecesOf(count: number, startAt: Instant, sampleRate: number): Piece[] {
  const length = Math.max(1, Math.round(sampleRate));
  const pieces: Piece[] = [];
  for (let from = 0; from < count; from += length)
    pieces.push({
      from,
      until: Math.min(count, from + length),
      startAt: startAt + Math.round((from * 1e6) / sampleRate),
    });
  return pieces;
}
