/**
 * Digital terrain elevation data of any level: a label, two blocks of description, then a record for each column from the west, its
 * heights from the south, sign and magnitude, with a checksum (MIL-PRF-89020B, 3.13).
 */
import { type Result, succeed } from "../result.ts";
import { type HeightTile, NO_HEIGHT, refuseTile } from "./height-tile.ts";

const LABEL_BYTES = 80;
/** Label, data set identification, accuracy. */
const HEAD_BYTES = LABEL_BYTES + 648 + 2700;
const RECORD_HEAD_BYTES = 8;
const RECORD_MARK = 0xaa;
const UNKNOWN = 0xffff;
const [LOWEST, HIGHEST] = [-500, 9_000];

/** Errors: `heights.header`, `heights.size`, `heights.checksum`, `heights.height`; each with the byte where it stands. */
export function decodeDted(bytes: Uint8Array, file: string): Result<HeightTile> {
  const head = readLabel(bytes, file);
  if (!head.ok) return head;
  const { columns, rows } = head.value;
  const recordBytes = RECORD_HEAD_BYTES + 2 * rows + 4;
  const wanted = HEAD_BYTES + columns * recordBytes;
  if (bytes.length !== wanted) return refuseTile("heights.size", { file }, `${wanted} bytes`, `${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const heights = new Int16Array(columns * rows);
  for (let column = 0; column < columns; column++) {
    const start = HEAD_BYTES + column * recordBytes;
    const end = start + recordBytes - 4;
    let sum = 0;
    for (let offset = start; offset < end; offset++) sum += bytes[offset]!;
    if (bytes[start] !== RECORD_MARK || view.getUint16(start + 4) !== column)
      return refuseTile("heights.header", { file, offset: start }, `the record of column ${column}`, "another");
    if (view.getUint32(end) !== sum)
      return refuseTile("heights.checksum", { file, offset: end }, String(sum), String(view.getUint32(end)));
    for (let fromSouth = 0; fromSouth < rows; fromSouth++) {
      const offset = start + RECORD_HEAD_BYTES + 2 * fromSouth;
      const raw = view.getUint16(offset);
      const height = raw === UNKNOWN ? NO_HEIGHT : raw & 0x8000 ? -(raw & 0x7fff) : raw;
      if (height !== NO_HEIGHT && (height < LOWEST || height > HIGHEST))
        return refuseTile("heights.height", { file, offset }, `${LOWEST} to ${HIGHEST} m`, `${height}`);
      heights[(rows - 1 - fromSouth) * columns + column] = height;
    }
  }
  return succeed({ ...head.value, heights });
}

/** The user header label: corner, steps in tenths of seconds of arc, and how many columns and rows. */
function readLabel(bytes: Uint8Array, file: string): Result<Omit<HeightTile, "heights">> {
  const label = String.fromCharCode(...bytes.subarray(0, LABEL_BYTES));
  if (!label.startsWith("UHL1")) return refuseTile("heights.header", { file, offset: 0 }, "UHL1", label.slice(0, 4));
  const west = angleOf(label.slice(4, 12));
  const south = angleOf(label.slice(12, 20));
  const [lonStep, latStep] = [stepOf(label.slice(20, 24)), stepOf(label.slice(24, 28))];
  const [columns, rows] = [Number(label.slice(47, 51)), Number(label.slice(51, 55))];
  const isWhole = [columns, rows].every((count) => Number.isInteger(count) && count >= 2);
  if (west === undefined || south === undefined || !(lonStep > 0) || !(latStep > 0) || !isWhole)
    return refuseTile("heights.header", { file, offset: 4 }, "corner, steps and numbers", label.slice(4, 55));
  return succeed({ west, south, columns, rows, lonStep, latStep });
}

/** `DDDMMSSH`. */
function angleOf(text: string): number | undefined {
  const found = /^(\d{3})(\d{2})(\d{2})([NSEW])$/.exec(text);
  if (!found) return undefined;
  const degrees = Number(found[1]) + Number(found[2]) / 60 + Number(found[3]) / 3600;
  return found[4] === "S" || found[4] === "W" ? -degrees : degrees;
}

const stepOf = (text: string): number => (/^\d{4}$/.test(text) ? Number(text) / 36_000 : Number.NaN);
