/** Influence in time: hotline, warnings, coordination requests, notices and protests, with their clocks and outcomes. */
import type { EntryMark, PlaceBody } from "./case.ts";
import type { Instant } from "./instant.ts";

/** What somebody is asked to do, by when. */
export interface AskBody {
  readonly of: string;
  readonly what: string;
  readonly by: string;
}

/** Body of `hotline.logged` (session). Subject: ULID. A call that nobody answers is a call. */
export interface HotlineLoggedBody {
  readonly line: string;
  readonly with: string;
  readonly direction: "out" | "in";
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly answered: "yes" | "no";
  readonly language: string;
  /** Our end's summary. */
  readonly summary: string;
  readonly promised: readonly AskBody[];
  readonly incident?: string;
}

/** View row `hotline`. */
export interface HotlineRow {
  readonly id: string;
  readonly body: HotlineLoggedBody;
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  /** What other ends say was said, each in its own words. */
  readonly summaries: readonly {
    readonly end: string;
    readonly text: string;
    readonly language: string;
    readonly mark: EntryMark;
  }[];
  readonly mark: EntryMark;
}

/** What a warning rests on. */
export const INDICATORS = [
  "build-up",
  "engineering",
  "jamming",
  "prohibited-approach",
  "loss-of-contact",
  "rhetoric",
  "other",
] as const;
export type Indicator = (typeof INDICATORS)[number];

/** What became of it. `removed`: it was averted by what was asked; `false`: there was nothing. */
export const WARNING_OUTCOMES = ["removed", "materialised", "false", "unknown"] as const;
export type WarningOutcome = (typeof WARNING_OUTCOMES)[number];

/** Body of `warning.raised` (session). Subject: ULID. */
export interface WarningRaisedBody {
  readonly indicator: Indicator;
  readonly title: string;
  readonly basis: string;
  readonly provision?: string;
  readonly place?: PlaceBody;
  /** Until when it is expected to come true. */
  readonly horizon: string;
  readonly asked: readonly AskBody[];
  readonly incident?: string;
}

/** View row `warnings`. */
export interface WarningRow {
  readonly id: string;
  readonly body: WarningRaisedBody;
  readonly raisedAt: Instant;
  readonly horizon: Instant;
  readonly lon?: number;
  readonly lat?: number;
  readonly resolved?: { readonly outcome: WarningOutcome; readonly reason: string; readonly mark: EntryMark };
  readonly mark: EntryMark;
}

export const COORDINATION_REPLIES = ["agreed", "refused", "partly", "acknowledged"] as const;
export type CoordinationReply = (typeof COORDINATION_REPLIES)[number];

/** Body of `coordination.requested` (session). Subject: ULID. */
export interface CoordinationRequestedBody {
  /** Who asked for it; a party, or a component on its own behalf. */
  readonly from: string;
  readonly of: string;
  readonly what: string;
  readonly askedAt: string;
  readonly deadline: string;
  readonly provision?: string;
  readonly incident?: string;
}

/** View row `coordination`. What has no reply after its deadline was not answered: the clock says so, nobody need state it. */
export interface CoordinationRow {
  readonly id: string;
  readonly body: CoordinationRequestedBody;
  readonly askedAt: Instant;
  readonly deadline: Instant;
  readonly replies: readonly {
    readonly reply: CoordinationReply;
    readonly text: string;
    readonly repliedAt: Instant;
    readonly isLate: boolean;
    /** What followed on the ground, and when. */
    readonly effect: string;
    readonly effectAt?: Instant;
    readonly mark: EntryMark;
  }[];
  /** Orders to return fire of which the centre was told that they lean on this request. */
  readonly returnFire: readonly {
    readonly by: string;
    readonly orderedAt: Instant;
    readonly text: string;
    /** Ordered after the deadline had passed or the reply was a refusal. */
    readonly isAfterTheRequestFailed: boolean;
    readonly mark: EntryMark;
  }[];
  readonly mark: EntryMark;
}

export const NOTICE_SUBJECTS = ["movement", "exercise", "works", "visit", "flight"] as const;
export type NoticeSubject = (typeof NOTICE_SUBJECTS)[number];

export const NOTICE_COMPARISONS = ["as-notified", "differs", "not-seen", "not-watched"] as const;
export type NoticeComparison = (typeof NOTICE_COMPARISONS)[number];

/** Body of `movement.notified` (session): a movement, an exercise, works or a visit of which the centre is told. Subject: ULID. */
export interface MovementNotifiedBody {
  readonly subject: Exclude<NoticeSubject, "flight">;
  readonly by: string;
  /** The one party that it is for; without one it is for every party. */
  readonly to?: string;
  readonly title: string;
  readonly route: string;
  readonly from: string;
  readonly until: string;
  readonly place?: PlaceBody;
}

/** View row `notices`: movements and flights alike. */
export interface NoticeRow {
  readonly id: string;
  readonly subject: NoticeSubject;
  readonly by: string;
  /** The one party that it is for; without one it is for every party. */
  readonly to?: string;
  readonly title: string;
  readonly route: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly lon?: number;
  readonly lat?: number;
  readonly notifiedAt: Instant;
  /** Parties that say that they have received it. */
  readonly acknowledged: readonly { readonly by: string; readonly note: string; readonly mark: EntryMark }[];
  /** What was seen of it. */
  readonly compared: readonly { readonly seen: NoticeComparison; readonly text: string; readonly mark: EntryMark }[];
  readonly mark: EntryMark;
}

/** Body of `protest.lodged` (session). Subject: ULID. */
export interface ProtestLodgedBody {
  readonly from: string;
  readonly to: string;
  readonly provision?: string;
  readonly facts: string;
  readonly demand: string;
  readonly language: string;
  readonly deliveredAt: string;
  readonly incident?: string;
}

/** View row `protests`. */
export interface ProtestRow {
  readonly id: string;
  /** Human number in log order: P-2021-0007. */
  readonly number: string;
  readonly body: ProtestLodgedBody;
  readonly deliveredAt: Instant;
  readonly answers: readonly {
    readonly by: string;
    readonly text: string;
    readonly language: string;
    readonly mark: EntryMark;
  }[];
  readonly mark: EntryMark;
}

/** How warnings of one indicator came out. */
export interface HitLine {
  readonly indicator: Indicator;
  readonly raised: number;
  readonly open: number;
  readonly outcomes: Readonly<Partial<Record<WarningOutcome, number>>>;
  /** (removed + materialised) / (removed + materialised + false); undefined where nothing can be said. */
  readonly hitRate: number | undefined;
}
