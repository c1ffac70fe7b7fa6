/**
 * The moving picture of this tab. Applies the binary messages of `/api/v1/picture` (layout: the model's picture stream)
 * straight into columns, without making an object per message, so that ten thousand objects may move four times a second.
 */
import { type Columns, clearTrail, extendTrail, growColumns, makeColumns, moveSlot } from "./columns.ts";
import { SlotIndex } from "./slot-index.ts";

const HEADER_BYTES = 12;
const LEAST_OBJECT_BYTES = 78;
const SNAPSHOT = 1;
const UPDATE = 2;
const VERSION = 1;
const ENDED = 3;
/** A trail's points lie at least this far apart in time. */
const TRAIL_STEP_MICROSECONDS = 4_000_000;

export const FLAG_ALTITUDE_KNOWN = 1;
export const FLAG_ON_GROUND = 2;
export const FLAG_SUSPICIOUS = 4;
export const FLAG_INSIDE_WATCHED_ZONE = 8;

export class PictureStore {
  columns: Columns;
  labels: string[] = [];
  /** Slots in use are `0 … count - 1`. */
  count = 0;
  /** Goes up with every message applied. */
  version = 0;
  /** Centre's instant of the last message. */
  at = 0;
  readonly originX: number;
  readonly originY: number;
  #capacity: number;
  #index: SlotIndex;
  #snapshot = 0;
  #inSnapshot: Uint32Array;
  readonly #decoder = new TextDecoder();

  /** `origin`: degrees; drawing coordinates are kept relative to it, so that single precision is enough near it. */
  constructor(origin: { readonly lon: number; readonly lat: number } = { lon: 0, lat: 0 }, capacity = 256) {
    this.#capacity = capacity;
    this.columns = makeColumns(capacity);
    this.#index = new SlotIndex(capacity);
    this.#inSnapshot = new Uint32Array(capacity);
    this.originX = mercatorX(origin.lon);
    this.originY = mercatorY(origin.lat);
  }

  /** Applies one message; answers false, changing nothing, if it is not a whole message of version 1. */
  apply(bytes: Uint8Array): boolean {
    if (!isWhole(bytes)) return false;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const objects = view.getUint16(2, true);
    this.at = view.getFloat64(4, true);
    const isSnapshot = bytes[0] === SNAPSHOT;
    if (isSnapshot) this.#snapshot += 1;
    let offset = HEADER_BYTES;
    let anyEnded = false;
    for (let object = 0; object < objects; object++) {
      const slot = this.#slotOf(view, offset + 4);
      this.#read(view, bytes, offset, slot);
      this.#inSnapshot[slot] = this.#snapshot;
      if (this.columns.status[slot] === ENDED) anyEnded = true;
      offset += view.getUint16(offset, true);
    }
    if (isSnapshot || anyEnded)
      this.#drop(
        (slot) => this.columns.status[slot] === ENDED || (isSnapshot && this.#inSnapshot[slot] !== this.#snapshot),
      );
    this.version += 1;
    return true;
  }

  /** Takes everything out. */
  clear(): void {
    this.count = 0;
    this.labels = [];
    this.#index.rebuild(this.columns.ids, 0, this.#capacity);
    this.version += 1;
  }

  /** The slot of an object, by the 32 hexadecimal digits that the stream carries of its id (longer ids may be given whole), or -1. */
  slotOf(id: string): number {
    const word = (at: number): number => Number.parseInt(id.slice(at * 8, at * 8 + 8).padEnd(8, "0"), 16) >>> 0;
    return this.#index.find(this.columns.ids, word(0), word(1), word(2), word(3));
  }

  /** The 32 hexadecimal digits of a slot's id. */
  idOf(slot: number): string {
    let id = "";
    for (let word = 0; word < 4; word++) id += this.columns.ids[slot * 4 + word]!.toString(16).padStart(8, "0");
    return id;
  }

  #slotOf(view: DataView, at: number): number {
    const a = view.getUint32(at);
    const b = view.getUint32(at + 4);
    const c = view.getUint32(at + 8);
    const d = view.getUint32(at + 12);
    const found = this.#index.find(this.columns.ids, a, b, c, d);
    if (found >= 0) return found;
    if (this.count === this.#capacity) this.#grow();
    const slot = this.count++;
    this.columns.ids.set([a, b, c, d], slot * 4);
    clearTrail(this.columns, slot);
    this.labels[slot] = "";
    this.#index.add(this.columns.ids, slot);
    return slot;
  }

