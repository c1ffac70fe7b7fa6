import type { Fragment } from "./fragments.ts";

/** Where the payload of a UDP datagram lies in a captured packet, or why there is none. */
export type DatagramPlace =
  | {
      readonly start: number;
      readonly end: number;
      /** Where the network's header begins. */
      readonly network: number;
    }
  | "other-protocol"
  | "fragment"
  | "damaged"
  | "unknown-link";

const ETHERNET = 1;
const RAW_IP = new Set([12, 14, 101, 228, 229]);
const LOOPBACK = new Set([0, 108]);
const LINUX_COOKED = 113;
const LINUX_COOKED_2 = 276;
const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const VLAN_TAGS = new Set([0x8100, 0x88a8, 0x9100]);
const UDP = 17;
const UDP_HEADER = 8;
const IPV6_HEADER = 40;
const FRAGMENT_HEADER = 44;

/**
 * Finds the UDP payload of a packet `bytes[start, end)` of a pcap link type: Ethernet II with VLAN tags, Linux cooked
 * capture, raw IP, loopback; IPv4 and IPv6. Fragments are told apart: `DatagramReader` puts them together.
 */
export function findDatagram(bytes: Uint8Array, start: number, end: number, linkType: number): DatagramPlace {
  const network = findNetwork(bytes, start, end, linkType);
  if (typeof network === "string") return network;
  const { at } = network;
  if (at >= end) return "damaged";
  const version = bytes[at]! >> 4;
  if (network.type === IPV4 && version === 4) return fromIpv4(bytes, at, end);
  if (network.type === IPV6 && version === 6) return fromIpv6(bytes, at, end);
  return "other-protocol";
}

/** What a packet that `findDatagram` calls a fragment brings; undefined where it is cut short or of another protocol than UDP. */
export function findFragment(bytes: Uint8Array, start: number, end: number, linkType: number): Fragment | undefined {
  const network = findNetwork(bytes, start, end, linkType);
  if (typeof network === "string") return undefined;
  const { at } = network;
  return bytes[at]! >> 4 === 4 ? fragmentOfIpv4(bytes, at, end) : fragmentOfIpv6(bytes, at, end);
}

/** Who sent a datagram to whom, addresses and ports: the same for all of one sender's to one receiver. */
export function flowOf(bytes: Uint8Array, network: number, start: number): string {
  const [from, until] = bytes[network]! >> 4 === 4 ? [12, 20] : [8, 40];
  const ports = bytes.subarray(start - UDP_HEADER, start - UDP_HEADER / 2);
  return `${bytes.subarray(network + from, network + until).join(".")} ${ports.join(".")}`;
}

function fragmentOfIpv4(bytes: Uint8Array, at: number, end: number): Fragment | undefined {
  const from = at + (bytes[at]! & 0x0f) * 4;
  const until = at + uint16(bytes, at + 2);
  const place = uint16(bytes, at + 6);
  if (until > end || from > until) return undefined;
  return {
    network: at,
    packet: `4 ${bytes.subarray(at + 12, at + 20).join(".")} ${uint16(bytes, at + 4)}`,
    at: (place & 0x1fff) * 8,
    isLast: (place & 0x2000) === 0,
    payload: bytes.subarray(from, until),
  };
}

/** Only where the fragment's header comes first, as it does from all that send plain datagrams. */
function fragmentOfIpv6(bytes: Uint8Array, at: number, end: number): Fragment | undefined {
  const header = at + IPV6_HEADER;
  const until = header + uint16(bytes, at + 4);
  if (until > end || header + 8 > until || bytes[header] !== UDP) return undefined;
  const place = uint16(bytes, header + 2);
  return {
    network: at,
    packet: `6 ${bytes.subarray(at + 8, at + 40).join(".")} ${bytes.subarray(header + 4, header + 8).join(".")}`,
    at: place & 0xfff8,
    isLast: (place & 1) === 0,
    payload: bytes.subarray(header + 8, until),
  };
}

function findNetwork(bytes: Uint8Array, start: number, end: number, linkType: number) {
  if (linkType === ETHERNET) return behindTags(bytes, start + 12, end);
  if (linkType === LINUX_COOKED) return behindTags(bytes, start + 14, end);
  if (linkType === LINUX_COOKED_2) return start + 20 > end ? "damaged" : { type: uint16(bytes, start), at: start + 20 };
  if (RAW_IP.has(linkType)) return { type: bytes[start]! >> 4 === 6 ? IPV6 : IPV4, at: start };
  if (LOOPBACK.has(linkType)) return { type: bytes[start + 4]! >> 4 === 6 ? IPV6 : IPV4, at: start + 4 };
  return "unknown-link";
}

function behindTags(bytes: Uint8Array, typeAt: number, end: number) {
  let at = typeAt;
  while (at + 2 <= end && VLAN_TAGS.has(uint16(bytes, at))) at += 4;
  return at + 2 > end ? "damaged" : { type: uint16(bytes, at), at: at + 2 };
}

function fromIpv4(bytes: Uint8Array, at: number, end: number): DatagramPlace {
  const header = (bytes[at]! & 0x0f) * 4;
  if (header < 20 || at + header > end) return "damaged";
  if (bytes[at + 9] !== UDP) return "other-protocol";
  // The flag "more fragments" and the place of this one.
  if ((uint16(bytes, at + 6) & 0x3fff) !== 0) return "fragment";
  return fromUdp(bytes, at, at + header, Math.min(end, at + uint16(bytes, at + 2)));
}

function fromIpv6(bytes: Uint8Array, at: number, end: number): DatagramPlace {
  if (at + IPV6_HEADER > end) return "damaged";
  if (bytes[at + 6] === FRAGMENT_HEADER) return "fragment";
  if (bytes[at + 6] !== UDP) return "other-protocol";
  return fromUdp(bytes, at, at + IPV6_HEADER, Math.min(end, at + IPV6_HEADER + uint16(bytes, at + 4)));
}

function fromUdp(bytes: Uint8Array, network: number, at: number, end: number): DatagramPlace {
  if (at + UDP_HEADER > end) return "damaged";
  const length = uint16(bytes, at + 4);
  if (length < UDP_HEADER || at + length > end) return "damaged";
  return { start: at + UDP_HEADER, end: at + length, network };
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}
