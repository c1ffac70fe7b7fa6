import { present } from "../present.ts";
import { berLengthSize, readBerLength } from "./ber.ts";
import { type FloatMapping, floatMapping, mapBack } from "./float-mapping.ts";

/** One object that the camera's own tracker marks as moving. */
export interface MovingObject {
  readonly id: number;
  /** Pixels from the image's upper left, counted from 1. */
  readonly row?: number;
  readonly column?: number;
  readonly confidencePercent?: number;
  /** Degrees, WGS 84; metres above the ellipsoid. */
  readonly longitude?: number;
  readonly latitude?: number;
  readonly ellipsoidHeight?: number;
}

const SERIES = 101;
const FRAME_WIDTH = 8;
const CENTROID = 1;
const CONFIDENCE = 5;
const LATITUDE_OFFSET = 10;
const LONGITUDE_OFFSET = 11;
const HEIGHT = 12;
const PLACE = 17;
const ROW = 19;
const COLUMN = 20;
const OFFSET_MAPPING = floatMapping(-19.2, 19.2, 3);
const LATITUDE_MAPPING = floatMapping(-90, 90, 4);
const LONGITUDE_MAPPING = floatMapping(-180, 180, 4);
const HEIGHT_MAPPING = floatMapping(-900, 19_000, 2);
const MOST_OBJECTS = 1024;

/**
 * Reads the moving objects out of the nested set of item 74 (MISB ST 0903.4). What cannot be read of it is left out.
 * GAP: shapes, history and ontology of an object are passed over; a mission that shows them would need their items read.
 * @param frameCenter of the packet, to which places may be told as offsets; NaN where it has none.
 */
export function readMovingObjects(
  bytes: Uint8Array,
  frameCenter: { readonly latitude: number; readonly longitude: number },
): MovingObject[] {
  const objects: MovingObject[] = [];
  let frameWidth = 0;
  for (const { item, value } of itemsOf(bytes)) {
    if (item === FRAME_WIDTH) frameWidth = whole(value);
    if (item === SERIES) for (const pack of packsOf(value)) objects.push(readObject(pack, frameCenter, frameWidth));
  }
  return objects;
}

interface Item {
  readonly item: number;
  readonly value: Uint8Array;
}

/** Items of a local set, numbers in BER-OID, up to the first that does not fit. */
function* itemsOf(bytes: Uint8Array, from = 0): Generator<Item> {
  let at = from;
  while (at < bytes.length) {
    const [item, lengthAt] = readNumber(bytes, at);
    const length = readBerLength(bytes, lengthAt, bytes.length);
    if (length < 0) return;
    const start = lengthAt + berLengthSize(bytes[lengthAt]!);
    if (start + length > bytes.length) return;
    yield { item, value: bytes.subarray(start, start + length) };
    at = start + length;
  }
}

/** A BER-OID number and where it ends. */
function readNumber(bytes: Uint8Array, start: number): [value: number, end: number] {
  let value = 0;
  let at = start;
  for (; at < bytes.length && at < start + 4; at += 1) {
    value = value * 128 + (bytes[at]! & 0x7f);
    if (bytes[at]! < 0x80) return [value, at + 1];
  }
  return [value, bytes.length];
}

function* packsOf(series: Uint8Array): Generator<Uint8Array> {
  for (let at = 0, count = 0; at < series.length && count < MOST_OBJECTS; count += 1) {
    const length = readBerLength(series, at, series.length);
    if (length <= 0) return;
    const start = at + berLengthSize(series[at]!);
    if (start + length > series.length) return;
    yield series.subarray(start, start + length);
    at = start + length;
  }
}

function readObject(
  pack: Uint8Array,
  center: { readonly latitude: number; readonly longitude: number },
  frameWidth: number,
): MovingObject {
  const [id, from] = readNumber(pack, 0);
  const items = new Map([...itemsOf(pack, from)].map(({ item, value }) => [item, value]));
  const offset = (item: number, middle: number) => known(middle + mapped(items.get(item), OFFSET_MAPPING));
  const place = items.get(PLACE);
  // A pixel's number counts along the rows.
  const pixel = whole(items.get(CENTROID)) - 1;
  const isCounted = pixel >= 0 && frameWidth > 0;
  return present<MovingObject>({
    id,
    row: known(whole(items.get(ROW))) ?? (isCounted ? Math.floor(pixel / frameWidth) + 1 : undefined),
    column: known(whole(items.get(COLUMN))) ?? (isCounted ? (pixel % frameWidth) + 1 : undefined),
    confidencePercent: known(whole(items.get(CONFIDENCE))),
    latitude: known(mapped(place?.subarray(0, 4), LATITUDE_MAPPING)) ?? offset(LATITUDE_OFFSET, center.latitude),
    longitude: known(mapped(place?.subarray(4, 8), LONGITUDE_MAPPING)) ?? offset(LONGITUDE_OFFSET, center.longitude),
    ellipsoidHeight:
      known(mapped(place?.subarray(8, 10), HEIGHT_MAPPING)) ?? known(mapped(items.get(HEIGHT), HEIGHT_MAPPING)),
  });
}

function mapped(value: Uint8Array | undefined, mapping: FloatMapping): number {
  const octets = Math.ceil(Math.log2(mapping.highest) / 8);
  return value?.length === octets ? mapBack(mapping, whole(value)) : Number.NaN;
}

/** NaN without octets, or with more than are told exactly. */
function whole(value: Uint8Array | undefined): number {
  if (value === undefined || value.length === 0 || value.length > 6) return Number.NaN;
  return value.reduce((sum, octet) => sum * 256 + octet, 0);
}

function known(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
