/** What came from each source in a minute of the journal, with its hash: the material of a `recordings.sealed` entry. */
import { createHash, type Hash } from "node:crypto";
import { formatInstant, type Instant, MICROSECONDS_PER_MINUTE, type RecordingsSealedBody } from "@openjmc/model";
import { minuteAfter } from "../segments/index.ts";

/** One source's part in a minute. */
export interface SourceDigest {
  readonly source: string;
  /** Bytes of payload. */
  readonly bytes: number;
  /** Journal records, of whatever kind. */
  readonly frames: number;
  /** SHA-256 over the bodies of its records (sequence, instant and content) as they lie in the segment, in order, hex. */
  readonly sha256: string;
}

/** One minute of the journal: a run of records without gap. */
export interface MinuteDigest {
  readonly from: Instant;
  readonly until: Instant;
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly sources: readonly SourceDigest[];
}

interface RunningSource {
  bytes: number;
  frames: number;
  readonly hash: Hash;
}

interface RunningMinute {
  readonly minute: Instant;
  readonly firstSequence: number;
  lastSequence: number;
  readonly sources: Map<string, RunningSource>;
}

/** The name under which the centre's own records (ticks, configuration, marks) are listed. */
export const CENTRE_SOURCE = "centre";

/**
 * The link that a connection (`link#number`) belongs to. A minute lists links, of which the mission has so many and no more:
 * listed by connection, whoever connects and leaves a few hundred times a minute would make the entry too long to be taken.
 * GAP: beyond about 200 links one entry is too short for a minute; it would have to be sealed in several.
 */
export function linkOf(connection: string): string {
  const mark = connection.lastIndexOf("#");
  return mark < 0 ? connection : connection.slice(0, mark);
}

export class MinuteDigester {
  #running: RunningMinute | undefined;
  #complete: MinuteDigest[] = [];

  /** Takes the next record; `body` as in the segment, `payloadBytes` of it are payload. */
  add(sequence: number, at: Instant, source: string, body: Uint8Array, payloadBytes: number): void {
    const minute = minuteAfter(this.#running?.minute, at);
    // What a seal covers has no gap in its numbers.
    if (this.#running !== undefined && (minute !== this.#running.minute || sequence !== this.#running.lastSequence + 1))
      this.cut();
    this.#running ??= { minute, firstSequence: sequence, lastSequence: sequence, sources: new Map() };
    this.#running.lastSequence = sequence;
    const running = sourceOf(this.#running, source === "" ? CENTRE_SOURCE : linkOf(source));
    running.bytes += payloadBytes;
    running.frames += 1;
    running.hash.update(body);
  }

  /** Ends the running minute here, as at the end of a watch or of the program. */
  cut(): void {
    if (this.#running !== undefined) this.#complete.push(digestOf(this.#running));
    this.#running = undefined;
  }

  /** First sequence number that is known here; undefined before the first record. */
  get firstSequence(): number | undefined {
    return this.#complete[0]?.firstSequence ?? this.#running?.firstSequence;
  }

  /** Complete minutes behind a sequence number, oldest first; those up to it are forgotten. */
  takeAfter(sequence: number): readonly MinuteDigest[] {
    this.#complete = this.#complete.filter((minute) => minute.lastSequence > sequence);
    return [...this.#complete];
  }
}

function sourceOf(minute: RunningMinute, source: string): RunningSource {
  const known = minute.sources.get(source);
  if (known !== undefined) return known;
  const added: RunningSource = { bytes: 0, frames: 0, hash: createHash("sha256") };
  minute.sources.set(source, added);
  return added;
}

function digestOf(minute: RunningMinute): MinuteDigest {
  const sources = [...minute.sources].map(([source, running]) => ({
    source,
    bytes: running.bytes,
    frames: running.frames,
    sha256: running.hash.digest("hex"),
  }));
  return {
    from: minute.minute,
    until: minute.minute + MICROSECONDS_PER_MINUTE,
    firstSequence: minute.firstSequence,
    lastSequence: minute.lastSequence,
    sources: sources.sort((left, right) => (left.source < right.source ? -1 : 1)),
  };
}

/** The body of the entry that seals a minute, with the picture's digest of the same records where there is one. */
export function sealedBodyOf(
  minute: MinuteDigest,
  picture?: NonNullable<RecordingsSealedBody["picture"]>,
): RecordingsSealedBody {
  return {
    from: formatInstant(minute.from),
    until: formatInstant(minute.until),
    firstSequence: minute.firstSequence,
    lastSequence: minute.lastSequence,
    segments: minute.sources,
    ...(picture === undefined ? {} : { picture }),
  };
}
