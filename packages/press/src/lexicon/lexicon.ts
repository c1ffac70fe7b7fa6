/** What a language brings to reading: words as stems in lower case, each list in the order that its comment says. */
import type { PressLanguage } from "../text.ts";

/** What is counted. Persons by what they are said to be; a casualty's state is its own unit, as such numbers are never mixed. */
export type QuantityUnit =
  | "service-member"
  | "person"
  | "civilian"
  | "killed"
  | "wounded"
  | "missing"
  | "captive"
  | "displaced"
  | "armoured-carrier"
  | "vehicle"
  | "equipment"
  | "tank"
  | "gun"
  | "uncrewed-aircraft"
  | "round"
  | "explosion"
  | "violation"
  | "post"
  | "building"
  | "kilometre"
  | "metre"
  | "hectare"
  | "minute"
  | "hour"
  | "day"
  | "week"
  | "month"
  | "year"
  | "percent";

/** A stem, or a pattern of its own where endings matter: `=word` is the whole word. */
export type Stem = string;

export interface Lexicon {
  readonly language: PressLanguage;
  /** January to December. */
  readonly months: readonly (readonly Stem[])[];
  /** Monday to Sunday, as regular expressions over lower-case text: some are two words, some mean something else alone. */
  readonly weekdays: readonly string[];
  /** Words for a day counted from the text's own, with the number of days; regular expressions. */
  readonly relativeDays: readonly (readonly [pattern: string, days: number])[];
  /** What behind a number counts days back from the text's own, with the days of each: "days ago"; regular expressions. */
  readonly countedBack: readonly (readonly [pattern: string, days: number])[];
  /** Words for a day counted from the one named last: "the next day"; regular expressions. */
  readonly countedOn: readonly (readonly [pattern: string, days: number])[];
  /** Words by which a weekday is the one to come; regular expressions. */
  readonly coming: readonly string[];
  /** "Local time"; regular expressions. */
  readonly localClock: readonly string[];
  /** Words behind which "3.40" is a time of day; regular expressions. */
  readonly clockWords: readonly string[];
  /** Orders of day {D}, month {M} and year {Y} in this language; the fuller first. */
  readonly datePatterns: readonly string[];
  /** Written numbers: stem and value. Hundreds, thousands and millions multiply what stands before them. */
  readonly numerals: Readonly<Record<Stem, number>>;
  /** Words between the parts of a written number. */
  readonly numeralJoiners: readonly string[];
  readonly units: readonly (readonly [QuantityUnit, readonly Stem[]])[];
  /** What is counted but is no unit here, such as strikes: a number before it says nothing of what stands behind. */
  readonly otherHeads: readonly Stem[];
  /** Written numbers that are no number: "one day" for "once"; regular expressions. */
  readonly idioms: readonly string[];
  /** "Per cent" where it stands before the number. */
  readonly percentBefore?: string;
  readonly about: readonly string[];
  readonly atLeast: readonly string[];
  readonly moreThan: readonly string[];
  readonly upTo: readonly string[];
  /** "Each", "per side": what is said of one of several. */
  readonly each: readonly string[];
  /** "In total": what is said of all together. */
  readonly total: readonly string[];
  /** Endings that a name may carry, longest first. */
  readonly nameEndings: readonly string[];
  /** Ranks and offices before a person's name; regular expressions. */
  readonly titles: readonly string[];
  /** Given names that are common in the language's press. */
  readonly givenNames: readonly string[];
  /** Endings of family names, in the language's own letters. */
  readonly familyEndings: readonly string[];
  /** What stands before, and behind, the name of a place. */
  readonly placeBefore: readonly string[];
  readonly placeBehind: readonly string[];
  /** Capitalised words that are never part of a name: months, weekdays, nationalities stand here too. */
  readonly notNames: readonly Stem[];
  readonly said: readonly Stem[];
  readonly claimed: readonly Stem[];
  readonly denied: readonly Stem[];
  readonly promised: readonly Stem[];
  /** Verbs by which a paper passes on the words of others: an outlet that stands beside one is who says it. */
  readonly quotes: readonly Stem[];
  /** "According to": before the speaker, and behind. */
  readonly accordingBefore: readonly string[];
  readonly accordingBehind: readonly string[];
  /** What makes a sentence say the opposite. */
  readonly negations: readonly string[];
  /** Whether what a verb governs stands behind it: "was signed on the 10th"; else before: "the 10th on was-signed". */
  readonly isVerbFirst: boolean;
  /** Words of doubt. */
  readonly doubts: readonly Stem[];
}
