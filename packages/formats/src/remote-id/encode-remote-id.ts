import { fromHex } from "../hex.ts";
import { DEGREE, wrapTurn } from "../units.ts";
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
  type SystemMessage,
  VERTICAL_ACCURACIES,
} from "./remote-id-message.ts";

const PROTOCOL = 2;
const utf8 = new TextEncoder();

/** Encodes one message in 25 octets; numbers are rounded to the wire's steps and held in range, texts are cut. */
export function encodeRemoteId(message: RemoteIdMessage): Uint8Array {
  const bytes = new Uint8Array(MESSAGE_LENGTH);
  const view = new DataView(bytes.buffer);
  switch (message.kind) {
    case "basic-id": {
      bytes[0] = PROTOCOL;
      bytes[1] = (ID_TYPES.indexOf(message.idType) << 4) | AIRCRAFT_TYPES.indexOf(message.aircraftType);
      const isOctets = message.idType === "utm" || message.idType === "session";
      bytes.set((isOctets ? (fromHex(message.id) ?? new Uint8Array(0)) : utf8.encode(message.id)).subarray(0, 20), 2);
      break;
    }
    case "location":
      writeLocation(message, bytes, view);
      break;
    case "authentication":
      bytes[0] = 0x20 | PROTOCOL;
      bytes[1] = (message.authenticationType << 4) | message.page;
      bytes.set(
        (fromHex(message.data) ?? new Uint8Array(0)).subarray(0, message.page === 0 ? 17 : 23),
        message.page === 0 ? 8 : 2,
      );
      if (message.page === 0) {
        bytes.set([message.lastPage ?? 0, message.length ?? 0], 2);
        writeTime(view, 4, message.at);
      }
      break;
    case "self-id":
      bytes.set([0x30 | PROTOCOL, message.descriptionType, ...utf8.encode(message.description).subarray(0, 23)]);
      break;
    case "system":
      writeSystem(message, bytes, view);
      break;
    default:
      bytes.set([0x50 | PROTOCOL, message.idType, ...utf8.encode(message.id).subarray(0, 20)]);
  }
  return bytes;
}

/** Puts at most nine messages into one pack. */
export function packRemoteId(messages: readonly RemoteIdMessage[]): Uint8Array {
  if (messages.length < 1 || messages.length > 9) throw new RangeError("a pack holds one to nine messages");
  const pack = new Uint8Array(3 + messages.length * MESSAGE_LENGTH);
  pack.set([0xf0 | PROTOCOL, MESSAGE_LENGTH, messages.length]);
  for (const [index, message] of messages.entries()) pack.set(encodeRemoteId(message), 3 + index * MESSAGE_LENGTH);
  return pack;
}

function writeLocation(message: LocationMessage, bytes: Uint8Array, view: DataView): void {
  const degrees = message.track === undefined ? 361 : Math.round(wrapTurn(message.track) / DEGREE) % 360;
  const isWest = degrees >= 180;
  const [isFast, speed] = speedCode(message.groundSpeed);
  const above = message.heightAboveWhat === "ground" ? 4 : 0;
  bytes[0] = 0x10 | PROTOCOL;
  bytes[1] = (STATUSES.indexOf(message.status) << 4) | above | (isWest ? 2 : 0) | (isFast ? 1 : 0);
  bytes[2] = isWest ? degrees - 180 : degrees;
  bytes[3] = speed;
  view.setInt8(4, message.verticalRate === undefined ? 126 : clamp(Math.round(message.verticalRate * 2), -124, 124));
  writePlace(view, 5, message.latitude, message.longitude);
  writeAltitude(view, 13, message.pressureAltitude);
  writeAltitude(view, 15, message.ellipsoidHeight);
  writeAltitude(view, 17, message.heightAbove);
  bytes[19] =
    (code(VERTICAL_ACCURACIES, message.verticalAccuracy) << 4) |
    code(HORIZONTAL_ACCURACIES, message.horizontalAccuracy);
  bytes[20] =
    (code(VERTICAL_ACCURACIES, message.pressureAccuracy) << 4) | code(SPEED_ACCURACIES, message.speedAccuracy);
  const seconds =
    message.secondsOfHour === undefined ? 0xffff : clamp(Math.round(message.secondsOfHour * 10), 0, 36_000);
  view.setUint16(21, seconds, true);
  bytes[23] = message.timeAccuracy === undefined ? 0 : clamp(Math.round(message.timeAccuracy * 10), 1, 15);
}

function speedCode(speed: number | undefined): [isFast: boolean, code: number] {
  if (speed === undefined) return [true, 255];
  if (speed <= 63.75) return [false, clamp(Math.round(speed / 0.25), 0, 255)];
  return [true, clamp(Math.round((speed - 63.75) / 0.75), 0, 254)];
}

/** The tightest code whose bound still holds. */
function code(bounds: readonly number[], bound: number | undefined): number {
  return bound === undefined ? 0 : bounds.findLastIndex((candidate) => candidate >= bound) + 1;
}

function writeSystem(message: SystemMessage, bytes: Uint8Array, view: DataView): void {
  bytes[0] = 0x40 | PROTOCOL;
  bytes[1] = (message.classification << 2) | OPERATOR_LOCATION_TYPES.indexOf(message.operatorLocationType);
  writePlace(view, 2, message.operatorLatitude, message.operatorLongitude);
  view.setUint16(10, message.areaCount, true);
  bytes[12] = clamp(Math.round(message.areaRadius / 10), 0, 255);
  writeAltitude(view, 13, message.areaCeiling);
  writeAltitude(view, 15, message.areaFloor);
  bytes[17] = (message.category << 4) | message.class;
  writeAltitude(view, 18, message.operatorHeight);
  writeTime(view, 20, message.at);
}

function writePlace(view: DataView, at: number, latitude: number | undefined, longitude: number | undefined): void {
  view.setInt32(at, Math.round((latitude ?? 0) * 1e7), true);
  view.setInt32(at + 4, Math.round((longitude ?? 0) * 1e7), true);
}

function writeAltitude(view: DataView, at: number, metres: number | undefined): void {
  view.setUint16(at, metres === undefined ? 0 : clamp(Math.round((metres + 1000) * 2), 1, 0xffff), true);
}

function writeTime(view: DataView, at: number, instant: number | undefined): void {
  view.setUint32(at, instant === undefined ? 0 : Math.max(1, Math.round((instant - REMOTE_ID_EPOCH) / 1e6)), true);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
