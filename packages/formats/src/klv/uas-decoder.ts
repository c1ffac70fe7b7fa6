import { type Fault, fail, type Result, succeed } from "../result.ts";
import { berLengthSize, readBerLength } from "./ber.ts";
import { klvChecksum } from "./checksum.ts";
import { mapBack } from "./float-mapping.ts";
import { TextCache } from "./text-cache.ts";
import { UAS_ITEM_COUNT } from "./uas-items.ts";
import { UAS_KEY } from "./uas-key.ts";
import { type UasMessage, uasMessage } from "./uas-message.ts";
import { UasReport } from "./uas-report.ts";
import {
  LONGEST_MAPPED,
  MAPPED,
  NESTED,
  PLAIN_SIGNED,
  RAW,
  SIGNED,
  TEXT,
  UAS_TABLE,
  UNSIGNED,
  VARIABLE,
  VARIABLE_SIGNED,
} from "./uas-table.ts";

/** What became of a packet. Only of a `decoded` one does the report hold anything. */
export type UasDisposition = "decoded" | "bad-key" | "bad-length" | "bad-checksum" | "no-checksum" | "bad-items";

const CHECKSUM = 1;
const CHECKSUM_ITEM = 4;

/** Reads whole packets of the UAS datalink local set (MISB ST 0601) into a reused report, without allocation. */
export class UasDecoder {
  readonly counts: Record<UasDisposition, number> = {
    decoded: 0,
    "bad-key": 0,
    "bad-length": 0,
    "bad-checksum": 0,
    "no-checksum": 0,
    "bad-items": 0,
  };
  readonly #texts = new TextCache(UAS_ITEM_COUNT);

  /** @param bytes `[start, end)` is one packet from its key on. The report lends them. */
  decode(bytes: Uint8Array, start: number, end: number, report: UasReport): UasDisposition {
    report.clear();
    const disposition = this.#decode(bytes, start, end, report);
    if (disposition !== "decoded") report.clear();
    this.counts[disposition] += 1;
    return disposition;
  }

  #decode(bytes: Uint8Array, start: number, end: number, report: UasReport): UasDisposition {
    for (let index = 0; index < UAS_KEY.length; index += 1)
      if (bytes[start + index] !== UAS_KEY[index]) return "bad-key";
    const lengthAt = start + UAS_KEY.length;
    const length = readBerLength(bytes, lengthAt, end);
    if (length < 0 || lengthAt + berLengthSize(bytes[lengthAt]!) + length !== end) return "bad-length";
    const from = end - length;
    if (length < CHECKSUM_ITEM || bytes[end - 4] !== CHECKSUM || bytes[end - 3] !== 2) return "no-checksum";
    const stated = (bytes[end - 2]! << 8) | bytes[end - 1]!;
    if (klvChecksum(bytes, start, end - 2) !== stated) return "bad-checksum";
    report.bytes = bytes;
    return this.#items(bytes, from, end - CHECKSUM_ITEM, report) ? "decoded" : "bad-items";
  }

  #items(bytes: Uint8Array, from: number, end: number, report: UasReport): boolean {
    let at = from;
    while (at < end) {
      let item = bytes[at]!;
      at += 1;
      if (item >= 0x80) {
        // Two octets reach 16,383, far beyond what the standard has.
        if (at >= end || bytes[at]! >= 0x80) return false;
        item = ((item & 0x7f) << 7) | bytes[at]!;
        at += 1;
      }
      const length = readBerLength(bytes, at, end);
      if (length < 0) return false;
      at += berLengthSize(bytes[at]!);
      if (at + length > end || !report.add(item, at, length)) return false;
      if (length > 0 && item < UAS_ITEM_COUNT) this.#value(item, bytes, at, length, report);
      at += length;
    }
    return true;
  }

  #value(item: number, bytes: Uint8Array, at: number, length: number, report: UasReport): void {
    const kind = UAS_TABLE.kind[item]!;
    if (kind === TEXT) report.texts[item] = this.#texts.read(item, bytes, at, length);
    else if (kind !== RAW && kind !== NESTED) {
      if (isLengthRight(kind, item, length)) report.values[item] = readNumber(kind, item, bytes, at, length);
      else report.malformedItems += 1;
    }
  }
}

function isLengthRight(kind: number, item: number, length: number): boolean {
  if (kind === MAPPED) return length <= LONGEST_MAPPED;
  if (kind === VARIABLE || kind === VARIABLE_SIGNED) return length <= 8;
  return length === UAS_TABLE.octets[item];
}

function readNumber(kind: number, item: number, bytes: Uint8Array, at: number, length: number): number {
  let raw = 0;
  for (let index = 0; index < length; index += 1) raw = raw * 256 + bytes[at + index]!;
  if (kind === UNSIGNED) return raw * UAS_TABLE.scale[item]! + UAS_TABLE.low[item]!;
  if (kind === VARIABLE) return raw;
  if (kind === MAPPED) return mapBack(UAS_TABLE.mappings[item]![length]!, raw);
  const half = 2 ** (8 * length - 1);
  if (kind === SIGNED && raw === half) return Number.NaN;
  const signed = raw >= half ? raw - 2 * half : raw;
  return kind === PLAIN_SIGNED || kind === VARIABLE_SIGNED ? signed : signed * UAS_TABLE.scale[item]!;
}

const EXPECTED: Readonly<Record<Exclude<UasDisposition, "decoded">, string>> = {
  "bad-key": "the key of the UAS datalink local set",
  "bad-length": "a length that ends with the packet",
  "bad-checksum": "a checksum that checks",
  "no-checksum": "a checksum as the last item",
  "bad-items": "items that end with the packet",
};

/** The fault that stands for a packet that was not decoded. */
export function uasFault(disposition: Exclude<UasDisposition, "decoded">, offset: number, length: number): Fault {
  return {
    code: `klv.${disposition}`,
    what: "read a metadata packet",
    where: { offset },
    expected: EXPECTED[disposition],
    got: `${length} octets without it`,
  };
}

/** Decodes one packet, whole in `bytes`. */
export function decodeUas(bytes: Uint8Array, offset = 0): Result<UasMessage> {
  const report = new UasReport();
  const disposition = new UasDecoder().decode(bytes, 0, bytes.length, report);
  return disposition === "decoded" ? succeed(uasMessage(report)) : fail(uasFault(disposition, offset, bytes.length));
}
