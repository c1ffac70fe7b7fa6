/** Blocks: the minute index of a segment. A block is a run of records of one minute, at most about a megabyte. */
import { floorInstant, type Instant, MICROSECONDS_PER_HOUR, MICROSECONDS_PER_MINUTE } from "@openjmc/model";

/** One run of records. `offset` and `bytes` are the block's place in the uncompressed segment. */
export interface Block {
  readonly minute: Instant;
  readonly offset: number;
  readonly bytes: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly records: number;
  readonly earliest: Instant;
  readonly latest: Instant;
}

type OpenBlock = { -readonly [Field in keyof Block]: Block[Field] };

const TARGET_BYTES = 1024 * 1024;

/**
 * The minute that a record belongs to. A clock stepping back by less than an hour stays in the running minute, so that a
 * minute, once left, is complete; a greater step is a clock set right and starts over.
 */
export function minuteAfter(running: Instant | undefined, at: Instant): Instant {
  const minute = floorInstant(at, MICROSECONDS_PER_MINUTE);
  if (running === undefined || minute > running) return minute;
  return at < running - MICROSECONDS_PER_HOUR ? minute : running;
}

/** Builds the index while records are appended or scanned; both give the same blocks. */
export class BlockIndex {
  readonly #blocks: OpenBlock[] = [];
  #end: number;

  constructor(firstOffset: number) {
    this.#end = firstOffset;
  }

  add(sequence: number, at: Instant, frameBytes: number): void {
    const last = this.#blocks.at(-1);
    const minute = minuteAfter(last?.minute, at);
    if (last === undefined || minute !== last.minute || last.bytes >= TARGET_BYTES) {
      this.#blocks.push(newBlock(minute, this.#end, sequence, at, frameBytes));
    } else {
      last.bytes += frameBytes;
      last.lastSequence = sequence;
      last.records += 1;
      last.earliest = Math.min(last.earliest, at);
      last.latest = Math.max(last.latest, at);
    }
    this.#end += frameBytes;
  }

  /** Offset behind the last record. */
  get end(): number {
    return this.#end;
  }

  get last(): Block | undefined {
    return this.#blocks.at(-1);
  }

  /** A copy that later records do not change. */
  snapshot(): Block[] {
    return this.#blocks.map((block) => ({ ...block }));
  }
}

function newBlock(minute: Instant, offset: number, sequence: number, at: Instant, bytes: number): OpenBlock {
  return {
    minute,
    offset,
    bytes,
    firstSequence: sequence,
    lastSequence: sequence,
    records: 1,
    earliest: at,
    latest: at,
  };
}
