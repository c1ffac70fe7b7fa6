/**
 * The digest of a source's signed batches, minute by minute of the gateway's own time. Whoever taps the same gateway gets
 * the same digest of a minute, or they have not received the same.
 */
import type { SignedBatch } from "./batch.ts";

/** A running SHA-256; brought in from outside. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  /** Hexadecimal. */
  digest(): string;
}

/** One source's batches of one minute. */
export interface TapMinute {
  /** Start of the minute, microseconds since 1970. */
  readonly minute: number;
  readonly boot: number;
  readonly first: number;
  readonly last: number;
  readonly batches: number;
  readonly bytes: number;
  /** Over the batches as they came, in their order. */
  readonly sha256: string;
}

const MINUTE = 60_000_000;

interface Running {
  readonly minute: number;
  readonly boot: number;
  readonly first: number;
  last: number;
  batches: number;
  bytes: number;
  readonly hash: RunningHash;
}

export class MinuteTap {
  readonly #newHash: () => RunningHash;
  #running: Running | undefined;

  constructor(newHash: () => RunningHash) {
    this.#newHash = newHash;
  }

  /** Takes the next verified batch; answers the minute that it closes. A boot begins a digest of its own. */
  take(batch: Pick<SignedBatch, "boot" | "sequence" | "time" | "bytes">): TapMinute | undefined {
    const minute = Math.floor(batch.time / MINUTE) * MINUTE;
    const running = this.#running;
    const isSame = running !== undefined && running.boot === batch.boot && running.minute >= minute;
    const closed = isSame ? undefined : this.close();
    this.#running ??= this.#begin(minute, batch);
    const { hash } = this.#running;
    hash.update(batch.bytes);
    this.#running.last = batch.sequence;
    this.#running.batches += 1;
    this.#running.bytes += batch.bytes.length;
    return closed;
  }

  /** Ends the running minute here. */
  close(): TapMinute | undefined {
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) return undefined;
    const { hash, ...minute } = running;
    return { ...minute, sha256: hash.digest() };
  }

  #begin(minute: number, { boot, sequence }: Pick<SignedBatch, "boot" | "sequence">): Running {
    return { minute, boot, first: sequence, last: sequence, batches: 0, bytes: 0, hash: this.#newHash() };
  }
}

/**
 * `same`; `missing`: one side lacks batches that the other has; `different`: the same batches, by their numbers, with other
 * bytes, which no fault of a link explains.
 */
export type TapComparison = "same" | "missing" | "different";

export function compareTaps(ours: TapMinute, theirs: TapMinute): TapComparison {
  if (ours.sha256 === theirs.sha256) return "same";
  const isSameRun = ours.first === theirs.first && ours.last === theirs.last && ours.batches === theirs.batches;
  return isSameRun ? "different" : "missing";
}
