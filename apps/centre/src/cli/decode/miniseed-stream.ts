import {
  MiniSeedFramer,
  readMiniSeed,
  SeedLinkFramer,
  type SeedLinkPacket,
  type WaveformRecord,
} from "@openjmc/formats";
import type { Fault } from "@openjmc/model";
import type { DecodeFormat, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";

export const miniSeedFormat: DecodeFormat = {
  name: "miniseed",
  description: "miniSEED 2 and 3 records, mixed as they come",
  create: (_, output) => new RecordStream(output),
};

export const seedLinkFormat: DecodeFormat = {
  name: "seedlink",
  description: "what a SeedLink server sends after the handshake, version 3 or 4",
  create: (_, output) => new PacketStream(output),
};

/** Packets whose payload is a waveform record; others are told by their head alone. */
class PacketStream implements StreamDecoder {
  readonly #framer = new SeedLinkFramer();
  readonly #output: DecodeOutput;

  constructor(output: DecodeOutput) {
    this.#output = output;
  }

  push(chunk: Uint8Array): void {
    this.#framer.push(chunk, this);
  }

  end(): void {
    this.#framer.end(this);
  }

  counts(): Readonly<Record<string, number>> {
    return this.#framer.counts;
  }

  fault(fault: Fault): void {
    this.#output.fault(fault);
  }

  ended(): void {}

  packet(packet: SeedLinkPacket, bytes: Uint8Array, start: number, end: number, offset: number): void {
    const isRecord = packet.subformat !== "I" && (packet.format === "2" || packet.format === "3");
    const decoded = isRecord ? readMiniSeed(bytes, start, end, offset) : undefined;
    if (decoded?.ok === false) this.#output.fault(decoded.fault);
    else
      this.#output.record({
        offset,
        ...packet,
        ...(decoded === undefined ? {} : { record: recordObject(decoded.value) }),
      });
  }
}

/** A record for JSON: where its octets lie is of no use there. */
function recordObject(record: WaveformRecord): object {
  const { samples, dataStart: _start, dataEnd: _end, dataLittleEndian: _order, ...header } = record;
  return { ...header, samples: typeof samples === "string" ? samples : Array.from(samples) };
}

class RecordStream implements StreamDecoder {
  readonly #framer = new MiniSeedFramer();
  readonly #output: DecodeOutput;
  #samples = 0;
  #damagedRecords = 0;

  constructor(output: DecodeOutput) {
    this.#output = output;
  }

  push(chunk: Uint8Array): void {
    this.#framer.push(chunk, this);
  }

  end(): void {
    this.#framer.end(this);
  }

  counts(): Readonly<Record<string, number>> {
    const { records: framedRecords, garbageBytes } = this.#framer.counts;
    return { framedRecords, garbageBytes, samples: this.#samples, damagedRecords: this.#damagedRecords };
  }

  fault(fault: Fault): void {
    this.#output.fault(fault);
  }

  record(bytes: Uint8Array, start: number, end: number, offset: number): void {
    const decoded = readMiniSeed(bytes, start, end, offset);
    if (!decoded.ok) {
      this.#damagedRecords += 1;
      this.#output.fault(decoded.fault);
      return;
    }
    this.#samples += decoded.value.sampleCount;
    this.#output.record({ offset, ...recordObject(decoded.value) });
  }
}
