/** The life of a mission: its steps, which side is there, how it ends, and what is left when it has ended. */
import type { EntryMark } from "./case.ts";
import type { Instant } from "./instant.ts";
import type { JointActState } from "./watch.ts";

/** Where a mission stands. `unwatched`: the sensors were shut off, the desk is still there. */
export const PHASES = ["founded", "operating", "suspended", "winding-up", "unwatched", "closed"] as const;
export type Phase = (typeof PHASES)[number];

/** What brings a mission to its end. */
export const CLOSURE_TRIGGERS = [
  "expiry",
  "notice",
  "joint-decision",
  "one-side-withdrawal",
  "collapse",
  "object-ended",
  "host-and-one-state",
] as const;
export type ClosureTrigger = (typeof CLOSURE_TRIGGERS)[number];

/** What a component says of its own part; only it can. */
export const PARTICIPATIONS = ["present", "suspended", "withdrawn"] as const;
export type Participation = (typeof PARTICIPATIONS)[number];

export const DISPOSED_KINDS = ["incident", "finding", "allegation", "visit", "alerts", "data", "asset"] as const;
export type DisposedKind = (typeof DISPOSED_KINDS)[number];

export const DISPOSITIONS = ["residual", "kept-by-all", "returned", "transferred", "destroyed", "lost"] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** Data of which somebody must have been named as the owner before the end; each component's room comes beside them. */
export const CLOSING_DATA = ["record", "journal", "picture", "attachments"] as const;

/** Unacknowledged alerts are made residual together, under this name. */
export const ALL_ALERTS = "unacknowledged";

/** Body of `centre.opened`, `monitoring.ended`. */
export interface LifeStepBody {
  readonly from: string;
  readonly note: string;
  readonly deadline: string;
}

/** Body of `centre.suspended` and `centre.resumed`. */
export interface SuspensionBody {
  readonly from: string;
  readonly reason: string;
  readonly deadline: string;
}

/** Body of `participation.stated`. */
export interface ParticipationBody {
  readonly participation: Participation;
  readonly from: string;
  readonly reason: string;
}

/** Body of `closure.planned`: why, by whose decision, until when; watching goes on. */
export interface ClosurePlanBody {
  readonly trigger: ClosureTrigger;
  readonly decidedBy: readonly string[];
  readonly decidedAt: string;
  readonly announcedBy: string;
  readonly lastDay: string;
  readonly note: string;
  readonly deadline: string;
}

export interface DisposedItem {
  readonly kind: DisposedKind;
  readonly id: string;
  readonly disposition: Disposition;
  readonly to?: string;
  readonly note: string;
}

/** Body of `closure.disposed`. */
export interface DisposalBody {
  readonly items: readonly DisposedItem[];
  readonly deadline: string;
}

/** Body of `centre.closed`: the last act of a mission. */
export interface ClosureBody {
  /** Statement of the plan that it carries out. */
  readonly plan: string;
  readonly trigger: ClosureTrigger;
  readonly closedAt: string;
  /** Who was there, by role. */
  readonly attendance: readonly { readonly of: string; readonly role: string }[];
  /** SHA-256 of the final report that both have approved. */
  readonly finalReport: string;
  readonly note: string;
  readonly deadline: string;
}

/** Body of `annotation.made`: said after the end, in a log of its own, about what the closed one holds. */
export interface AnnotationBody {
  /** A statement of the closed record, or `mission`. */
  readonly about: string;
  readonly by: string;
  readonly occurredAt: string;
  readonly text: string;
  readonly language: string;
}

export interface LifeStep {
  readonly id: string;
  readonly kind: string;
  readonly statement: string;
  readonly state: JointActState;
  /** One-sided, and valid because the other side has gone. */
  readonly isHeldAlone: boolean;
  readonly signedBy: readonly EntryMark[];
  readonly body: Readonly<Record<string, unknown>>;
}

/** A component's part. `silent`: nobody of it has acted for longer than a proposal waits; `gone`: for very long. */
export interface LifeSide {
  readonly component: string;
  readonly state: Participation | "silent" | "gone";
  readonly since?: Instant;
  readonly reason?: string;
  readonly lastActAt?: Instant;
}

/** Something that stands between a mission and its closure. */
export interface ClosureLack {
  readonly kind: DisposedKind | "plan" | "recordings" | "report";
  readonly id: string;
  readonly count: number;
}

export interface LifeTerm {
  readonly instrument: string;
  readonly counted: string;
  readonly renewal: string;
  readonly noticeBy: string;
  readonly state: "not-begun" | "running" | "ended";
  readonly until?: string;
}

export interface AnnotationRow extends AnnotationBody {
  readonly mark: EntryMark;
}

/** `GET /api/v1/mission/life`. */
export interface LifeView {
  readonly at: Instant;
  readonly known: Instant;
  readonly phase: Phase;
  readonly since: Instant;
  readonly steps: readonly LifeStep[];
  readonly sides: readonly LifeSide[];
  readonly plan?: ClosurePlanBody & {
    readonly statement: string;
    /** How the terms stand on the last day, in every reading that is open: whether the end is one that the text knows. */
    readonly terms: readonly LifeTerm[];
  };
  /** As of now, whatever instant was asked for. */
  readonly lacking: readonly ClosureLack[];
  readonly disposed: readonly DisposedItem[];
  readonly closedDays?: number;
  readonly succeeds?: { readonly origin: string; readonly size: number; readonly root: string };
  readonly annotations: readonly AnnotationRow[];
}
