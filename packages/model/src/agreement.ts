/** The agreement at an instant, as known at an instant: what screens, calendars and commands show of it. */
import type { Instant } from "./instant.ts";

/** What the centre can do, as mandates permit it or rule it out. */
export const MANDATE_ACTS = [
  "observe-air",
  "observe-ground",
  "verify",
  "record",
  "consider-complaints",
  "prevent-recurrence",
  "coordinate",
  "attribute",
  "inspect",
  "visit",
  "patrol",
] as const;
export type MandateAct = (typeof MANDATE_ACTS)[number];

/** What an obligation can be, in the order in which lists show it. */
export type ObligationStateCode =
  | "not-yet-due"
  | "due"
  | "met"
  | "met-late"
  | "declared-not-verified"
  | "overdue"
  | "breached"
  | "disputed"
  | "suspended"
  | "superseded"
  | "lapsed"
  | "unmonitored";

/** One reading of a deadline, and the states that follow from it. */
export interface ObligationReadingView {
  /** The calendar day of the text, whether that day still counts, and the zone it is meant in. Absent: no deadline. */
  readonly deadline?: {
    readonly day: string;
    readonly inclusive: boolean;
    readonly timeZone: string;
    /** The instant at which the time is up. */
    readonly at: Instant;
  };
  readonly states: readonly ObligationStateCode[];
  /** Microseconds from the act, or from the instant asked for, to the deadline; negative when late. */
  readonly slack?: number;
}

/** The obligation under the text itself, or as an amendment changes it. */
export interface ObligationVariantView {
  readonly amendment?: {
    readonly id: string;
    /** State or party → proposed, accepted, announced, silent, unknown. */
    readonly consents: Readonly<Record<string, string>>;
    readonly isAccepted: boolean;
  };
  readonly states: readonly ObligationStateCode[];
  readonly readings: readonly ObligationReadingView[];
}

/** A fact that counted, as somebody stated it. */
export interface ObligationEvidence {
  readonly id: string;
  readonly kind: string;
  readonly by: string;
  readonly occurredAt: Instant;
  /** Half width of the span in which it occurred, microseconds; half a day where only the day was stated. */
  readonly clockError?: number;
  readonly recordedAt: Instant;
  /** Whether the centre watched when it is said to have happened. */
  readonly isMonitored: boolean;
  readonly reference?: string;
}

/** An instant from which on an obligation stood otherwise than before. */
export interface ObligationChange {
  readonly at: Instant;
  /** The text first, then each change of it. */
  readonly variants: readonly { readonly amendment?: string; readonly states: readonly ObligationStateCode[] }[];
  /** Whether the centre watched from then on. */
  readonly isMonitored: boolean;
}

export interface ObligationView {
  readonly instrument: string;
  readonly provision: string;
  readonly variants: readonly ObligationVariantView[];
  /** On what the state turns, where it turns: amendment, inclusiveness, time-zone, clock. */
  readonly flipsOn: readonly string[];
  /** How each signatory reads it: by which change it goes, and what follows; empty where all read alike. */
  readonly byState: readonly {
    readonly state: string;
    readonly amendment?: string;
    readonly states: readonly ObligationStateCode[];
  }[];
  readonly evidence: readonly ObligationEvidence[];
  readonly isMonitored: boolean;
  readonly unmonitoredSince?: Instant;
}

/** A term under one reading of its text. Days are calendar days of the text, `YYYY-MM-DD`. */
export interface TermView {
  readonly instrument: string;
  readonly reading: { readonly counted: string; readonly renewal: string; readonly noticeBy: string };
  readonly state: "not-begun" | "running" | "ended";
  readonly period?: {
    readonly number: number;
    readonly from: string;
    readonly until: string;
    /** Notice given after this day does not stop the next period. */
    readonly lastNoticeDay: string;
  };
  readonly endsOn?: string;
  readonly daysLeft?: number;
}

export interface AgreementView {
  readonly validAt: Instant;
  readonly knownAt: Instant;
  readonly obligations: readonly ObligationView[];
  readonly terms: readonly TermView[];
}

/** What one may suppose: a notice, an act that comes some days after its day, consent to a change by some signatories only. */
export type Supposition =
  | { readonly kind: "notice"; readonly instrument: string; readonly by: string; readonly day: string }
  | { readonly kind: "slip"; readonly provision: string; readonly days: number }
  | { readonly kind: "consent"; readonly amendment: string; readonly by: readonly string[] };

/** What would be otherwise under a supposition; of what stays the same nothing is listed. */
export interface WhatIfView {
  readonly supposition: Supposition;
  /** The instant at which both are looked at: of an act that slips, no earlier than the end of its new day. */
  readonly validAt: Instant;
  readonly knownAt: Instant;
  readonly obligations: readonly {
    readonly provision: string;
    readonly before: ObligationView;
    readonly after: ObligationView;
  }[];
  readonly terms: readonly { readonly before: TermView; readonly after: TermView }[];
  /** Provisions that are tied to the one that slips. */
  readonly dependent: readonly string[];
}

/** An event against one provision, by the zone and the text in force at its time. */
export interface EventVerdict {
  readonly provision: string;
  readonly zone: string;
  /** Version of the zone in force, and the probability of lying in it as drawn. */
  readonly version?: number;
  readonly probability?: number;
  readonly lies: "inside" | "outside" | "undetermined" | "no-version";
  /** Whether the provision binds at that time; `turns`: by some texts and readings it does. */
  readonly isBinding: "yes" | "no" | "turns";
  readonly falls: "inside" | "outside" | "undetermined";
  /** On what the answer turns: zone-version, precision, amendment, speaker and the like. */
  readonly flipsOn: readonly string[];
}
