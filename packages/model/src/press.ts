/** The open-source desk: texts that others publish, what is read in them, what they claim, and what is adopted of it. */
import type { EntryMark } from "./case.ts";
import type { Instant } from "./instant.ts";

/** How a text came into its language. */
export const TRANSLATIONS = ["original", "human", "machine"] as const;
export type Translation = (typeof TRANSLATIONS)[number];

/** Whose an outlet is, as the analyst knows it. */
export const ALIGNMENTS = ["official", "state", "party", "independent", "unknown"] as const;
export type Alignment = (typeof ALIGNMENTS)[number];

/** Body of `text.received` (session). Subject: ULID of the text. Refs name both files, which stay inside. */
export interface TextReceivedBody {
  /** A code among the mission's names, or the outlet's name. */
  readonly outlet: string;
  /** ISO 639-1. */
  readonly language: string;
  readonly title: string;
  readonly publishedAt: string;
  /** IANA zone of the outlet: its "yesterday" is a day there. */
  readonly timeZone: string;
  readonly retrievedAt: string;
  /** Where it was found. */
  readonly address?: string;
  /** The file as it came, by SHA-256, with its media type. */
  readonly original: string;
  readonly mediaType: string;
  /** What was read out of it: UTF-8, composed (NFC). All places of words count its UTF-16 units. */
  readonly text: string;
  readonly characters: number;
  readonly translation: Translation;
  /** The text that this one translates, where that is here too. */
  readonly translationOf?: string;
  readonly alignment: Alignment;
  /** The side it is aligned with. */
  readonly side?: string;
  /** The text of which this is a reprint. */
  readonly repeats?: string;
  /** The outlet on whose word it tells what it tells. */
  readonly cites?: string;
}

export const JUDGED_KINDS = [
  "date",
  "time",
  "quantity",
  "place",
  "person",
  "organisation",
  "outlet",
  "state",
  "speech",
  "quotation",
  "claim",
  "reprint",
  "cites",
] as const;
export type JudgedKind = (typeof JUDGED_KINDS)[number];

