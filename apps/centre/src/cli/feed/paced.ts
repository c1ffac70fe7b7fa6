/** Pieces put together into writes, each with the time to wait before it. */
import type { Piece } from "./pieces.ts";

/** What is due within this much of the file's time goes out in one write. */
const SLICE_SECONDS = 0.05;
/** And so much in any case. */
const SLICE_BYTES = 1 << 16;
/** A step of the file's clock beyond this is no pause in the traffic. */
const LONGEST_PAUSE_SECONDS = 5;

export interface Write {
  readonly pieces: readonly Uint8Array[];
  readonly waitSeconds: number;
}

/**
 * A recording may hold pieces twice and a little out of order, so only what goes beyond the latest time so far is time that
 * passed; a clock that starts over and a long silence cost none. @param speed times as fast as recorded; without end, no waiting.
 */
export function* paced(pieces: readonly Piece[], speed: number): Generator<Write> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  let clock = 0;
  let due = 0;
  let latest = pieces.find(({ at }) => at !== undefined)?.at ?? 0;
  for (const { bytes, at } of pieces) {
    const step = (at ?? latest) - latest;
    if (step > 0 && step < LONGEST_PAUSE_SECONDS) clock += step;
    if (step > 0 || step < -LONGEST_PAUSE_SECONDS) latest = at!;
    if (clock - due >= SLICE_SECONDS || length >= SLICE_BYTES) {
      yield { pieces: waiting, waitSeconds: (clock - due) / speed };
      waiting = [];
      length = 0;
      due = clock;
    }
    waiting.push(bytes);
    length += bytes.length;
  }
  yield { pieces: waiting, waitSeconds: 0 };
}
