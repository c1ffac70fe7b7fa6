import { joinBytes } from "./collect-frames.ts";

function little(value: number, length: number): number[] {
  return Array.from({ length }, (_, index) => Math.floor(value / 256 ** index) & 0xff);
}

function big(value: number, length: number): number[] {
  return little(value, length).reverse();
}

const words = { little, big };
export type ByteOrder = keyof typeof words;

/** A datagram over IPv4, without link header. */
export function ipv4Datagram(payload: Uint8Array, fragment = 0): Uint8Array {
  const length = payload.length + 28;
  const ip = [0x45, 0, ...big(length, 2), 0, 0, ...big(fragment, 2), 1, 17, 0, 0, 10, 0, 0, 1, 239, 0, 0, 1];
  return joinBytes([Uint8Array.from([...ip, 0, 1, 0, 2, ...big(payload.length + 8, 2), 0, 0]), payload]);
}

/** A datagram over IPv6, without link header. */
export function ipv6Datagram(payload: Uint8Array): Uint8Array {
  const ip = [0x60, 0, 0, 0, ...big(payload.length + 8, 2), 17, 1, ...new Array<number>(32).fill(0)];
  return joinBytes([Uint8Array.from([...ip, 0, 1, 0, 2, ...big(payload.length + 8, 2), 0, 0]), payload]);
}

/** A packet of IPv4 in fragments of so many octets, a multiple of eight. */
export function fragmentsOfIpv4(packet: Uint8Array, size: number): Uint8Array[] {
  return partsOf(packet.subarray(20), size).map(({ part, at, isLast }) => {
    const header = packet.slice(0, 20);
    header.set(big(part.length + 20, 2), 2);
    header.set(big((isLast ? 0 : 0x2000) | (at / 8), 2), 6);
    return joinBytes([header, part]);
  });
}

/** The same of IPv6. */
export function fragmentsOfIpv6(packet: Uint8Array, size: number): Uint8Array[] {
  return partsOf(packet.subarray(40), size).map(({ part, at, isLast }) => {
    const header = packet.slice(0, 40);
    header.set(big(part.length + 8, 2), 4);
    header[6] = 44;
    return joinBytes([header, Uint8Array.from([17, 0, ...big(at | (isLast ? 0 : 1), 2), 0, 0, 0, 7]), part]);
  });
}

function partsOf(payload: Uint8Array, size: number) {
  return Array.from({ length: Math.ceil(payload.length / size) }, (_, index) => {
    const at = index * size;
    return { part: payload.subarray(at, at + size), at, isLast: at + size >= payload.length };
  });
}

/** Puts an Ethernet II header with VLAN tags before a packet. */
export function ethernet(packet: Uint8Array, tags: readonly number[] = []): Uint8Array {
  const type = packet[0]! >> 4 === 6 ? 0x86dd : 0x0800;
  const tagged = tags.flatMap((tag) => [0x81, 0x00, ...big(tag, 2)]);
  return joinBytes([Uint8Array.from([...new Array<number>(12).fill(2), ...tagged, ...big(type, 2)]), packet]);
}

export interface CapturedPacket {
  readonly bytes: Uint8Array;
  /** µs since 1970. */
  readonly at: number;
}

/** A classic capture file. */
export function pcapFile(packets: readonly CapturedPacket[], linkType: number, order: ByteOrder): Uint8Array {
  const word = words[order];
  const head = [
    ...word(0xa1b2c3d4, 4),
    ...word(2, 2),
    ...word(4, 2),
    ...word(0, 8),
    ...word(65_535, 4),
    ...word(linkType, 4),
  ];
  const bodies = packets.flatMap(({ bytes, at }) => [
    Uint8Array.from([
      ...word(Math.floor(at / 1e6), 4),
      ...word(at % 1e6, 4),
      ...word(bytes.length, 4),
      ...word(bytes.length, 4),
    ]),
    bytes,
  ]);
  return joinBytes([Uint8Array.from(head), ...bodies]);
}

/** A next-generation capture file whose clock counts nanoseconds. */
export function pcapngFile(packets: readonly CapturedPacket[], linkType: number, order: ByteOrder): Uint8Array {
  const word = words[order];
  const block = (type: number, body: readonly number[]) => {
    const padded = [...body, ...new Array<number>((4 - (body.length % 4)) % 4).fill(0)];
    const length = word(padded.length + 12, 4);
    return Uint8Array.from([...word(type, 4), ...length, ...padded, ...length]);
  };
  const section = block(0x0a0d0d0a, [
    ...word(0x1a2b3c4d, 4),
    ...word(1, 2),
    ...word(0, 2),
    ...new Array<number>(8).fill(0xff),
  ]);
  const resolution = [...word(9, 2), ...word(1, 2), 9, 0, 0, 0, 0, 0, 0, 0];
  const own = block(1, [...word(linkType, 2), 0, 0, ...word(65_535, 4), ...resolution]);
  const enhanced = packets.map(({ bytes, at }) => {
    const nanoseconds = BigInt(at) * 1000n;
    const time = [...word(Number(nanoseconds >> 32n), 4), ...word(Number(nanoseconds & 0xffffffffn), 4)];
    return block(6, [...word(0, 4), ...time, ...word(bytes.length, 4), ...word(bytes.length, 4), ...bytes]);
  });
  return joinBytes([section, own, ...enhanced]);
}
