/** The docket: what becomes of an allegation after it has come in, and the codes of each step. */
import type { CountBody, EntryMark, PlaceBody, SightingBody } from "./case.ts";
import type { CountUnit, ObservationKind } from "./codes.ts";
import type { Fault } from "./fault.ts";
import type { CustodyStatedBody } from "./inquiry.ts";
import type { Instant } from "./instant.ts";

/** How the accused side answers. `justified`: it says that it acted, and that it was allowed to. */
export const ANSWER_POSITIONS = ["admitted", "denied", "justified", "not-known", "no-comment"] as const;
export type AnswerPosition = (typeof ANSWER_POSITIONS)[number];

/** What the two components may sign as the end of an allegation that no finding has ended. */
export const CLOSING_OUTCOMES = [
  "not-admitted",
  "not-substantiated",
  "not-a-violation",
  "unable-to-determine",
] as const;
export type ClosingOutcome = (typeof CLOSING_OUTCOMES)[number];

/** How an allegation ended. `split` and `one-sided`: the components did not say the same, or only one of them spoke. */
export const ALLEGATION_OUTCOMES = [
  "substantiated",
  "not-substantiated",
  "not-a-violation",
  "unable-to-determine",
  "not-admitted",
  "split",
  "one-sided",
  "withdrawn",
  "duplicate",
] as const;
export type AllegationOutcome = (typeof ALLEGATION_OUTCOMES)[number];

/** What the running clock of an allegation waits for. */
export const ALLEGATION_CLOCKS = ["particulars", "admission", "answer", "inquiry"] as const;
export type AllegationClock = (typeof ALLEGATION_CLOCKS)[number];

/** Body of `allegation.completed` (session). Subject: the allegation. What is given stands in the place of what was there. */
export interface AllegationCompletedBody {
  readonly what?: string;
  readonly observation?: ObservationKind;
  readonly count?: CountBody;
  readonly occurredAt?: string;
  readonly place?: PlaceBody;
  readonly accused?: string;
  readonly harm?: string;
  readonly basis?: string;
  readonly note: string;
}

/** What the accused side said, word for word. */
export interface AllegationAnswer {
  readonly by: string;
  readonly position: AnswerPosition;
  readonly text: string;
  readonly language: string;
  readonly mark: EntryMark;
}

/** How a file came to whoever hands it in: of whom it was had, and what captured it. */
export type FileCustody = Pick<
  CustodyStatedBody,
  "at" | "from" | "how" | "device" | "capturedAt" | "clockFastSeconds" | "place"
>;

/**
 * Body of `allegation.documented` (session): a file that a party hands in with its allegation, or with its answer to one. Subject: the
 * allegation. The file is stored before and named by an `attachment` reference.
 */
export interface AllegationDocumentedBody {
  /** The party whose file it is. */
  readonly by: string;
  /** SHA-256 of its bytes. */
  readonly file: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Its custody up to its intake; never told outside the components. */
  readonly custody: FileCustody;
}

/** A file that was handed in with an allegation. */
export interface AllegationFile extends AllegationDocumentedBody {
  readonly mark: EntryMark;
}

/** The disposition that the two components sign, or one of them alone. */
export interface AllegationClosing {
  readonly outcome: ClosingOutcome;
  readonly reason: string;
  readonly statement: string;
  readonly revision: number;
  readonly state: "proposed" | "joint" | "split" | "one-sided" | "withdrawn";
  readonly deadline: Instant;
  readonly mark: EntryMark;
  readonly countersigned?: EntryMark;
  readonly dissent?: { readonly text: string; readonly language: string; readonly mark: EntryMark };
}

/** What stands beside an allegation once it has come in. */
export interface AllegationProgress {
  /** Where particulars were asked for, and until when. */
  readonly asked?: readonly { readonly what: string; readonly until: Instant; readonly mark: EntryMark }[];
  /** Where particulars were added. */
  readonly completed?: readonly EntryMark[];
  /** Since when no particular is missing. */
  readonly completeAt?: Instant;
  readonly admitted?: { readonly answerUntil: Instant; readonly note: string; readonly mark: EntryMark };
  readonly answers?: readonly AllegationAnswer[];
  /** Files that the parties handed in, in the order in which they came. */
  readonly files?: readonly AllegationFile[];
  readonly duplicateOf?: { readonly id: string; readonly reason: string; readonly mark: EntryMark };
  readonly withdrawn?: { readonly reason: string; readonly mark: EntryMark };
  readonly closing?: AllegationClosing;
  readonly outcome?: AllegationOutcome;
  /** When the outcome was recorded. */
  readonly endedAt?: Instant;
  /** The clock that runs, since when, and where officers have set it until when; the mission's hours hold otherwise (`dueOf`). */
  readonly due?: { readonly clock: AllegationClock; readonly since: Instant; readonly at?: Instant };
}

