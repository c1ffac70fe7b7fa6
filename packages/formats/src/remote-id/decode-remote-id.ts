import { toHex } from "../hex.ts";
import { present } from "../present.ts";
import { type Fault, fail, type Result, succeed } from "../result.ts";
import { DEGREE } from "../units.ts";
import {
  AIRCRAFT_TYPES,
  HORIZONTAL_ACCURACIES,
  ID_TYPES,
  type LocationMessage,
  MESSAGE_LENGTH,
  OPERATOR_LOCATION_TYPES,
  REMOTE_ID_EPOCH,
  type RemoteIdMessage,
  SPEED_ACCURACIES,
  STATUSES,
  VERTICAL_ACCURACIES,
} from "./remote-id-message.ts";

const PACK = 0xf;
const MOST_MESSAGES = 9;
const NEWEST_PROTOCOL = 2;
const text = new TextDecoder();

/**
 * Decodes one message, or the messages of a pack. Errors: `remote-id.length-wrong`, `remote-id.protocol-unknown`,
 * `remote-id.message-unknown`, `remote-id.value-wrong` (a code or a place that cannot be).
 * @param offset of the first octet, for faults.
 */
export function decodeRemoteId(bytes: Uint8Array, offset = 0): Result<readonly RemoteIdMessage[]> {
  if (bytes.length === 0 || bytes[0]! >> 4 !== PACK) {
    const message = decodeMessage(bytes, offset);
    return message.ok ? succeed([message.value]) : message;
  }
  const count = bytes[2] ?? 0;
  if (bytes[1] !== MESSAGE_LENGTH || count < 1 || count > MOST_MESSAGES || bytes.length < 3 + count * MESSAGE_LENGTH)
    return fail(fault("length-wrong", offset, "a pack of 1 to 9 messages of 25 octets", `${bytes.length} octets`));
  const messages: RemoteIdMessage[] = [];
  for (let at = 3; at < 3 + count * MESSAGE_LENGTH; at += MESSAGE_LENGTH) {
    const message = decodeMessage(bytes.subarray(at, at + MESSAGE_LENGTH), offset + at);
    if (!message.ok) return message;
    messages.push(message.value);
  }
  return succeed(messages);
}

function decodeMessage(bytes: Uint8Array, offset: number): Result<RemoteIdMessage> {
  if (bytes.length < MESSAGE_LENGTH) return fail(fault("length-wrong", offset, "25 octets", `${bytes.length}`));
  const protocol = bytes[0]! & 0x0f;
  if (protocol > NEWEST_PROTOCOL)
    return fail(fault("protocol-unknown", offset, `protocol version up to ${NEWEST_PROTOCOL}`, `${protocol}`));
  const decode = DECODERS[bytes[0]! >> 4];
  if (decode === undefined) return fail(fault("message-unknown", offset, "message type 0 to 5", `${bytes[0]! >> 4}`));
  const message = decode(bytes, new DataView(bytes.buffer, bytes.byteOffset, MESSAGE_LENGTH));
  return typeof message === "string" ? fail(fault("value-wrong", offset, message, toHex(bytes))) : succeed(message);
}

type Decoder = (bytes: Uint8Array, view: DataView) => RemoteIdMessage | string;

const DECODERS: readonly Decoder[] = [basicId, location, authentication, selfId, system, operatorId];

function basicId(bytes: Uint8Array): RemoteIdMessage | string {
  const idType = ID_TYPES[bytes[1]! >> 4];
  if (idType === undefined) return "an identity type up to 4";
  const isOctets = idType === "utm" || idType === "session";
  const id = isOctets ? toHex(bytes, 2, 20) : readText(bytes, 2, 22);
  return { kind: "basic-id", idType, aircraftType: AIRCRAFT_TYPES[bytes[1]! & 0x0f]!, id };
}

function location(bytes: Uint8Array, view: DataView): RemoteIdMessage | string {
  const flags = bytes[1]!;
  const status = STATUSES[flags >> 4];
  if (status === undefined) return "a status up to 4";
  const place = readPlace(view, 5);
  if (place === "wrong") return "a latitude within 90 and a longitude within 180 degrees";
  const seconds = view.getUint16(21, true);
  if (seconds !== 0xffff && seconds > 36_000) return "at most 36,000 tenths of a second since the hour";
  return present<LocationMessage>({
    kind: "location",
    status,
    track: readTrack(bytes[2]!, (flags & 2) !== 0),
    groundSpeed: readSpeed(bytes[3]!, (flags & 1) !== 0),
    verticalRate: view.getInt8(4) === 126 ? undefined : view.getInt8(4) * 0.5,
    ...place,
    pressureAltitude: readAltitude(view, 13),
    ellipsoidHeight: readAltitude(view, 15),
    heightAbove: readAltitude(view, 17),
    heightAboveWhat: (flags & 4) === 0 ? "take-off" : "ground",
    verticalAccuracy: VERTICAL_ACCURACIES[(bytes[19]! >> 4) - 1],
    horizontalAccuracy: HORIZONTAL_ACCURACIES[(bytes[19]! & 0x0f) - 1],
    pressureAccuracy: VERTICAL_ACCURACIES[(bytes[20]! >> 4) - 1],
    speedAccuracy: SPEED_ACCURACIES[(bytes[20]! & 0x0f) - 1],
    secondsOfHour: seconds === 0xffff ? undefined : seconds / 10,
    timeAccuracy: (bytes[23]! & 0x0f) === 0 ? undefined : (bytes[23]! & 0x0f) / 10,
  });
}

