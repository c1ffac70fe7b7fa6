/** What the engine answers: obligations, the versions of the text that they stand under, and the readings of each. */
import type { Instant } from "@openjmc/model";
import type { InstrumentFile } from "../files/instrument-file.ts";
import type { DeadlineCandidate } from "./deadline.ts";
import type { AgreementFact, Consent, MonitoringSpan, RecordedAmendment } from "./fact.ts";
import type { ObligationState } from "./state.ts";

/** Everything that the obligations follow from. Plain data. */
export interface AgreementRecord {
  readonly instruments: readonly InstrumentFile[];
  readonly amendments: readonly RecordedAmendment[];
  readonly facts: readonly AgreementFact[];
  readonly monitoring: readonly MonitoringSpan[];
  /** Codes under which a state stands as a party, where it is one: the texts name now the one, now the other. */
  readonly partiesOf?: Readonly<Record<string, readonly string[]>>;
}

/** One reading of one version of the text. */
export interface ObligationReading {
  readonly deadline?: DeadlineCandidate;
  readonly states: readonly ObligationState[];
  /** Microseconds from the act, or from now while it is open, to the deadline; negative when late. */
  readonly slack?: number;
}

/** The obligation under the text as it stands, or as one amendment changes it. */
export interface ObligationVariant {
  readonly amendment?: {
    readonly id: string;
    readonly consents: Readonly<Record<string, Consent>>;
    readonly isAccepted: boolean;
  };
  readonly readings: readonly ObligationReading[];
  /** The states of all its readings, each once. One alone means that no reading changes it. */
  readonly states: readonly ObligationState[];
}

/** The obligation as one signatory reads it. */
export interface ObligationByState {
  readonly state: string;
  /** The change by which it goes; by the text without it. */
  readonly amendment?: string;
  readonly states: readonly ObligationState[];
}

/** What the state turns on, where it turns. */
export type FlipCause = "amendment" | "inclusiveness" | "time-zone" | "clock" | "speaker";

export interface Obligation {
  readonly instrument: string;
  readonly provision: string;
  readonly variants: readonly ObligationVariant[];
  readonly flipsOn: readonly FlipCause[];
  /** Each signatory's reading; empty where none has one of its own. */
  readonly byState: readonly ObligationByState[];
  /** Ids of the facts that counted. */
  readonly evidence: readonly string[];
  /** Whether the centre watched at that instant; if not, since when (absent: it never had). */
  readonly isMonitored: boolean;
  readonly unmonitoredSince?: Instant;
}

/** The agreement, ready for many questions. */
export interface Agreement {
  /** Every obligation's state at `validAt`, by what was known at `knownAt`. Order: instruments' and provisions' own. */
  obligations(validAt: Instant, knownAt: Instant): Obligation[];
  /** One obligation; undefined for an unknown provision. */
  obligation(provision: string, validAt: Instant, knownAt: Instant): Obligation | undefined;
}