/** Allegations of one side against another, by how they ended; those that rest incomplete are in no other column. */
export interface DocketLine {
  readonly accuser: string;
  readonly accused: string | undefined;
  /** Complete ones, ended or not. */
  readonly counted: number;
  readonly incomplete: number;
  readonly open: number;
  readonly overdue: number;
  readonly outcomes: Readonly<Partial<Record<AllegationOutcome, number>>>;
  /** Hours from completeness to the outcome, the middle one; undefined where none has ended. */
  readonly medianHours: number | undefined;
  /** Hours that the oldest open one has waited. */
  readonly oldestHours: number | undefined;
}

/** More complaints than usual shortly before a report: the rate of the last day against the days before. */
export interface DocketSurge {
  readonly accuser: string;
  readonly lastDay: number;
  readonly usualDay: number;
}

/** `GET /api/v1/docket`. */
export interface DocketView {
  readonly at: Instant;
  readonly lines: readonly DocketLine[];
  readonly surges: readonly DocketSurge[];
}

/** `POST /api/v1/imports/sightings`: rows that can be signed, and refused ones with every fault. */
export interface SightingPreview {
  readonly ready: readonly { readonly line: number; readonly body: SightingBody }[];
  readonly refused: readonly RefusedRow[];
}

/** A row of a table that cannot be taken. */
export interface RefusedRow {
  readonly line: number;
  readonly faults: readonly Fault[];
}

/** `POST /api/v1/imports/lists`: what a side's list comes to. `fault`: why it cannot be handed in as it is. */
export interface TallyPreview {
  readonly rows: number;
  readonly from?: Instant;
  readonly until?: Instant;
  readonly parts: readonly TallyPart[];
  readonly typedTotal?: number;
  readonly refused: readonly RefusedRow[];
  readonly fault?: Fault;
}

/** One line of a side's own list, in this centre's units. */
export interface TallyRow {
  /** Line of the file. */
  readonly line: number;
  readonly at: Instant;
  readonly timeUncertaintySeconds: number;
  readonly observation: ObservationKind;
  readonly number: number;
  readonly unit: CountUnit;
  readonly lon?: number;
  readonly lat?: number;
  readonly uncertaintyMetres?: number;
  readonly text: string;
}

/** What a list comes to, by observation and unit; numbers of different units are never added. */
export interface TallyPart {
  readonly observation: ObservationKind;
  readonly unit: CountUnit;
  readonly number: number;
}

/** How a side calls what it counts, in the words of this centre. */
export interface TallyWord {
  readonly word: string;
  readonly unit: CountUnit;
  readonly observation?: ObservationKind;
}

/** Body of `list.submitted` (session). Subject: ULID. The list itself is an attachment. */
export interface ListSubmittedBody {
  readonly side: string;
  readonly from: string;
  readonly until: string;
  readonly name: string;
  readonly sha256: string;
  /** Offset of the list's times where they name no zone, as `+04:00`. */
  readonly zone?: string;
  /** The side's own words for what it counts. */
  readonly words?: readonly TallyWord[];
  readonly rows: number;
  readonly parts: readonly TallyPart[];
  /** The sum that the list itself gives, if it gives one. */
  readonly typedTotal?: number;
}

/** View row `lists`. */
export interface ListRow {
  readonly id: string;
  readonly body: ListSubmittedBody;
  readonly from: Instant;
  readonly until: Instant;
  readonly mark: EntryMark;
}

/** Why two lines are taken for the same event: how alike each part is, 0 to 1, and the probability that they are one. */
export interface MatchScore {
  readonly time: number;
  /** Undefined where one of the two names no place. */
  readonly place: number | undefined;
  readonly kind: number;
  readonly whole: number;
  readonly secondsApart: number;
  readonly metresApart: number | undefined;
}

/** One line of a reconciliation sheet. `dispute`: the same event, but told with another kind, unit or number. */
export interface ReconciledLine {
  readonly state: "agreed" | "dispute" | "first-only" | "second-only";
  readonly first?: TallyRow;
  readonly second?: TallyRow;
  readonly score?: MatchScore;
  readonly differences: readonly ("kind" | "unit" | "number")[];
  /** Sources of the centre that watched within reach at that hour, and those within reach that did not. */
  readonly couldHaveSeen: readonly string[];
  readonly couldNotSee: readonly string[];
}

/** `GET /api/v1/lists/{first}/against/{second}`. */
export interface ReconciliationSheet {
  readonly first: ListRow;
  readonly second: ListRow;
  readonly lines: readonly ReconciledLine[];
  readonly numbers: Readonly<Record<ReconciledLine["state"], number>>;
}
