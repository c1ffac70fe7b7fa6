import { type CapturedDatagram, DatagramReader, flowOfDatagram } from "../pcap/datagram-reader.ts";
import { isCapture, PcapFramer } from "../pcap/pcap-framer.ts";
import { ByteQueue } from "../queue/byte-queue.ts";
import { KlvFramer, type KlvSink } from "./klv-framer.ts";
import { type PlacedFramer, PlacedKlv, PlacedTransport, sumOfCounts } from "./placed-framer.ts";

/** How a stream wraps its metadata. */
export type KlvFraming = "raw" | "mpeg-ts" | "pcap";

const TS_PACKET = 188;
const TS_SYNC = 0x47;
const RTP_HEADER = 12;
/** Of one capture; more are not a few cameras. */
const MOST_SENDERS = 64;

/**
 * Finds metadata packets in whatever carries them: bare KLV, an MPEG-2 transport stream, or a capture of datagrams that
 * hold either (RTP's header is passed over). Without a framing it tells by the first bytes. Offsets are those of the
 * file: of the packet itself in bare KLV, else of the transport packet or datagram in which it begins. The senders of a
 * capture are told apart by address and port.
 */
export class KlvStream {
  #framing: KlvFraming | undefined;
  readonly #queue = new ByteQueue();
  readonly #raw = new KlvFramer();
  readonly #transport = new PlacedTransport(true);
  readonly #capture = new PcapFramer();
  readonly #datagrams = new DatagramReader();
  readonly #senders = new Map<string, PlacedFramer>();
  #strangers = 0;

  constructor(framing?: KlvFraming) {
    this.#framing = framing;
  }

  get framing(): KlvFraming | undefined {
    return this.#framing;
  }

  get counts(): Readonly<Record<string, number>> {
    if (this.#framing === "mpeg-ts") return sumOfCounts([this.#raw.counts, this.#transport.counts]);
    if (this.#framing !== "pcap") return { ...this.#raw.counts };
    const senders = [...this.#senders.values()].map(({ counts }) => counts);
    const skippedPackets = this.#datagrams.skipped + this.#strangers;
    return { ...sumOfCounts([this.#raw.counts, ...senders]), senders: senders.length, skippedPackets };
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
    this.#datagrams.end();
    this.#transport.end(sink);
    this.#raw.end(sink);
    for (const sender of this.#senders.values()) sender.end(sink);
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
    else if (this.#framing === "mpeg-ts") this.#transport.push(chunk, 0, sink);
    else this.#pushCapture(chunk, sink);
  }

  #pushCapture(chunk: Uint8Array, sink: KlvSink): void {
    this.#capture.push(chunk, {
      packet: (bytes, start, end, _at, offset, linkType) => {
        const datagram = this.#datagrams.read(bytes, start, end, offset, linkType);
        if (datagram) this.#datagram(datagram, sink);
      },
      fault: (problem) => sink.fault(problem),
    });
  }

  #datagram(datagram: CapturedDatagram, sink: KlvSink): void {
    const { bytes, start, end, offset } = datagram;
    const isReal = end - start > RTP_HEADER && bytes[start]! >> 6 === 2;
    const from = isReal ? RTP_HEADER + 4 * (bytes[start]! & 0x0f) : 0;
    const payload = bytes.subarray(Math.min(end, start + from), end);
    this.#senderOf(datagram, payload)?.push(payload, offset + from, sink);
  }

  #senderOf(datagram: CapturedDatagram, payload: Uint8Array): PlacedFramer | undefined {
    const flow = flowOfDatagram(datagram);
    const known = this.#senders.get(flow);
    if (known) return known;
    if (this.#senders.size >= MOST_SENDERS) {
      this.#strangers += 1;
      return undefined;
    }
    const sender = isTransport(payload, 0, payload.length) ? new PlacedTransport(false) : new PlacedKlv();
    this.#senders.set(flow, sender);
    return sender;
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
