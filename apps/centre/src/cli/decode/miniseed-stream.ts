import {
  MiniSeedFramer,
  readMiniSeed,
  SeedLinkFramer,
  type SeedLinkPacket,
  type WaveformRecord,
} from "@openjmc/formats";
import { framed } from "./framed.ts";
import type { DecodeFormat, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";

export const miniSeedFormat: DecodeFormat = {
  name: "miniseed",
  description: "miniSEED 2 and 3 records, mixed as they come",
  create: (_, output) => recordStream(output),
};

export const seedLinkFormat: DecodeFormat = {
  name: "seedlink",
  description: "what a SeedLink server sends after the handshake, version 3 or 4",
  create: (_, output) => packetStream(output),
};

/** Packets whose payload is a waveform record; others are told by their head alone. */
function packetStream(output: DecodeOutput): StreamDecoder {
  const packet = (packet: SeedLinkPacket, bytes: Uint8Array, start: number, end: number, offset: number): void => {
    const isRecord = packet.subformat !== "I" && (packet.format === "2" || packet.format === "3");
    const decoded = isRecord ? readMiniSeed(bytes, start, end, offset) : undefined;
    if (decoded?.ok === false) output.fault(decoded.fault);
    else
      output.record({ offset, ...packet, ...(decoded === undefined ? {} : { record: recordObject(decoded.value) }) });
  };
  return framed(new SeedLinkFramer(), output, { packet, ended: () => {} });
}

/** A record for JSON: where its octets lie is of no use there. */
function recordObject(record: WaveformRecord): object {
  const { samples, dataStart: _start, dataEnd: _end, dataLittleEndian: _order, ...header } = record;
  return { ...header, samples: typeof samples === "string" ? samples : Array.from(samples) };
}

function recordStream(output: DecodeOutput): StreamDecoder {
  const framer = new MiniSeedFramer();
  let samples = 0;
  let damagedRecords = 0;
  const record = (bytes: Uint8Array, start: number, end: number, offset: number): void => {
    const decoded = readMiniSeed(bytes, start, end, offset);
    if (!decoded.ok) {
      damagedRecords += 1;
      output.fault(decoded.fault);
      return;
    }
    samples += decoded.value.sampleCount;
    output.record({ offset, ...recordObject(decoded.value) });
  };
  return framed(framer, output, { record }, () => {
    const { records: framedRecords, garbageBytes } = framer.counts;
    return { framedRecords, garbageBytes, samples, damagedRecords };
  });
}
