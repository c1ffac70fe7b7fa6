import { TsDemuxer } from "../mpeg-ts/ts-demuxer.ts";
import type { Fault } from "../result.ts";
import { KlvFramer, type KlvSink } from "./klv-framer.ts";

/** Takes the pieces of one stream, each with its place in the file, and tells what it finds by those places. */
export interface PlacedFramer {
  push(piece: Uint8Array, offset: number, sink: KlvSink): void;
  end(sink: KlvSink): void;
  readonly counts: Readonly<Record<string, number>>;
}

/** Where the pieces of a stream lie in the file. */
class Places {
  #places: { readonly from: number; readonly offset: number }[] = [];
  #length = 0;

  add(piece: Uint8Array, offset: number): void {
    this.#places.push({ from: this.#length, offset });
    this.#length += piece.length;
  }

  /** Of the piece that holds a place of the stream. */
  of(at: number): number {
    const index = this.#places.findLastIndex(({ from }) => from <= at);
    // Nothing before what is told of will be told of again.
    if (index > 0) this.#places = this.#places.slice(index);
    return this.#places[0]?.offset ?? 0;
  }

  ofFault(problem: Fault): Fault {
    return { ...problem, where: { offset: this.of(problem.where?.offset ?? 0) } };
  }
}

/** Bare KLV in pieces. */
export class PlacedKlv implements PlacedFramer {
  readonly #framer = new KlvFramer();
  readonly #places = new Places();

  get counts(): Readonly<Record<string, number>> {
    return this.#framer.counts;
  }

  push(piece: Uint8Array, offset: number, sink: KlvSink): void {
    this.#places.add(piece, offset);
    this.#framer.push(piece, this.#translated(sink));
  }

  end(sink: KlvSink): void {
    this.#framer.end(this.#translated(sink));
  }

  #translated(sink: KlvSink): KlvSink {
    return {
      packet: (bytes, start, end, offset) => sink.packet(bytes, start, end, this.#places.of(offset)),
      fault: (problem) => sink.fault(this.#places.ofFault(problem)),
    };
  }
}

/** An MPEG-2 transport stream in pieces: each of its metadata streams is one of its own. */
export class PlacedTransport implements PlacedFramer {
  readonly #demuxer = new TsDemuxer();
  readonly #streams = new Map<number, PlacedKlv>();
  readonly #places = new Places();
  readonly #isWhole: boolean;

  /** @param isWhole the pieces are the file itself, so that places in the stream are places in the file. */
  constructor(isWhole: boolean) {
    this.#isWhole = isWhole;
  }

  get counts(): Readonly<Record<string, number>> {
    return sumOfCounts([this.#demuxer.counts, ...[...this.#streams.values()].map(({ counts }) => counts)]);
  }

  push(piece: Uint8Array, offset: number, sink: KlvSink): void {
    if (!this.#isWhole) this.#places.add(piece, offset);
    this.#demuxer.push(piece, this.#demuxed(sink));
  }

  end(sink: KlvSink): void {
    this.#demuxer.end(this.#demuxed(sink));
    for (const stream of this.#streams.values()) stream.end(sink);
  }

  #demuxed(sink: KlvSink) {
    return {
      metadata: (stream: number, bytes: Uint8Array, offset: number) =>
        this.#of(stream).push(bytes, this.#isWhole ? offset : this.#places.of(offset), sink),
      fault: (problem: Fault) => sink.fault(this.#isWhole ? problem : this.#places.ofFault(problem)),
    };
  }

  #of(stream: number): PlacedKlv {
    const known = this.#streams.get(stream) ?? new PlacedKlv();
    this.#streams.set(stream, known);
    return known;
  }
}

export function sumOfCounts(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const counts of all) for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
