import { TsDemuxer } from "../mpeg-ts/ts-demuxer.ts";
import { findDatagram } from "../pcap/datagram.ts";
import { isCapture, PcapFramer } from "../pcap/pcap-framer.ts";
import { ByteQueue } from "../queue/byte-queue.ts";
import type { Fault } from "../result.ts";
import { KlvFramer, type KlvSink } from "./klv-framer.ts";

/** How a stream wraps its metadata. */
export type KlvFraming = "raw" | "mpeg-ts" | "pcap";

const TS_PACKET = 188;
const TS_SYNC = 0x47;
const RTP_HEADER = 12;

/**
 * Finds metadata packets in whatever carries them: bare KLV, an MPEG-2 transport stream, or a capture of datagrams that
 * hold either (RTP's header is passed over). Without a framing it tells by the first bytes. Offsets are those of the
 * file: of the packet itself in bare KLV, else of the transport packet or datagram in which it begins.
 * GAP: a capture is taken for one stream; one that holds several senders needs them told apart by address and port first.
 */
export class KlvStream {
  #framing: KlvFraming | undefined;
  readonly #queue = new ByteQueue();
  readonly #raw = new KlvFramer();
  readonly #demuxer = new TsDemuxer();
  readonly #capture = new PcapFramer();
  readonly #streams = new Map<number, PlacedFramer>();
  #skippedPackets = 0;
  #inner: "raw" | "mpeg-ts" | undefined;

  constructor(framing?: KlvFraming) {
    this.#framing = framing;
  }

  get framing(): KlvFraming | undefined {
    return this.#framing;
  }

  get counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = { ...this.#raw.counts };
    for (const { framer } of this.#streams.values())
      for (const [name, count] of Object.entries(framer.counts)) counts[name] = (counts[name] ?? 0) + count;
    const { garbageBytes, ...demuxed } = this.#demuxer.counts;
    if (demuxed.tsPackets > 0) Object.assign(counts, demuxed, { garbageBytes: counts.garbageBytes! + garbageBytes });
    return this.#framing === "pcap" ? { ...counts, skippedPackets: this.#skippedPackets } : counts;
  }

  push(chunk: Uint8Array, sink: KlvSink): void {
    if (this.#framing !== undefined) {
      this.#pushKnown(chunk, sink);
      return;
    }
    this.#queue.push(chunk);
    this.#detect(sink, false);
    this.#queue.keep();
  }

  end(sink: KlvSink): void {
    this.#detect(sink, true);
    if (this.#framing === "pcap") this.#capture.end({ packet: () => {}, fault: (problem) => sink.fault(problem) });
    this.#demuxer.end(this.#demuxed(sink));
    this.#raw.end(sink);
    for (const stream of this.#streams.values()) stream.end(sink);
  }

  #detect(sink: KlvSink, ended: boolean): void {
    const queue = this.#queue;
    if (this.#framing !== undefined || queue.length === 0 || (!ended && queue.length <= TS_PACKET + 4)) return;
    const waiting = queue.bytes.slice(queue.start, queue.end);
    this.#framing = isCapture(waiting) ? "pcap" : isTransport(waiting, 0, waiting.length) ? "mpeg-ts" : "raw";
    queue.consume(queue.length);
    this.#pushKnown(waiting, sink);
  }

  #pushKnown(chunk: Uint8Array, sink: KlvSink): void {
    if (this.#framing === "raw") this.#raw.push(chunk, sink);
    else if (this.#framing === "mpeg-ts") this.#demuxer.push(chunk, this.#demuxed(sink));
    else this.#pushCapture(chunk, sink);
  }

  #demuxed(sink: KlvSink) {
    return {
      metadata: (stream: number, bytes: Uint8Array, offset: number) => this.#placed(stream).push(bytes, offset, sink),
      fault: (problem: Fault) => sink.fault(problem),
    };
  }

  #placed(stream: number): PlacedFramer {
    const known = this.#streams.get(stream) ?? new PlacedFramer();
    this.#streams.set(stream, known);
    return known;
  }

  #pushCapture(chunk: Uint8Array, sink: KlvSink): void {
    this.#capture.push(chunk, {
      packet: (bytes, start, end, _at, offset, linkType) => {
        const place = findDatagram(bytes, start, end, linkType);
        if (typeof place === "string") this.#skippedPackets += 1;
        else this.#datagram(bytes.subarray(place.start, place.end), offset + place.start - start, sink);
      },
      fault: (problem) => sink.fault(problem),
    });
  }

  #datagram(datagram: Uint8Array, offset: number, sink: KlvSink): void {
    const isReal = datagram.length > RTP_HEADER && datagram[0]! >> 6 === 2;
    const from = isReal ? RTP_HEADER + 4 * (datagram[0]! & 0x0f) : 0;
    this.#inner ??= isTransport(datagram, from, datagram.length) ? "mpeg-ts" : "raw";
    const payload = datagram.subarray(from);
    if (this.#inner === "raw") this.#placed(0).push(payload, offset + from, sink);
    else this.#demuxer.push(payload, this.#demuxed(sink));
  }
}

function isTransport(bytes: Uint8Array, start: number, end: number): boolean {
  for (const before of [0, 4]) {
    const first = start + before;
    if (bytes[first] !== TS_SYNC || first + TS_PACKET > end) continue;
    const next = first + TS_PACKET + before;
    if (next >= end || bytes[next] === TS_SYNC) return true;
  }
  return false;
}

/** A framer of an elementary stream that tells offsets of the file, by where its pieces began there. */
class PlacedFramer {
  readonly framer = new KlvFramer();
  /** Where pieces began: in the elementary stream, in the file. */
  #places: { readonly from: number; readonly offset: number }[] = [];
  #length = 0;

  push(piece: Uint8Array, offset: number, sink: KlvSink): void {
    this.#places.push({ from: this.#length, offset });
    this.#length += piece.length;
    this.framer.push(piece, this.#translated(sink));
  }

  end(sink: KlvSink): void {
    this.framer.end(this.#translated(sink));
  }

  #translated(sink: KlvSink): KlvSink {
    return {
      packet: (bytes, start, end, offset) => sink.packet(bytes, start, end, this.#placeOf(offset)),
      fault: (problem) => sink.fault({ ...problem, where: { offset: this.#placeOf(problem.where?.offset ?? 0) } }),
    };
  }

  #placeOf(at: number): number {
    const index = this.#places.findLastIndex(({ from }) => from <= at);
    // Nothing before what is told of will be told of again.
    if (index > 0) this.#places = this.#places.slice(index);
    return this.#places[0]?.offset ?? 0;
  }
}
