import { toHex } from "../hex.ts";
import { type Footprint, footprintOf } from "./footprint.ts";
import { type MovingObject, readMovingObjects } from "./moving-objects.ts";
import { readSecuritySet, type SecurityMarking } from "./security-set.ts";
import type { UasNumberName, UasTextName } from "./uas-items.ts";
import type { UasReport } from "./uas-report.ts";
import { NESTED, TEXT, UAS_TABLE } from "./uas-table.ts";

const SECURITY_ITEM = 48;

/**
 * One packet by the names of its items. Angles in radians (azimuths clockwise, of the platform's from true north),
 * positions in degrees, lengths in metres, pressures in pascals, times in µs since 1970.
 * GAP: times are given as the stream tells them. Since 2014 the standard counts leap seconds in (MISP time), many streams do not;
 * item 136 says by how much where it is there, and is not applied here before both kinds have been seen side by side.
 */
export type UasMessage = { readonly [Name in UasNumberName]?: number } & { readonly [Name in UasTextName]?: string } & {
  readonly security?: SecurityMarking;
  readonly movingObjects?: readonly MovingObject[];
  readonly footprint?: Footprint;
  /** Items that have no name here, or a length that is not theirs: hexadecimal octets by number. */
  readonly others?: Readonly<Record<string, string>>;
};

/** The message that a report holds. */
export function uasMessage(report: UasReport): UasMessage {
  const message: Record<string, unknown> = {};
  const others: Record<string, string> = {};
  for (let index = 0; index < report.count; index += 1) {
    const item = report.items[index]!;
    const name = UAS_TABLE.names[item];
    const start = report.starts[index]!;
    const length = report.lengths[index]!;
    if (name === undefined) others[item] = toHex(report.bytes, start, length);
    else if (UAS_TABLE.kind[item] === TEXT) message[name] = report.texts[item] ?? "";
    else if (UAS_TABLE.kind[item] === NESTED)
      message[name] = readNested(item, report.bytes.subarray(start, start + length), report);
    else if (!Number.isNaN(report.values[item]!)) message[name] = report.values[item]! * UAS_TABLE.factor[item]!;
    else if (length > 0) others[item] = toHex(report.bytes, start, length);
  }
  const footprint = footprintOf(report);
  if (footprint !== undefined) message.footprint = footprint;
  if (Object.keys(others).length > 0) message.others = others;
  return message as UasMessage;
}

function readNested(item: number, bytes: Uint8Array, { values }: UasReport): unknown {
  if (item === SECURITY_ITEM) return readSecuritySet(bytes);
  return readMovingObjects(bytes, { latitude: values[23]!, longitude: values[24]! });
}
