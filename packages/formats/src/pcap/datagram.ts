/** Where the payload of a UDP datagram lies in a captured packet, or why there is none. */
export type DatagramPlace =
  | { readonly start: number; readonly end: number }
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

/**
 * Finds the UDP payload of a packet `bytes[start, end)` of a pcap link type: Ethernet II with VLAN tags, Linux cooked
 * capture, raw IP, loopback; IPv4 and IPv6.
 * GAP: fragments are told apart but not put together; datagrams above the network's frame size need a reassembler.
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
  return fromUdp(bytes, at + header, Math.min(end, at + uint16(bytes, at + 2)));
}

function fromIpv6(bytes: Uint8Array, at: number, end: number): DatagramPlace {
  if (at + 40 > end) return "damaged";
  if (bytes[at + 6] === 44) return "fragment";
  if (bytes[at + 6] !== UDP) return "other-protocol";
  return fromUdp(bytes, at + 40, Math.min(end, at + 40 + uint16(bytes, at + 4)));
}

function fromUdp(bytes: Uint8Array, at: number, end: number): DatagramPlace {
  if (at + 8 > end) return "damaged";
  const length = uint16(bytes, at + 4);
  if (length < 8 || at + length > end) return "damaged";
  return { start: at + 8, end: at + length };
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}
