import { sectionCrc } from "./crc32.ts";

const PROGRAM_ASSOCIATION = 0x00;
const PROGRAM_MAP = 0x02;
const REGISTRATION_DESCRIPTOR = 0x05;
const PRIVATE_PES = 0x06;
const METADATA_PES = 0x15;
const KLVA = 0x4b4c5641;
const HEADER = 8;

/**
 * How an elementary stream carries metadata: packets as they are, or in cells behind a header; or a private stream that nobody
 * registered, which is KLV where it looks so. Source: MISB ST 1402.
 */
export type MetadataCarriage = "asynchronous" | "synchronous" | "unregistered";

function sectionEnd(section: Uint8Array): number {
  return 3 + (((section[1]! & 0x0f) << 8) | section[2]!) - 4;
}

/** A whole section with its sum at the end, of the table wanted. */
function isTable(section: Uint8Array, table: number): boolean {
  return section[0] === table && section.length > HEADER + 4 && sectionCrc(section, 0, section.length) === 0;
}

/** Packet identifiers of the program maps; undefined where the section is no program association, or damaged. */
export function readProgramAssociation(section: Uint8Array): number[] | undefined {
  if (!isTable(section, PROGRAM_ASSOCIATION)) return undefined;
  const maps: number[] = [];
  for (let at = HEADER; at + 4 <= sectionEnd(section); at += 4) {
    const program = (section[at]! << 8) | section[at + 1]!;
    if (program !== 0) maps.push(((section[at + 2]! & 0x1f) << 8) | section[at + 3]!);
  }
  return maps;
}

/** Packet identifiers of the streams that carry KLV; undefined where the section is no program map, or damaged. */
export function readProgramMap(section: Uint8Array): Map<number, MetadataCarriage> | undefined {
  if (!isTable(section, PROGRAM_MAP)) return undefined;
  const streams = new Map<number, MetadataCarriage>();
  const end = sectionEnd(section);
  let at = 12 + (((section[10]! & 0x0f) << 8) | section[11]!);
  while (at + 5 <= end) {
    const type = section[at]!;
    const identifier = ((section[at + 1]! & 0x1f) << 8) | section[at + 2]!;
    const length = ((section[at + 3]! & 0x0f) << 8) | section[at + 4]!;
    if (type === METADATA_PES) streams.set(identifier, "synchronous");
    const registration = type === PRIVATE_PES ? registrationOf(section, at + 5, Math.min(end, at + 5 + length)) : 0;
    if (registration === KLVA) streams.set(identifier, "asynchronous");
    if (registration === undefined) streams.set(identifier, "unregistered");
    at += 5 + length;
  }
  return streams;
}

/** The four octets under which a stream is registered; undefined where it is not. */
function registrationOf(section: Uint8Array, start: number, end: number): number | undefined {
  for (let at = start; at + 2 <= end; at += 2 + section[at + 1]!) {
    if (section[at] !== REGISTRATION_DESCRIPTOR || at + 6 > end) continue;
    return (section[at + 2]! << 24) | (section[at + 3]! << 16) | (section[at + 4]! << 8) | section[at + 5]!;
  }
  return undefined;
}