/** Half a turn and a flag for the other half; 361 degrees means not known. */
function readTrack(code: number, isWest: boolean): number | undefined {
  const degrees = code + (isWest ? 180 : 0);
  return degrees < 360 ? degrees * DEGREE : undefined;
}

/** Quarters of a metre per second up to 63.75, then three quarters; the highest code means not known. */
function readSpeed(code: number, isFast: boolean): number | undefined {
  if (!isFast) return code * 0.25;
  return code === 255 ? undefined : code * 0.75 + 63.75;
}

/** Half metres from -1000 on; the lowest means not known. */
function readAltitude(view: DataView, at: number): number | undefined {
  const code = view.getUint16(at, true);
  return code === 0 ? undefined : code * 0.5 - 1000;
}

/** Both nought means not known. */
function readPlace(view: DataView, at: number): { latitude?: number; longitude?: number } | "wrong" {
  const [latitude, longitude] = [view.getInt32(at, true), view.getInt32(at + 4, true)];
  if (latitude === 0 && longitude === 0) return {};
  if (Math.abs(latitude) > 90e7 || Math.abs(longitude) > 180e7) return "wrong";
  return { latitude: latitude / 1e7, longitude: longitude / 1e7 };
}

function authentication(bytes: Uint8Array, view: DataView): RemoteIdMessage {
  const [authenticationType, page] = [bytes[1]! >> 4, bytes[1]! & 0x0f];
  if (page > 0) return { kind: "authentication", authenticationType, page, data: toHex(bytes, 2, 23) };
  const at = readTime(view, 4);
  return {
    ...{ kind: "authentication", authenticationType, page, lastPage: bytes[2]! & 0x0f, length: bytes[3]! },
    ...(at === undefined ? {} : { at }),
    data: toHex(bytes, 8, 17),
  };
}

function readTime(view: DataView, at: number): number | undefined {
  const seconds = view.getUint32(at, true);
  return seconds === 0 ? undefined : REMOTE_ID_EPOCH + seconds * 1e6;
}

function selfId(bytes: Uint8Array): RemoteIdMessage {
  return { kind: "self-id", descriptionType: bytes[1]!, description: readText(bytes, 2, 25) };
}

function system(bytes: Uint8Array, view: DataView): RemoteIdMessage | string {
  const operatorLocationType = OPERATOR_LOCATION_TYPES[bytes[1]! & 3];
  if (operatorLocationType === undefined) return "a kind of the operator's place up to 2";
  const place = readPlace(view, 2);
  if (place === "wrong") return "a latitude within 90 and a longitude within 180 degrees";
  return present<Extract<RemoteIdMessage, { kind: "system" }>>({
    kind: "system",
    operatorLocationType,
    operatorLongitude: place.longitude,
    operatorLatitude: place.latitude,
    operatorHeight: readAltitude(view, 18),
    areaCount: view.getUint16(10, true),
    areaRadius: bytes[12]! * 10,
    areaCeiling: readAltitude(view, 13),
    areaFloor: readAltitude(view, 15),
    classification: (bytes[1]! >> 2) & 7,
    category: bytes[17]! >> 4,
    class: bytes[17]! & 0x0f,
    at: readTime(view, 20),
  });
}

function operatorId(bytes: Uint8Array): RemoteIdMessage {
  return { kind: "operator-id", idType: bytes[1]!, id: readText(bytes, 2, 22) };
}

/** Text up to the first zero. */
function readText(bytes: Uint8Array, start: number, end: number): string {
  const zero = bytes.subarray(start, end).indexOf(0);
  return text.decode(bytes.subarray(start, zero < 0 ? end : start + zero)).trimEnd();
}

function fault(code: string, offset: number, expected: string, got: string): Fault {
  return { code: `remote-id.${code}`, what: "read a remote identification", where: { offset }, expected, got };
}