  #read(view: DataView, bytes: Uint8Array, start: number, slot: number): void {
    const columns = this.columns;
    columns.status[slot] = view.getUint8(start + 2);
    columns.flags[slot] = view.getUint8(start + 3);
    const lon = view.getFloat64(start + 20, true);
    const lat = view.getFloat64(start + 28, true);
    columns.lon[slot] = lon;
    columns.lat[slot] = lat;
    columns.x[slot] = mercatorX(lon) - this.originX;
    columns.y[slot] = mercatorY(lat) - this.originY;
    columns.altitude[slot] = view.getFloat32(start + 36, true);
    columns.velocityEast[slot] = view.getFloat32(start + 40, true);
    columns.velocityNorth[slot] = view.getFloat32(start + 44, true);
    columns.velocityUp[slot] = view.getFloat32(start + 48, true);
    columns.semiMajor[slot] = view.getFloat32(start + 52, true);
    columns.semiMinor[slot] = view.getFloat32(start + 56, true);
    columns.ellipseAzimuth[slot] = view.getFloat32(start + 60, true);
    columns.existence[slot] = view.getFloat32(start + 64, true);
    columns.seenAt[slot] = view.getFloat64(start + 68, true);
    this.#readLabel(bytes, start + 76, slot);
    this.#extendTrail(slot);
  }

  /** Makes a new text only when the label's bytes differ from the last ones. */
  #readLabel(bytes: Uint8Array, start: number, slot: number): void {
    const length = bytes[start]!;
    const old = this.labels[slot]!;
    let same = old.length === length;
    for (let index = 0; same && index < length; index++) same = old.charCodeAt(index) === bytes[start + 1 + index];
    if (!same) this.labels[slot] = this.#decoder.decode(bytes.subarray(start + 1, start + 1 + length));
  }

  #extendTrail(slot: number): void {
    const passed = this.columns.seenAt[slot]! - this.columns.trailAt[slot]!;
    if (passed < 0) clearTrail(this.columns, slot);
    if (passed < 0 || passed >= TRAIL_STEP_MICROSECONDS) extendTrail(this.columns, slot);
  }

  #drop(isGone: (slot: number) => boolean): void {
    const before = this.count;
    for (let slot = this.count - 1; slot >= 0; slot--) {
      if (!isGone(slot)) continue;
      const last = --this.count;
      if (slot === last) continue;
      moveSlot(this.columns, last, slot);
      this.labels[slot] = this.labels[last]!;
      this.#inSnapshot[slot] = this.#inSnapshot[last]!;
    }
    this.labels.length = this.count;
    if (this.count !== before) this.#index.rebuild(this.columns.ids, this.count, this.#capacity);
  }

  #grow(): void {
    this.#capacity *= 2;
    this.columns = growColumns(this.columns, this.#capacity);
    const inSnapshot = new Uint32Array(this.#capacity);
    inSnapshot.set(this.#inSnapshot);
    this.#inSnapshot = inSnapshot;
    this.#index.rebuild(this.columns.ids, this.count, this.#capacity);
  }
}

/** Whether the bytes are one whole message: every object's stated length is kept and its label fits. */
function isWhole(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES || bytes[1] !== VERSION || (bytes[0] !== SNAPSHOT && bytes[0] !== UPDATE))
    return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let offset = HEADER_BYTES;
  for (let object = view.getUint16(2, true); object > 0; object--) {
    if (offset + LEAST_OBJECT_BYTES > bytes.length) return false;
    const length = view.getUint16(offset, true);
    if (length < LEAST_OBJECT_BYTES + bytes[offset + 76]! || offset + length > bytes.length) return false;
    offset += length;
  }
  return true;
}

/** Web Mercator (EPSG:3857) with the world one unit wide and y to the south. */
export function mercatorX(lon: number): number {
  return lon / 360 + 0.5;
}

export function mercatorY(lat: number): number {
  const sine = Math.sin((Math.max(-85.05113, Math.min(85.05113, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
