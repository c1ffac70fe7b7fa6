import { sectionCrc } from "./crc32.ts";
import type { MetadataCarriage } from "./section.ts";

const PACKET = 188;
const MAP = 0x1000;
const STREAM = 0x0101;

/** Writes a transport stream that carries metadata alone: the tables once a second, each packet in a unit of its own. */
export class TsMuxer {
  readonly #carriage: MetadataCarriage;
  readonly #counters = new Map<number, number>();
  #sequence = 0;

  constructor(carriage: MetadataCarriage) {
    this.#carriage = carriage;
  }

  /** Program association and program map, to be sent at the start and about once a second. */
  tables(): Uint8Array {
    const association = section([0x00, 0xb0, 0, 0, 1, 0xc1, 0, 0, 0, 1, 0xe0 | (MAP >> 8), MAP & 0xff]);
    const isSynchronous = this.#carriage === "synchronous";
    const description = this.#carriage === "asynchronous" ? [0x05, 4, 0x4b, 0x4c, 0x56, 0x41] : [];
    const map = section([
      ...[0x02, 0xb0, 0, 0, 1, 0xc1, 0, 0, 0xff, 0xff, 0xf0, 0],
      ...[isSynchronous ? 0x15 : 0x06, 0xe0 | (STREAM >> 8), STREAM & 0xff, 0xf0, description.length, ...description],
    ]);
    return join([this.#packets(0, [0, ...association], 0xff), this.#packets(MAP, [0, ...map], 0xff)]);
  }

  /** One packet of metadata, shown at seconds of the program's clock. */
  metadata(packet: Uint8Array, presentationTime: number): Uint8Array {
    const isSynchronous = this.#carriage === "synchronous";
    const cell = isSynchronous ? [0, this.#sequence++ & 0xff, 0xdf, packet.length >> 8, packet.length & 0xff] : [];
    const length = 8 + cell.length + packet.length;
    const head = [0, 0, 1, isSynchronous ? 0xfc : 0xbd, length >> 8, length & 0xff, 0x84, 0x80, 5];
    return this.#packets(STREAM, [...head, ...timeStamp(presentationTime), ...cell, ...packet]);
  }

  /** Cuts a unit into packets; what is left of the last is filled by an adaptation field, or after a section by octets. */
  #packets(identifier: number, unit: readonly number[], fill?: number): Uint8Array {
    const room = PACKET - 4;
    const out: Uint8Array[] = [];
    for (let at = 0; at < unit.length; at += room) {
      const counter = this.#counters.get(identifier) ?? 0;
      this.#counters.set(identifier, (counter + 1) & 0x0f);
      const piece = unit.slice(at, at + room);
      const spare = room - piece.length;
      const isStuffed = spare > 0 && fill === undefined;
      const head = [
        0x47,
        (at === 0 ? 0x40 : 0) | (identifier >> 8),
        identifier & 0xff,
        (isStuffed ? 0x30 : 0x10) | counter,
      ];
      out.push(
        Uint8Array.from([
          ...head,
          ...(isStuffed ? adaptation(spare) : []),
          ...piece,
          ...filling(isStuffed ? 0 : spare),
        ]),
      );
    }
    return join(out);
  }
}

function adaptation(length: number): number[] {
  return length === 1 ? [0] : [length - 1, 0, ...filling(length - 2)];
}

function filling(length: number): number[] {
  return new Array<number>(length).fill(0xff);
}

function section(octets: readonly number[]): number[] {
  const length = octets.length + 4 - 3;
  const whole = [octets[0]!, 0xb0 | (length >> 8), length & 0xff, ...octets.slice(3)];
  const sum = sectionCrc(Uint8Array.from(whole), 0, whole.length);
  return [...whole, sum >>> 24, (sum >> 16) & 0xff, (sum >> 8) & 0xff, sum & 0xff];
}

function timeStamp(seconds: number): number[] {
  const ticks = Math.round(seconds * 90_000) % 2 ** 33;
  const high = Math.floor(ticks / 2 ** 30);
  const middle = Math.floor(ticks / 2 ** 15) & 0x7fff;
  const low = ticks % 2 ** 15;
  return [0x21 | (high << 1), middle >> 7, ((middle << 1) & 0xff) | 1, low >> 7, ((low << 1) & 0xff) | 1];
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
