import { ByteQueue } from "../queue/byte-queue.ts";
import type { Fault } from "../result.ts";
import { readMetadataPes } from "./metadata-pes.ts";
import { type MetadataCarriage, readProgramAssociation, readProgramMap } from "./section.ts";
import { UnitAssembler } from "./unit-assembler.ts";

/** Receives the metadata that a transport stream carries. The bytes are lent for the length of the call. */
export interface MetadataSink {
  /**
   * A piece of one elementary stream of KLV, in order.
   * @param offset in the file, of the packet with which the piece's unit began.
   * @param presentationTime seconds of the program's clock, NaN where none is told.
   */
  metadata(stream: number, bytes: Uint8Array, offset: number, presentationTime: number): void;
  fault(fault: Fault): void;
}

const PACKET = 188;
const SYNC = 0x47;
/** Octets of a recorder's time stamp. */
const STAMP = 4;
const LONGEST_SECTION = 4096;
const LONGEST_UNIT = 262_144;
/** A program has few streams of metadata; more are the sign of a damaged table. */
const MOST_STREAMS = 64;

/**
 * Takes the KLV streams out of an MPEG-2 transport stream (ISO/IEC 13818-1), plain or with the four-octet time stamps
 * that recorders put before each packet. Holds one packet, one section and one unit a stream.
 */
export class TsDemuxer {
  readonly counts = { tsPackets: 0, garbageBytes: 0, lostUnits: 0, badSections: 0 };
  readonly #queue = new ByteQueue();
  readonly #tables = new Map<number, UnitAssembler>([[0, new UnitAssembler(LONGEST_SECTION)]]);
  readonly #streams = new Map<number, { readonly carriage: MetadataCarriage; readonly unit: UnitAssembler }>();
  #garbage = 0;
  /** Whether the next packet must begin at the front of the queue, behind its stamp. */
  #isInStep = false;
  #stamp = 0;

