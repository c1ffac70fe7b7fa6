/** Assisted reading of what the press and officials say. */
export { claimsOf } from "./claims/claims.ts";
export { type Conflict, type ConflictKind, conflictsOf, type SourcedClaim } from "./claims/conflicts.ts";
export type { Claim, FactDefinition, Triggers } from "./claims/fact.ts";
export { certaintyWordsOf, framingOf } from "./claims/framing.ts";
export { type Inversion, inversionsOf, type SourcedQuotation } from "./claims/inversions.ts";
export { type NamedText, type Spellings, spellingsOf } from "./claims/spellings.ts";
export type { DateMention } from "./dates/dates.ts";
export type { TimeMention } from "./dates/times.ts";
export type { NamedClock } from "./dates/zones.ts";
export { citedOutlet, type Origin, originsOf, type ToldText } from "./duplicates/chains.ts";
export {
  type Fingerprint,
  fingerprintOf,
  isReprint,
  LEAST_CONTAINED,
  likenessOf,
  ReprintIndex,
} from "./duplicates/near-duplicates.ts";
export type { QuantityUnit } from "./lexicon/index.ts";
export { entryOfPlace, type NamedPlace } from "./names/entry-of-place.ts";
export { Gazetteer, type GazetteerEntry, type NameKind } from "./names/gazetteer.ts";
export type { NameMention } from "./names/names.ts";
export type { QuantityMention } from "./quantities/quantities.ts";
export { type Reading, readText } from "./read-text.ts";
export { languageOf } from "./search/language.ts";
export { MOST_TERMS, termsOf, type WantedTerm, wantedTerms } from "./search/terms.ts";
export type { QuotationMention } from "./speech/quotations.ts";
export type { Manner, SpeechMention } from "./speech/speech.ts";
export { PRESS_LANGUAGES, type PressLanguage, type PressText, type Span } from "./text.ts";
