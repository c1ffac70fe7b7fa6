/** Facts that a mission's desk follows, and what texts claim of them. */
import type { PressLanguage, Span } from "../text.ts";

/** Stems by language; a sentence matches where it has one of them. */
export type Triggers = Readonly<Partial<Record<PressLanguage, readonly string[]>>>;

/** One question of fact, from the mission's files. */
export interface FactDefinition {
  readonly id: string;
  readonly value: "date" | "quantity" | "place" | "person" | "state";
  /** Only quantities of this unit, or of one of several parted by spaces. */
  readonly unit?: string;
  /** Happens time and again: claims contradict each other only where they tell of one day. */
  readonly isEvent?: boolean;
  /** Each group must have a word in the sentence. */
  readonly about: readonly Triggers[];
  /** What of the fact the value is: signed, announced, effective; decided, begun, completed. */
  readonly aspects?: Readonly<Record<string, Triggers>>;
  /** Sides to which a number "each" is multiplied. */
  readonly sides?: number;
}

/** What one text says of one fact. */
export interface Claim {
  readonly fact: string;
  readonly aspect?: string;
  /** A day, a number, a code of the gazetteer, or the name as written. */
  readonly value: string;
  readonly of?: "each" | "total";
  /** Of what happens time and again the day that the sentence names. */
  readonly day?: string;
  /** The words of the value, and the sentence they stand in. */
  readonly at: Span;
  readonly sentence: Span;
  readonly speaker?: { readonly id?: string; readonly name: string };
  readonly isQuoted: boolean;
  readonly certainty: "stated" | "doubted" | "claimed" | "denied";
}
