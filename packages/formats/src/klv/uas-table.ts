import { DEGREE } from "../units.ts";
import { type FloatMapping, floatMapping } from "./float-mapping.ts";
import { UAS_ITEM_COUNT, UAS_ITEMS } from "./uas-items.ts";

/** How an item's octets become a value. */
export const RAW = 0;
export const UNSIGNED = 1;
export const SIGNED = 2;
/** Signed, without a code that means "no value". */
export const PLAIN_SIGNED = 3;
export const VARIABLE = 4;
export const VARIABLE_SIGNED = 5;
export const MAPPED = 6;
export const TEXT = 7;
/** Sets inside the set. */
export const NESTED = 8;

/** Longest mapped number that is told exactly, octets. */
export const LONGEST_MAPPED = 6;

/** SI units in one unit of the standard. */
const FACTOR: Readonly<Record<string, number>> = { angle: DEGREE, hPa: 100, km: 1000, MHz: 1e6 };

/** The items by number, laid out for the decoder's inner loop. */
export interface UasTable {
  readonly kind: Uint8Array;
  /** Octets of a fixed-length item. */
  readonly octets: Uint8Array;
  /** value = raw × scale + low, in the standard's units. */
  readonly scale: Float64Array;
  readonly low: Float64Array;
  /** SI units in one of the standard's. */
  readonly factor: Float64Array;
  /** By item, then by octets. */
  readonly mappings: readonly (readonly FloatMapping[] | undefined)[];
  readonly names: readonly (string | undefined)[];
  readonly numbers: ReadonlyMap<string, number>;
}

const KINDS: Readonly<Record<string, number>> = {
  u: UNSIGNED,
  n: UNSIGNED,
  s: SIGNED,
  z: PLAIN_SIGNED,
  v: VARIABLE,
  w: VARIABLE_SIGNED,
  i: MAPPED,
  t: TEXT,
};

function build(): UasTable {
  const table = {
    kind: new Uint8Array(UAS_ITEM_COUNT),
    octets: new Uint8Array(UAS_ITEM_COUNT),
    scale: new Float64Array(UAS_ITEM_COUNT).fill(1),
    low: new Float64Array(UAS_ITEM_COUNT),
    factor: new Float64Array(UAS_ITEM_COUNT).fill(1),
    mappings: new Array<readonly FloatMapping[] | undefined>(UAS_ITEM_COUNT).fill(undefined),
    names: new Array<string | undefined>(UAS_ITEM_COUNT).fill(undefined),
    numbers: new Map<string, number>(),
  };
  for (const [number, name, form, low, high, unit] of UAS_ITEMS) {
    const octets = Number(form[1]) || 0;
    table.kind[number] = form === "set" ? NESTED : KINDS[form[0]!]!;
    table.octets[number] = octets;
    table.factor[number] = FACTOR[unit] ?? 1;
    table.names[number] = name;
    table.numbers.set(name, number);
    if (form[0] === "u") {
      table.scale[number] = (high - low) / (2 ** (8 * octets) - 1);
      table.low[number] = low;
    }
    // The lowest code means "out of range", so that the range is symmetric without it.
    if (form[0] === "s") table.scale[number] = high / (2 ** (8 * octets - 1) - 1);
    if (form === "i")
      table.mappings[number] = Array.from({ length: LONGEST_MAPPED + 1 }, (_, size) => floatMapping(low, high, size));
  }
  return table;
}

export const UAS_TABLE: UasTable = build();
