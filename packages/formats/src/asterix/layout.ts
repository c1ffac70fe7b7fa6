/** How the bits of one value are read. Limits and codes are in the standard's units; what lies beyond is suspect. */
export interface ElementLayout {
  readonly kind: "element";
  readonly bits: number;
  readonly content: Content;
}

export type Content =
  | { readonly type: "code"; readonly codes?: readonly (readonly [low: number, high: number])[] }
  | { readonly type: "octal" | "ascii" | "icao" }
  | Quantity
  | {
      readonly type: "case";
      readonly flag: string;
      readonly choices: readonly (readonly [value: number, quantity: Quantity])[];
    };

/** A number: raw · numerator / denominator, in `unit`. */
export interface Quantity {
  readonly type: "quantity";
  readonly signed: boolean;
  readonly numerator: number;
  readonly denominator: number;
  readonly unit: string;
  readonly low?: number;
  readonly high?: number;
  /** The limit itself is beyond it. */
  readonly openLow?: boolean;
  readonly openHigh?: boolean;
}

export type Field =
  | { readonly kind: "spare"; readonly bits: number }
  | { readonly kind: "named"; readonly name: string; readonly layout: Layout };

export interface GroupLayout {
  readonly kind: "group";
  readonly fields: readonly Field[];
}

/** Parts of whole octets; the last bit of a part says whether the next follows, unless it is `closed`. */
export interface ExtendedLayout {
  readonly kind: "extended";
  readonly parts: readonly (readonly Field[])[];
  /** The last part has no such bit. */
  readonly closed: boolean;
}

/** A count of one or two octets and then as many values; or values each followed by the bit that says whether another does. */
export interface RepeatLayout {
  readonly kind: "repeat";
  readonly count: 1 | 2 | "fx";
  readonly layout: Layout;
}

/** Octets of presence bits, then the items they announce. `octets` is given where their number is fixed. */
export interface CompoundLayout {
  readonly kind: "compound";
  readonly octets?: number;
  /** undefined where a bit announces nothing. */
  readonly items: readonly ({ readonly name: string; readonly layout: Layout } | undefined)[];
}

/** A length octet, counting itself, and that many less one of others. */
export interface ExplicitLayout {
  readonly kind: "explicit";
  readonly purpose: "expansion" | "special" | "other";
}

export type Layout = ElementLayout | GroupLayout | ExtendedLayout | RepeatLayout | CompoundLayout | ExplicitLayout;
