import type { Quantity } from "./layout.ts";

/** What an operation does with the bits it finds. */
export const SPARE = 0;
/** A code that lies within one octet and may be any: what most fields are. */
export const SMALL_CODE = 1;
export const CODE = 2;
export const UNSIGNED = 3;
export const SIGNED = 4;
export const CASE = 5;
/** From here on text. */
export const ASCII = 6;
export const ICAO = 7;
export const HEX = 8;

/** Reads one field of a fixed run of octets. All operations have one shape, so that the reader's loop stays fast. */
export interface FieldOperation {
  readonly kind: number;
  /** Index in the edition's list of fields; -1 for spare bits. */
  readonly id: number;
  readonly bits: number;
  /** First octet, number of octets touched (at most 4 unless text or wide), bits to the right. */
  readonly octet: number;
  readonly span: number;
  readonly shift: number;
  /** Low bits kept; 0 where they are more than 32. */
  readonly mask: number;
  /** The first number of steps that is negative in two's complement. */
  readonly half: number;
  readonly scale: number;
  readonly divisor: number;
  /** The divisor is one. */
  readonly isExact: boolean;
  /** There are limits to keep. */
  readonly isLimited: boolean;
  readonly low: number;
  readonly high: number;
  /** Which codes have a meaning, where not all have one. */
  readonly allowed: Uint8Array | undefined;
  /** For `CASE`: id of the flag and the quantity of each of its values. */
  readonly flag: number;
  readonly choices: readonly Quantity[];
}

/** A run of octets whose fields stand at fixed bits. Ids of fields under a node are `first … end - 1`, in order. */
export interface FixedNode {
  readonly kind: "fixed";
  readonly first: number;
  readonly end: number;
  readonly octets: number;
  readonly operations: readonly FieldOperation[];
  readonly shape: Shape;
}

export interface ExtendedNode {
  readonly kind: "extended";
  readonly first: number;
  readonly end: number;
  readonly parts: readonly FixedNode[];
  readonly closed: boolean;
}

/** Its first id marks the repetition in the tape, with the number of repeats as value. */
export interface RepeatNode {
  readonly kind: "repeat";
  readonly first: number;
  readonly end: number;
  readonly count: 1 | 2 | "fx";
  readonly inner: Node;
}

export interface CompoundNode {
  readonly kind: "compound";
  readonly first: number;
  readonly end: number;
  readonly octets: number;
  readonly names: readonly string[];
  readonly items: readonly (Node | undefined)[];
}

/** Its first id carries the octets as hexadecimal text, where they are not read by `expansion`. */
export interface ExplicitNode {
  readonly kind: "explicit";
  readonly first: number;
  readonly end: number;
  readonly expansion: Node | undefined;
}

export type Node = FixedNode | ExtendedNode | RepeatNode | CompoundNode | ExplicitNode;

/** How the values of a fixed run nest: one value, or names with what is under them. */
export type Shape =
  | { readonly kind: "value"; readonly id: number }
  | { readonly kind: "group"; readonly fields: readonly { readonly name: string; readonly shape: Shape }[] };

/** What is known of a field by its id. */
export interface FieldInfo {
  /** Item that the field stands in. */
  readonly item: string;
  /** As `040/RHO`; a repetition's marker as `250/*`. */
  readonly path: string;
  readonly kind: "number" | "octal" | "text" | "hex" | "marker";
  readonly bits: number;
  /** Unit of the standard; "" for bare codes. */
  readonly unit: string;
}
