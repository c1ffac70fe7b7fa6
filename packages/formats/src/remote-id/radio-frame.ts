/** How a broadcast came through the air. */
export type RemoteIdTransport = "wifi-beacon" | "wifi-nan" | "bluetooth-legacy" | "bluetooth-extended";

/** The message or pack that a radio frame carries: where it lies in the frame, and who sent it. */
export interface RemoteIdPayload {
  readonly transport: RemoteIdTransport;
  /** Hardware address, twelve hexadecimal digits. */
  readonly transmitter: string;
  readonly counter: number;
  readonly start: number;
  readonly end: number;
}

const IEEE_802_11 = 105;
const RADIOTAP = 127;
const BLUETOOTH_LINK_LAYER = 251;
const BLUETOOTH_WITH_RADIO_HEADER = 256;
const RADIO_HEADER_LENGTH = 10;

const BEACON = 0x80;
const ACTION = 0xd0;
const MANAGEMENT_HEADER = 24;
const BEACON_FIXED = 12;
const VENDOR_ELEMENT = 0xdd;
/** The organisation of the standard's European half, and its application code. */
const REMOTE_ID_VENDOR = [0xfa, 0x0b, 0xbc, 0x0d] as const;
const NEIGHBOUR_ACTION = [0x04, 0x09, 0x50, 0x6f, 0x9a, 0x13] as const;
const SERVICE_DESCRIPTOR = 0x03;
/** First six octets of the SHA-256 of `org.opendroneid.remoteid`. */
const SERVICE_ID = [0x88, 0x69, 0x19, 0x9d, 0x92, 0x09] as const;
const SERVICE_DATA = 0x16;
const ADVERTISING_ADDRESS = 0x8e89bed6;
const EXTENDED_ADVERTISING = 7;

/**
 * Finds the remote identification in a captured radio frame of a pcap link type: Wi-Fi beacons and neighbour awareness
 * (IEEE 802.11, with or without radiotap), Bluetooth advertising (legacy and extended). Undefined where it holds none.
 */
export function findRemoteId(
  bytes: Uint8Array,
  start: number,
  end: number,
  linkType: number,
): RemoteIdPayload | undefined {
  if (linkType === IEEE_802_11) return inWifi(bytes, start, end);
  if (linkType === RADIOTAP)
    return start + 4 > end ? undefined : inWifi(bytes, start + (bytes[start + 2]! | (bytes[start + 3]! << 8)), end);
  if (linkType === BLUETOOTH_LINK_LAYER) return inBluetooth(bytes, start, end);
  return linkType === BLUETOOTH_WITH_RADIO_HEADER ? inBluetooth(bytes, start + RADIO_HEADER_LENGTH, end) : undefined;
}

function inWifi(bytes: Uint8Array, start: number, end: number): RemoteIdPayload | undefined {
  if (start + MANAGEMENT_HEADER > end) return undefined;
  const transmitter = address(bytes, start + 10, 1);
  const body = start + MANAGEMENT_HEADER;
  if (bytes[start] === BEACON) return inBeacon(bytes, body + BEACON_FIXED, end, transmitter);
  return bytes[start] === ACTION && matches(bytes, body, end, NEIGHBOUR_ACTION)
    ? inNeighbourAwareness(bytes, body + NEIGHBOUR_ACTION.length, end, transmitter)
    : undefined;
}

function inBeacon(bytes: Uint8Array, from: number, end: number, transmitter: string): RemoteIdPayload | undefined {
  for (let at = from; at + 2 <= end; at += 2 + bytes[at + 1]!) {
    const next = at + 2 + bytes[at + 1]!;
    if (bytes[at] === VENDOR_ELEMENT && next <= end && next > at + 6 && matches(bytes, at + 2, next, REMOTE_ID_VENDOR))
      return { transport: "wifi-beacon", transmitter, counter: bytes[at + 6]!, start: at + 7, end: next };
  }
  return undefined;
}

function inNeighbourAwareness(
  bytes: Uint8Array,
  from: number,
  end: number,
  transmitter: string,
): RemoteIdPayload | undefined {
  for (let at = from; at + 3 <= end; at += 3 + (bytes[at + 1]! | (bytes[at + 2]! << 8))) {
    const next = at + 3 + (bytes[at + 1]! | (bytes[at + 2]! << 8));
    if (bytes[at] !== SERVICE_DESCRIPTOR || next > end || !matches(bytes, at + 3, next, SERVICE_ID)) continue;
    const control = bytes[at + 11]!;
    // Binding bitmap, then matching and service response filters, stand before the service's own octets where flagged.
    let info = at + 12 + ((control & 0x40) !== 0 ? 2 : 0);
    for (const flag of [0x04, 0x08]) if ((control & flag) !== 0) info += 1 + (bytes[info] ?? 0);
    const infoEnd = info + 1 + (bytes[info] ?? 0);
    if ((control & 0x10) === 0 || infoEnd > next || infoEnd < info + 2) continue;
    return { transport: "wifi-nan", transmitter, counter: bytes[info + 1]!, start: info + 2, end: infoEnd };
  }
  return undefined;
}

function inBluetooth(bytes: Uint8Array, start: number, end: number): RemoteIdPayload | undefined {
  if (start + 12 > end) return undefined;
  const access =
    ((bytes[start + 3]! << 24) | (bytes[start + 2]! << 16) | (bytes[start + 1]! << 8) | bytes[start]!) >>> 0;
  const isExtended = (bytes[start + 4]! & 0x0f) === EXTENDED_ADVERTISING;
  const payload = start + 6;
  const payloadEnd = Math.min(end, payload + bytes[start + 5]!);
  if (access !== ADVERTISING_ADDRESS && !isExtended) return undefined;
  if (!isExtended)
    return inAdvertisement(bytes, payload + 6, payloadEnd, "bluetooth-legacy", address(bytes, payload + 5, -1));
  const headerEnd = payload + 1 + (bytes[payload]! & 0x3f);
  const hasAddress = headerEnd >= payload + 8 && (bytes[payload + 1]! & 1) !== 0;
  return inAdvertisement(
    bytes,
    headerEnd,
    payloadEnd,
    "bluetooth-extended",
    hasAddress ? address(bytes, payload + 7, -1) : "",
  );
}

function inAdvertisement(
  bytes: Uint8Array,
  from: number,
  end: number,
  transport: RemoteIdTransport,
  transmitter: string,
): RemoteIdPayload | undefined {
  for (let at = from; at + 1 < end && bytes[at] !== 0; at += 1 + bytes[at]!) {
    const next = at + 1 + bytes[at]!;
    const isRemoteId = bytes[at + 1] === SERVICE_DATA && matches(bytes, at + 2, next, [0xfa, 0xff, 0x0d]);
    if (isRemoteId && next <= end && next > at + 6)
      return { transport, transmitter, counter: bytes[at + 5]!, start: at + 6, end: next };
  }
  return undefined;
}

function matches(bytes: Uint8Array, at: number, end: number, wanted: readonly number[]): boolean {
  return at + wanted.length <= end && wanted.every((byte, index) => bytes[at + index] === byte);
}

/** A hardware address, read forwards, or backwards as Bluetooth writes it. */
function address(bytes: Uint8Array, at: number, step: 1 | -1): string {
  return Array.from({ length: 6 }, (_, index) => (bytes[at + index * step] ?? 0).toString(16).padStart(2, "0")).join(
    "",
  );
}