/** `added`: what the reading had not found. */
export const VERDICTS = ["accepted", "corrected", "rejected", "added"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What an analyst says of one suggestion. Of `reprint` and `cites` the whole text is judged: both places are 0. */
export interface Judgement {
  readonly start: number;
  readonly end: number;
  readonly kind: JudgedKind;
  readonly verdict: Verdict;
  /** A day, `1960 service-member`, a code, a name; of a rejected one what was suggested. */
  readonly value: string;
  /** The words judged, where they are short. */
  readonly words?: string;
}

/** Body of `reading.judged` (session). Subject: the text. */
export interface ReadingJudgedBody {
  /** SHA-256 of the text that was read. */
  readonly text: string;
  readonly judgements: readonly Judgement[];
}

export const CLAIM_CERTAINTIES = ["stated", "doubted", "claimed", "denied"] as const;
export type ClaimCertainty = (typeof CLAIM_CERTAINTIES)[number];

/** Body of `claim.stated` (session). Subject: ULID of the claim. */
export interface ClaimStatedBody {
  readonly text: string;
  /** A fact that the mission follows, or a name of the analysts' own. */
  readonly fact: string;
  readonly aspect?: string;
  /** A day (or month), a number, a code or a name, as the fact demands. */
  readonly value: string;
  readonly of?: "each" | "total";
  /** When what is claimed held, where the text says so. */
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly speaker?: { readonly code?: string; readonly name: string; readonly isPerson: boolean };
  readonly form: "quote" | "paraphrase";
  readonly certainty: ClaimCertainty;
  /** The words of doubt or assurance, as written. */
  readonly certaintyWords?: string;
  /** Words by which the speaker frames what is told; they stay the speaker's. */
  readonly framing?: readonly string[];
  /** Where it stands in the text, and the words themselves where they are short. */
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** Body of `value.adopted` (session). Subject: ULID. The latest of each component counts for a fact and aspect. */
export interface ValueAdoptedBody {
  readonly fact: string;
  readonly aspect?: string;
  readonly value: string;
  readonly of?: "each" | "total";
  readonly reasons: string;
  /** The claims that it rests on. */
  readonly claims: readonly string[];
}

/** Whence a text has what it tells; texts of one origin are one source. */
export interface TextOrigin {
  /** The text that told it first; of a text that only cites an outlet, `outlet:CODE`. */
  readonly origin: string;
  readonly why: "own" | "reprint" | "cites";
  readonly of?: string;
}

/** View row `texts`. */
export interface TextRow {
  readonly id: string;
  readonly body: TextReceivedBody;
  readonly publishedAt: Instant;
  readonly judged: Readonly<Record<Verdict, number>>;
  readonly claims: number;
  /** Persons are named in what was judged or claimed of it. */
  readonly isPersonal: boolean;
  readonly mark: EntryMark;
  readonly withdrawn?: EntryMark;
}

/** View row `claims`. */
export interface ClaimRow {
  readonly id: string;
  readonly body: ClaimStatedBody;
  readonly outlet: string;
  readonly language: string;
  readonly publishedAt: Instant;
  /** A person is its speaker or its value. */
  readonly isPersonal: boolean;
  readonly mark: EntryMark;
  readonly withdrawn?: EntryMark;
}

/** View row `adoptions`: what a component holds to be so. */
export interface AdoptionRow {
  readonly id: string;
  readonly body: ValueAdoptedBody;
  readonly mark: EntryMark;
  readonly withdrawn?: EntryMark;
}

/** One of the values that compete for a fact. */
export interface FactVersion {
  readonly aspect?: string;
  readonly value: string;
  readonly of?: "each" | "total";
  /** Claims that hold it, the oldest text first, and how many origins they come from. */
  readonly claims: readonly ClaimRow[];
  readonly origins: number;
  /** Claims that deny it. */
  readonly denials: readonly ClaimRow[];
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** Components that have adopted it. */
  readonly adoptedBy: readonly string[];
}

/** Where texts disagree, by name: those of `ConflictKind` of the reading, a quotation turned round, a name spelt in several ways. */
export type DiscrepancyKind = "value-differs" | "per-side-or-total" | "which-event" | "inverted-quotation" | "spelling";

export interface Discrepancy {
  readonly kind: DiscrepancyKind;
  /** Of a fact's values. */
  readonly fact?: string;
  readonly aspect?: string;
  /** Of what happens time and again. */
  readonly day?: string;
  readonly language?: string;
  readonly values: readonly { readonly value: string; readonly texts: readonly string[]; readonly origins: number }[];
  /** One value has been adopted by all components. */
  readonly isSettled: boolean;
}

/** `settled`: all components adopted one value; `split`: they adopted others; `open`: values compete; `single`: none does. */
export type FactState = "settled" | "split" | "open" | "single";

export interface FactSummary {
  readonly fact: string;
  readonly value: "date" | "quantity" | "place" | "person" | "state" | "text";
  readonly unit?: string;
  readonly aspects: readonly string[];
  /** Whether the mission's files follow it. */
  readonly isFollowed: boolean;
  /** Happens time and again: its values stand beside one another. */
  readonly isEvent?: boolean;
  readonly claims: number;
  readonly texts: number;
  readonly origins: number;
  readonly state: FactState;
}

export interface FactView extends FactSummary {
  readonly versions: readonly FactVersion[];
  readonly discrepancies: readonly Discrepancy[];
  /** What each component holds, aspect by aspect; those that count. */
  readonly adopted: readonly AdoptionRow[];
}

/** One version on a day of the timeline. */
export interface TimelineEntry {
  /** A day or a month. */
  readonly day: string;
  /** `value`: the claim is about this day; `valid`: it held then; `told`: nobody says when, it was first told then. */
  readonly basis: "value" | "valid" | "told";
  readonly fact: string;
  readonly aspect?: string;
  readonly value: string;
  readonly of?: "each" | "total";
  readonly claims: readonly string[];
  readonly outlets: readonly string[];
  /** Of the oldest claim, with its language and its text. */
  readonly quote: string;
  readonly language: string;
  readonly text: string;
  /** All who speak of it deny it. */
  readonly isDenied: boolean;
  readonly isPersonal: boolean;
  readonly adoptedBy: readonly string[];
  /** What others hold instead. */
  readonly rivals: readonly string[];
}

/** Reliability of a source after the Admiralty's scale; F: it cannot be judged. */
export type OutletGrade = "A" | "B" | "C" | "D" | "E" | "F";

export interface OutletScore {
  /** Claims of its own about what a value was adopted for. */
  readonly judged: number;
  readonly upheld: number;
  readonly grade: OutletGrade;
}

export interface OutletRow extends OutletScore {
  readonly outlet: string;
  readonly texts: number;
  /** Texts that tell something of their own. */
  readonly own: number;
  /** Up to the end of each month in which it published such a claim, `2021-03`. */
  readonly course: readonly (OutletScore & { readonly month: string })[];
}

/** `POST /api/v1/texts`: a file taken in, and what stands in it. Nothing is stated yet. */
export interface TextIntake {
  readonly original: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly text: string;
  readonly characters: number;
  /** What the file, or its letters, say of it. */
  readonly language: string;
  readonly title: string;
  readonly outlet?: string;
  readonly publishedAt?: Instant;
  readonly address?: string;
  /** When a captured page was captured. */
  readonly retrievedAt?: Instant;
  /** What was left out or made visible. */
  readonly neutralised: readonly Neutralised[];
  /** Texts here that it repeats or that repeat it, the likest first; share of the shorter one's words, per mille. */
  readonly alike: readonly { readonly text: string; readonly perMille: number }[];
}

/** What of a file was not taken over as it stood. */
export interface Neutralised {
  readonly what: "script" | "hidden" | "embedded" | "bidi" | "control" | "invisible" | "image-only-page" | "encoding";
  readonly count: number;
}

/** What an analyst should know of a suggestion besides its value. */
export const SUGGESTION_MARKS = [
  ...(["relative", "nearest-year", "zone-assumed", "unknown-name"] as const),
  ...(["about", "at-least", "more-than", "up-to", "each", "total"] as const),
] as const;
export type SuggestionMark = (typeof SUGGESTION_MARKS)[number];

/** One suggestion of the reading, pointing at its words. */
export interface Suggestion {
  readonly start: number;
  readonly end: number;
  readonly kind: JudgedKind;
  readonly value: string;
  readonly marks?: readonly SuggestionMark[];
  /** Of speech its speaker; of a time the same in UTC. */
  readonly note?: string;
}

/** `GET /api/v1/texts/{id}/reading`. */
export interface TextReading {
  readonly text: string;
  readonly suggestions: readonly Suggestion[];
  readonly claims: readonly SuggestedClaim[];
  /** What earlier judgements say, by place and kind. */
  readonly judged: readonly Judgement[];
  readonly alike: readonly { readonly text: string; readonly perMille: number }[];
  readonly cites?: string;
}

export type SuggestedClaim = Omit<ClaimStatedBody, "text" | "quote"> & { readonly quote: string };

/** `GET /api/v1/texts?q=…`: what was found, the newest published first. */
export interface TextSearch {
  readonly rows: readonly TextRow[];
  readonly next?: string;
}

/** `GET /api/v1/texts/{id}`: a text with its words, for the components alone. */
export interface TextContent {
  readonly row: TextRow;
  readonly text: string;
  readonly origin: TextOrigin;
  /** Texts of the same origin, the oldest first, this one among them. */
  readonly chain: readonly TextRow[];
  readonly claims: readonly ClaimRow[];
}

/** One claim as it is exported: with its source, and never more of a text than a short quotation. */
export interface ExportedClaim {
  readonly fact: string;
  readonly aspect: string;
  readonly value: string;
  readonly of: string;
  readonly factState: FactState;
  readonly adoptedBy: string;
  readonly outlet: string;
  readonly language: string;
  readonly publishedAt: Instant;
  readonly title: string;
  readonly address: string;
  /** Empty where a person spoke and the reader is not of a component. */
  readonly speaker: string;
  readonly isPersonal: boolean;
  readonly form: string;
  readonly certainty: string;
  readonly certaintyWords: string;
  readonly framing: string;
  readonly quote: string;
  readonly origin: string;
  /** SHA-256 of the original, which stays inside. */
  readonly original: string;
  /** The statement in the record. */
  readonly statement: string;
}
