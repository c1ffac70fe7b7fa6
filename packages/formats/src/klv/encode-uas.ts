import { writeBerLength, writeBerOid } from "./ber.ts";
import { klvChecksum } from "./checksum.ts";
import { mapForward } from "./float-mapping.ts";
import type { UasNumberName, UasTextName } from "./uas-items.ts";
import { UAS_KEY } from "./uas-key.ts";
import { MAPPED, SIGNED, TEXT, UAS_TABLE, UNSIGNED, VARIABLE } from "./uas-table.ts";

export type UasFields = { readonly [Name in UasNumberName]?: number } & { readonly [Name in UasTextName]?: string };

/** Octets given to a mapped number and to a number of any length. */
const MAPPED_OCTETS = 4;
const VARIABLE_OCTETS = 6;
const utf8 = new TextEncoder();

/**
 * A packet of the UAS datalink local set with its checksum, items in the order of their numbers.
 * @param fields in the units of {@link UasMessage}; numbers are rounded to what the wire can say and held in range.
 */
export function encodeUas(fields: UasFields): Uint8Array {
  const body: number[] = [];
  const numbered = Object.entries(fields)
    .filter(([name, value]) => value !== undefined && UAS_TABLE.numbers.has(name))
    .map(([name, value]) => [UAS_TABLE.numbers.get(name)!, value] as const)
    .sort(([first], [second]) => first - second);
  for (const [item, value] of numbered) writeItem(item, value, body);
  const head: number[] = [...UAS_KEY];
  writeBerLength(body.length + 4, head);
  const packet = Uint8Array.from([...head, ...body, 1, 2, 0, 0]);
  const sum = klvChecksum(packet, 0, packet.length - 2);
  packet.set([sum >> 8, sum & 0xff], packet.length - 2);
  return packet;
}

function writeItem(item: number, value: string | number, out: number[]): void {
  const octets = typeof value === "string" ? utf8.encode(value) : numberOctets(item, value);
  writeBerOid(item, out);
  writeBerLength(octets.length, out);
  for (const octet of octets) out.push(octet);
}

function numberOctets(item: number, value: number): Uint8Array {
  const kind = UAS_TABLE.kind[item]!;
  if (kind === TEXT) return utf8.encode(String(value));
  const wanted = value / UAS_TABLE.factor[item]!;
  if (kind === MAPPED) return whole(mapForward(UAS_TABLE.mappings[item]![MAPPED_OCTETS]!, wanted), MAPPED_OCTETS);
  const size = UAS_TABLE.octets[item]! || VARIABLE_OCTETS;
  const raw = Math.round((wanted - UAS_TABLE.low[item]!) / UAS_TABLE.scale[item]!);
  const half = 2 ** (8 * size - 1);
  if (kind === UNSIGNED || kind === VARIABLE) return whole(Math.min(Math.max(raw, 0), 2 * half - 1), size);
  const lowest = kind === SIGNED ? 1 - half : -half;
  return whole(Math.min(Math.max(raw, lowest), half - 1), size);
}

function whole(value: number, size: number): Uint8Array {
  const octets = new Uint8Array(size);
  let rest = value < 0 ? value + 2 ** (8 * size) : value;
  for (let index = size - 1; index >= 0; index -= 1) {
    octets[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return octets;
}