  push(chunk: Uint8Array, sink: MetadataSink): void {
    this.#queue.push(chunk);
    while (this.#step(sink, false));
    this.#queue.keep();
  }

  /** The stream is over: gives the units that wait for their successor. */
  end(sink: MetadataSink): void {
    while (this.#step(sink, true));
    this.#garbage += this.#queue.length;
    this.#queue.consume(this.#queue.length);
    this.#endGarbage(sink);
    for (const [stream, { unit }] of this.#streams) this.#giveUnit(stream, unit, sink, true);
  }

  #step(sink: MetadataSink, ended: boolean): boolean {
    const queue = this.#queue;
    const stamp = this.#isInStep ? this.#stamp : 0;
    if (queue.length < PACKET + stamp || (!ended && queue.length < PACKET + stamp + STAMP + 1)) return false;
    queue.consume(stamp);
    if (!this.#isPacket()) {
      this.#isInStep = false;
      const next = queue.bytes.subarray(0, queue.end).indexOf(SYNC, queue.start + 1);
      const skipped = next < 0 ? queue.length : next - queue.start;
      this.#garbage += skipped;
      queue.consume(skipped);
      return true;
    }
    this.#isInStep = true;
    // What stands before the first packet of a stamped stream is its stamp.
    if (this.#garbage === this.#stamp) this.#garbage = 0;
    this.#endGarbage(sink);
    this.counts.tsPackets += 1;
    this.#packet(queue.bytes, queue.start, queue.offset, sink);
    queue.consume(PACKET);
    return true;
  }

  /** A sync octet where one must stand; elsewhere it must have another where the next packet begins, if that is there. */
  #isPacket(): boolean {
    const queue = this.#queue;
    if (queue.at(0) !== SYNC) return false;
    if (this.#isInStep) return true;
    const isFollowed = (stamp: number) => queue.length <= PACKET + stamp || queue.at(PACKET + stamp) === SYNC;
    this.#stamp = isFollowed(0) ? 0 : STAMP;
    return isFollowed(this.#stamp);
  }

  #endGarbage(sink: MetadataSink): void {
    if (this.#garbage === 0) return;
    this.counts.garbageBytes += this.#garbage;
    const offset = this.#queue.offset - this.#garbage;
    sink.fault(fault("mpeg-ts.garbage", offset, "a packet of 188 octets from 0x47 on", `${this.#garbage} other bytes`));
    this.#garbage = 0;
  }

  #packet(bytes: Uint8Array, start: number, offset: number, sink: MetadataSink): void {
    const identifier = ((bytes[start + 1]! & 0x1f) << 8) | bytes[start + 2]!;
    const table = this.#tables.get(identifier);
    const stream = this.#streams.get(identifier);
    const assembler = table ?? stream?.unit;
    if (assembler === undefined) return;
    const control = bytes[start + 3]!;
    const hasPayload = (control & 0x10) !== 0;
    let from = start + 4;
    if ((control & 0x20) !== 0) from += 1 + bytes[from]!;
    if (!hasPayload || from > start + PACKET) return;
    const isDamaged = (bytes[start + 1]! & 0x80) !== 0 || (control & 0xc0) !== 0;
    const step = (control - assembler.counter) & 0x0f;
    // A packet may be sent twice; it counts once.
    if (assembler.counter >= 0 && step === 0) return;
    if (isDamaged || (assembler.counter >= 0 && step !== 1)) this.#lose(assembler, offset, identifier, sink);
    assembler.counter = control & 0x0f;
    if (isDamaged) return;
    const starts = (bytes[start + 1]! & 0x40) !== 0;
    if (table !== undefined) this.#section(table, bytes, from, start + PACKET, starts, identifier, offset, sink);
    else if (stream !== undefined) {
      if (starts) {
        this.#giveUnit(identifier, stream.unit, sink, true);
        stream.unit.begin(offset);
      }
      if (stream.unit.isOpen && !stream.unit.add(bytes, from, start + PACKET))
        sink.fault(fault("mpeg-ts.unit-too-long", offset, `at most ${LONGEST_UNIT} octets`, "more"));
      this.#giveUnit(identifier, stream.unit, sink, false);
    }
  }

  #lose(assembler: UnitAssembler, offset: number, identifier: number, sink: MetadataSink): void {
    if (!assembler.isOpen) return;
    assembler.drop();
    this.counts.lostUnits += 1;
    sink.fault(fault("mpeg-ts.packets-lost", offset, "consecutive counters", `a break in stream ${identifier}`));
  }

  #section(
    table: UnitAssembler,
    bytes: Uint8Array,
    from: number,
    end: number,
    starts: boolean,
    identifier: number,
    offset: number,
    sink: MetadataSink,
  ): void {
    let at = from;
    if (starts) {
      at = from + 1 + bytes[from]!;
      table.begin(offset);
    }
    if (!table.isOpen || at > end || !table.add(bytes, at, end)) return;
    const gathered = table.bytes;
    if (gathered.length < 3) return;
    const length = 3 + (((gathered[1]! & 0x0f) << 8) | gathered[2]!);
    if (gathered.length < length) return;
    this.#readSection(gathered.slice(0, length), identifier, table.offset, sink);
    table.drop();
  }

  #readSection(section: Uint8Array, identifier: number, offset: number, sink: MetadataSink): void {
    const maps = identifier === 0 ? readProgramAssociation(section) : undefined;
    const streams = identifier === 0 ? undefined : readProgramMap(section);
    if (maps === undefined && streams === undefined) {
      this.counts.badSections += 1;
      sink.fault(fault("mpeg-ts.section-damaged", offset, "a program table whose sum checks", `stream ${identifier}`));
    }
    for (const map of maps ?? [])
      if (!this.#tables.has(map) && this.#tables.size < MOST_STREAMS)
        this.#tables.set(map, new UnitAssembler(LONGEST_SECTION));
    for (const [stream, carriage] of streams ?? [])
      if (!this.#streams.has(stream) && this.#streams.size < MOST_STREAMS)
        this.#streams.set(stream, { carriage, unit: new UnitAssembler(LONGEST_UNIT) });
  }

  /** Gives a unit that is whole by its own length; by force one that has none, since its successor begins. */
  #giveUnit(stream: number, unit: UnitAssembler, sink: MetadataSink, isOver: boolean): void {
    if (!unit.isOpen) return;
    const { bytes } = unit;
    const stated = bytes.length < 6 ? 0 : (bytes[4]! << 8) | bytes[5]!;
    if (!isOver && (stated === 0 || bytes.length < 6 + stated)) return;
    const { carriage } = this.#streams.get(stream)!;
    const read = readMetadataPes(bytes, carriage);
    // What nobody registered as metadata need not be any.
    if (read === undefined && carriage !== "unregistered") {
      this.counts.lostUnits += 1;
      sink.fault(
        fault("mpeg-ts.unit-damaged", unit.offset, "a whole packetised unit of metadata", `${bytes.length} octets`),
      );
    }
    for (const [start, end] of read?.pieces ?? [])
      sink.metadata(stream, bytes.subarray(start, end), unit.offset, read!.presentationTime);
    unit.drop();
  }
}

function fault(code: string, offset: number, expected: string, got: string): Fault {
  return { code, what: "read a transport stream", where: { offset }, expected, got };
}
