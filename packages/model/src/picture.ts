/**
 * The binary picture stream (`/api/v1/picture`, WebSocket): what moves, at most four updates a second per object.
 * Little-endian. Message = kind u8 (1 snapshot: replaces everything, 2 update), version u8 = 1, count u16 (objects), time f64
 * (centre's instant, microseconds), then per object: length u16 of the whole object record, status u8, flags u8 (1 altitude known,
 * 2 on ground, 4 suspicious, 8 inside a watched zone), id 16 bytes (hex id's first 16 bytes), lon f64, lat f64, altitude f32 m,
 * velocity east, north, up f32 m/s, semi-major, semi-minor f32 m, ellipse azimuth f32 rad, existence f32, at f64 instant,
 * then label (UTF-8, u8 length) and source count u8.
 */
import type { TrackRow, TrackStatus } from "./track.ts";

/** One object of the picture as the console holds it. */
export interface PictureObject {
  readonly id: string;
  readonly status: TrackStatus;
  readonly lon: number;
  readonly lat: number;
  /** NaN where unknown. */
  readonly altitudeMetres: number;
  readonly onGround: boolean;
  readonly suspicious: boolean;
  readonly insideWatchedZone: boolean;
  readonly velocityEast: number;
  readonly velocityNorth: number;
  readonly velocityUp: number;
  readonly semiMajorMetres: number;
  readonly semiMinorMetres: number;
  readonly ellipseAzimuth: number;
  readonly existence: number;
  readonly at: number;
  readonly label: string;
  readonly sourceCount: number;
}

/** One message of the stream. */
export interface PictureMessage {
  readonly kind: "snapshot" | "update";
  readonly at: number;
  readonly objects: readonly PictureObject[];
}

const STATUSES: readonly TrackStatus[] = ["tentative", "confirmed", "coasted", "ended"];
const HEADER_BYTES = 12;
const OBJECT_BYTES = 4 + 16 + 16 + 32 + 8;

/** What the picture shows of a track row. */
export function pictureObjectOf(row: TrackRow): PictureObject {
  return {
    id: row.id,
    status: row.status,
    lon: row.lon,
    lat: row.lat,
    altitudeMetres: row.altitudeMetres ?? Number.NaN,
    onGround: row.onGround ?? false,
    suspicious: row.suspicions.length > 0,
    insideWatchedZone: row.zones.some((zone) => zone.probability >= 0.5),
    velocityEast: row.velocityEast,
    velocityNorth: row.velocityNorth,
    velocityUp: row.velocityUp,
    semiMajorMetres: row.ellipse.semiMajorMetres,
    semiMinorMetres: row.ellipse.semiMinorMetres,
    ellipseAzimuth: row.ellipse.azimuth,
    existence: row.existence,
    at: row.at,
    label: row.callsign ?? row.icao ?? row.serial ?? "",
    sourceCount: row.sources.length,
  };
}

/** Writes one message. Objects beyond 65,535 must go into a second message. */
export function encodePicture(message: PictureMessage): Uint8Array {
  const labels = message.objects.map((object) => new TextEncoder().encode(object.label).subarray(0, 255));
  const total = labels.reduce((sum, label) => sum + OBJECT_BYTES + 2 + label.length, HEADER_BYTES);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, message.kind === "snapshot" ? 1 : 2);
  view.setUint8(1, 1);
  view.setUint16(2, message.objects.length, true);
  view.setFloat64(4, message.at, true);
  let offset = HEADER_BYTES;
  message.objects.forEach((object, index) => {
    offset = writeObject(view, bytes, offset, object, labels[index]!);
  });
  return bytes;
}

function writeObject(
  view: DataView,
  bytes: Uint8Array,
  start: number,
  object: PictureObject,
  label: Uint8Array,
): number {
  const length = OBJECT_BYTES + 2 + label.length;
  view.setUint16(start, length, true);
  view.setUint8(start + 2, STATUSES.indexOf(object.status));
  const known = Number.isFinite(object.altitudeMetres);
  view.setUint8(
    start + 3,
    (known ? 1 : 0) | (object.onGround ? 2 : 0) | (object.suspicious ? 4 : 0) | (object.insideWatchedZone ? 8 : 0),
  );
  for (let digit = 0; digit < 16; digit++)
    bytes[start + 4 + digit] = Number.parseInt(object.id.slice(digit * 2, digit * 2 + 2), 16) || 0;
  view.setFloat64(start + 20, object.lon, true);
  view.setFloat64(start + 28, object.lat, true);
  const floats = [
    known ? object.altitudeMetres : 0,
    object.velocityEast,
    object.velocityNorth,
    object.velocityUp,
    object.semiMajorMetres,
    object.semiMinorMetres,
    object.ellipseAzimuth,
    object.existence,
  ];
  for (let index = 0; index < floats.length; index++) view.setFloat32(start + 36 + index * 4, floats[index]!, true);
  view.setFloat64(start + 68, object.at, true);
  view.setUint8(start + 76, label.length);
  bytes.set(label, start + 77);
  view.setUint8(start + 77 + label.length, Math.min(255, object.sourceCount));
  return start + length;
}

/** Reads one message; undefined if the bytes are not a whole message of version 1. */
export function decodePicture(bytes: Uint8Array): PictureMessage | undefined {
  if (bytes.length < HEADER_BYTES || bytes[1] !== 1 || (bytes[0] !== 1 && bytes[0] !== 2)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = view.getUint16(2, true);
  const objects: PictureObject[] = [];
  let offset = HEADER_BYTES;
  for (let index = 0; index < count; index++) {
    if (offset + OBJECT_BYTES + 2 > bytes.length) return undefined;
    const length = view.getUint16(offset, true);
    if (length < OBJECT_BYTES + 2 || offset + length > bytes.length) return undefined;
    objects.push(readObject(view, bytes, offset));
    offset += length;
  }
  return { kind: bytes[0] === 1 ? "snapshot" : "update", at: view.getFloat64(4, true), objects };
}

function readObject(view: DataView, bytes: Uint8Array, start: number): PictureObject {
  const flags = view.getUint8(start + 3);
  const float = (index: number): number => view.getFloat32(start + 36 + index * 4, true);
  const labelLength = view.getUint8(start + 76);
  let id = "";
  for (let digit = 0; digit < 16; digit++) id += bytes[start + 4 + digit]!.toString(16).padStart(2, "0");
  return {
    id,
    status: STATUSES[view.getUint8(start + 2)] ?? "ended",
    lon: view.getFloat64(start + 20, true),
    lat: view.getFloat64(start + 28, true),
    altitudeMetres: flags & 1 ? float(0) : Number.NaN,
    onGround: (flags & 2) !== 0,
    suspicious: (flags & 4) !== 0,
    insideWatchedZone: (flags & 8) !== 0,
    velocityEast: float(1),
    velocityNorth: float(2),
    velocityUp: float(3),
    semiMajorMetres: float(4),
    semiMinorMetres: float(5),
    ellipseAzimuth: float(6),
    existence: float(7),
    at: view.getFloat64(start + 68, true),
    label: new TextDecoder().decode(bytes.subarray(start + 77, start + 77 + labelLength)),
    sourceCount: view.getUint8(start + 77 + labelLength),
  };
}
