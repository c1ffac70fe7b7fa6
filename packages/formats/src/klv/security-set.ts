import { berLengthSize, readBerLength } from "./ber.ts";

/** What a stream says about its own marking. Source: MISB ST 0102.12. */
export interface SecurityMarking {
  readonly classification?: "unclassified" | "restricted" | "confidential" | "secret" | "top-secret";
  readonly classifyingCountry?: string;
  readonly caveats?: string;
  readonly releasingInstructions?: string;
  readonly objectCountries?: string;
  readonly version?: number;
}

const LEVELS = ["unclassified", "restricted", "confidential", "secret", "top-secret"] as const;
const TEXT_ITEMS: Readonly<Record<number, "classifyingCountry" | "caveats" | "releasingInstructions">> = {
  3: "classifyingCountry",
  5: "caveats",
  6: "releasingInstructions",
};
const utf8 = new TextDecoder();
const utf16 = new TextDecoder("utf-16be");

/** Reads the nested security set; what cannot be read of it is left out. */
export function readSecuritySet(bytes: Uint8Array): SecurityMarking {
  const marking: Record<string, string | number> = {};
  let at = 0;
  while (at + 1 < bytes.length) {
    const item = bytes[at]!;
    const length = readBerLength(bytes, at + 1, bytes.length);
    const from = at + 1 + berLengthSize(bytes[at + 1]!);
    if (length < 0 || from + length > bytes.length) break;
    readItem(item, bytes.subarray(from, from + length), marking);
    at = from + length;
  }
  return marking;
}

function readItem(item: number, value: Uint8Array, marking: Record<string, string | number>): void {
  if (value.length === 0) return;
  const name = TEXT_ITEMS[item];
  if (name !== undefined) marking[name] = utf8.decode(value);
  else if (item === 13) marking.objectCountries = utf16.decode(value);
  else if (item === 1 && LEVELS[value[0]! - 1] !== undefined) marking.classification = LEVELS[value[0]! - 1]!;
  else if (item === 22 && value.length === 2) marking.version = (value[0]! << 8) | value[1]!;
}
