import type { MetadataCarriage } from "./section.ts";

const CELL_HEADER = 5;
const CLOCK_RATE = 90_000;

/** One packetised unit: seconds of the stream's clock (NaN without), and where its payload begins and ends. */
export interface MetadataUnit {
  readonly presentationTime: number;
  readonly pieces: readonly (readonly [start: number, end: number])[];
}

/**
 * Takes a packetised unit apart: header, and for synchronous metadata the cells that follow.
 * Undefined where it is none. Sources: ISO/IEC 13818-1, 2.4.3.6 and 2.12.4; MISB ST 1402.
 */
export function readMetadataPes(unit: Uint8Array, carriage: MetadataCarriage): MetadataUnit | undefined {
  if (unit.length < 9 || unit[0] !== 0 || unit[1] !== 0 || unit[2] !== 1 || (unit[6]! & 0xc0) !== 0x80)
    return undefined;
  const stated = (unit[4]! << 8) | unit[5]!;
  const end = stated === 0 ? unit.length : 6 + stated;
  const start = 9 + unit[8]!;
  if (start > end || end > unit.length) return undefined;
  const hasTime = (unit[7]! & 0x80) !== 0 && unit[8]! >= 5;
  const presentationTime = hasTime ? readTime(unit, 9) : Number.NaN;
  // Subtitles and the like travel in private streams too.
  if (carriage === "unregistered" && !isLabel(unit, start)) return { presentationTime, pieces: [] };
  if (carriage !== "synchronous") return { presentationTime, pieces: [[start, end]] };
  const pieces = readCells(unit, start, end);
  return pieces && { presentationTime, pieces };
}

/** Whether a universal label begins there, as every KLV packet does. */
function isLabel(unit: Uint8Array, at: number): boolean {
  return unit[at] === 0x06 && unit[at + 1] === 0x0e && unit[at + 2] === 0x2b && unit[at + 3] === 0x34;
}

/** 33 bits in five octets with marker bits between. */
function readTime(unit: Uint8Array, at: number): number {
  const high = (unit[at]! >> 1) & 0x07;
  const middle = ((unit[at + 1]! << 8) | unit[at + 2]!) >> 1;
  const low = ((unit[at + 3]! << 8) | unit[at + 4]!) >> 1;
  return (high * 2 ** 30 + middle * 2 ** 15 + low) / CLOCK_RATE;
}

function readCells(unit: Uint8Array, start: number, end: number): [number, number][] | undefined {
  const pieces: [number, number][] = [];
  let at = start;
  while (at < end) {
    if (at + CELL_HEADER > end) return undefined;
    const next = at + CELL_HEADER + ((unit[at + 3]! << 8) | unit[at + 4]!);
    if (next > end) return undefined;
    pieces.push([at + CELL_HEADER, next]);
    at = next;
  }
  return pieces;
}
