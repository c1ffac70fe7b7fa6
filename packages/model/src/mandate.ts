/** What the centre may do by its mandate, as each reads it; and inspections and visits, where a mandate has them. */
import type { MandateAct } from "./agreement.ts";
import type { EntryMark, PlaceBody } from "./case.ts";
import type { Instant } from "./instant.ts";

/** How a reading of the mandate stands to an act at a time. */
export const MANDATE_STANDS = ["permitted", "forbidden", "unsaid", "outside-period"] as const;
export type MandateStandCode = (typeof MANDATE_STANDS)[number];

/** An act of the centre against its mandate. */
export interface MandateStand {
  readonly act: MandateAct;
  /** Provisions that it rests on. */
  readonly basis: readonly string[];
  readonly readings: readonly {
    readonly instrument: string;
    readonly by: string;
    readonly stands: MandateStandCode;
  }[];
  /** Whose reading it lies outside of. */
  readonly outside: readonly string[];
  /** Whether it may be done: some provision or reading permits it, and not every reading rules it out. */
  readonly isPermitted: boolean;
}

/** An act that was recorded although it lies outside somebody's reading. */
export interface OutsideMandate {
  readonly index: number;
  readonly kind: string;
  readonly act: MandateAct;
  readonly component: string;
  readonly role: string;
  readonly claimedAt: Instant;
  readonly basis: readonly string[];
  readonly outside: readonly string[];
}

/** `GET /api/v1/mission/mandate`. */
export interface MandateView {
  readonly at: Instant;
  readonly known: Instant;
  /** Whether the mission's files say in codes what is permitted; where not, nothing is refused. */
  readonly isStated: boolean;
  readonly acts: readonly (MandateStand & { readonly recorded: number })[];
  /** Newest first. */
  readonly outside: readonly OutsideMandate[];
}

export const VISIT_KINDS = ["inspection", "visit"] as const;
export type VisitKind = (typeof VISIT_KINDS)[number];
export const VISIT_ANSWERS = ["granted", "conditional", "delayed", "denied"] as const;
export type VisitAnswer = (typeof VISIT_ANSWERS)[number];
export const VISIT_RESULTS = ["carried-out", "partly", "not-carried-out"] as const;
export type VisitResult = (typeof VISIT_RESULTS)[number];
/** `unanswered`: the clock has run out. `overdue`: a delay that was named is over and nothing has come of it. */
export const VISIT_STATES = ["asked", "unanswered", ...VISIT_ANSWERS, "overdue", ...VISIT_RESULTS] as const;
export type VisitState = (typeof VISIT_STATES)[number];

/** Body of `visit.requested` (session). Subject: ULID. The clock is the mission's own: `deadline` is `askedAt` and its hours. */
export interface VisitRequestedBody {
  readonly visit: VisitKind;
  /** Party that is asked for access. */
  readonly of: string;
  /** At whose request, where it is not the centre's own. */
  readonly askedFor?: string;
  readonly site: string;
  readonly place?: PlaceBody;
  readonly purpose: string;
  readonly wantedAt: string;
  readonly askedAt: string;
  readonly deadline: string;
}

/** Body of `visit.answered` (session): what the party said, taken down. Subject: the request. A later answer takes its place. */
export interface VisitAnsweredBody {
  readonly answer: VisitAnswer;
  readonly answeredAt: string;
  /** Of a delay: until when. */
  readonly until?: string;
  /** Conditions or reasons, in the party's words. */
  readonly words: string;
}

/** Body of `visit.reported` (session): what came of it. Subject: the request. */
export interface VisitReportedBody {
  readonly result: VisitResult;
  readonly from: string;
  readonly until: string;
  readonly team: string;
  readonly found: string;
}

export interface VisitRow {
  readonly id: string;
  readonly visit: VisitKind;
  readonly of: string;
  readonly askedFor?: string;
  readonly site: string;
  readonly lon?: number;
  readonly lat?: number;
  readonly uncertaintyMetres?: number;
  readonly purpose: string;
  readonly wantedAt: Instant;
  readonly askedAt: Instant;
  readonly deadline: Instant;
  readonly state: VisitState;
  /** Oldest first; `isLate`: after the clock had run out. */
  readonly answers: readonly {
    readonly answer: VisitAnswer;
    readonly answeredAt: Instant;
    readonly until?: Instant;
    readonly words: string;
    readonly isLate: boolean;
    readonly mark: EntryMark;
  }[];
  readonly reports: readonly {
    readonly result: VisitResult;
    readonly from: Instant;
    readonly until: Instant;
    readonly team: string;
    readonly found: string;
    readonly mark: EntryMark;
  }[];
  readonly mark: EntryMark;
}

/** `GET /api/v1/visits`: requests, newest first, and the clocks that the mission sets. */
export interface VisitsView {
  readonly at: Instant;
  readonly known: Instant;
  /** Hours for an answer by kind; a kind that is not here is not in the mission's mandate. */
  readonly hours: Readonly<Partial<Record<VisitKind, number>>>;
  readonly rows: readonly VisitRow[];
}
