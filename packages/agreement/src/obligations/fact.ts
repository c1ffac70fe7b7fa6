/** What the engine is told about the world: facts with the time they speak of and the time they became known. */
import type { Instant } from "@openjmc/model";
import type { AmendmentsFile } from "../files/amendments-file.ts";

export const FACT_KINDS = [
  /** Somebody says that an act was done. */
  "declared",
  /** Whom it is owed to says so too. */
  "acknowledged",
  /** The centre saw it, within its mandate. */
  "observed",
  "breach-claimed",
  "breach-denied",
  "breach-established",
  "suspended",
  "resumed",
  /** The instrument, or one of its provisions, came to an end. */
  "terminated",
  /** It did not, says somebody else: it binds as before. */
  "upheld",
  /** Somebody decided on it; what was decided has not thereby been done. */
  "decided",
  /** What was decided has begun. */
  "begun",
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** Where a signatory stands towards an amendment. */
export const CONSENTS = ["proposed", "accepted", "announced", "silent", "refused", "unknown"] as const;

/** One fact. It counts at `validAt` if it occurred by then, and at `knownAt` if it was recorded by then. */
export interface AgreementFact {
  readonly id: string;
  readonly kind: FactKind;
  /** Provision or instrument that it is about. */
  readonly about: string;
  /** Code of who states it. */
  readonly by: string;
  readonly occurredAt: Instant;
  /** Half width of the span in which it truly occurred, microseconds. */
  readonly clockError?: number;
  readonly recordedAt: Instant;
  readonly reference?: string;
}

export type AmendmentEntry = AmendmentsFile["amendments"][number];
export type Consent = AmendmentEntry["consents"][number]["consent"];

/** An amendment as it became known, with what was heard of each signatory and when. */
export interface RecordedAmendment {
  readonly entry: AmendmentEntry;
  readonly recordedAt: Instant;
  readonly laterConsents: readonly {
    readonly state: string;
    readonly consent: Consent;
    readonly recordedAt: Instant;
  }[];
}

/** Spans in which the centre watched; outside them nothing was seen, whatever is claimed. */
export interface MonitoringSpan {
  readonly from: Instant;
  readonly until?: Instant;
}

/** The consent of each signatory as known at an instant, latest first heard last. */
export function consentsAt(amendment: RecordedAmendment, knownAt: Instant): Map<string, Consent> {
  const consents = new Map(amendment.entry.consents.map(({ state, consent }) => [state, consent]));
  for (const later of amendment.laterConsents)
    if (later.recordedAt <= knownAt) consents.set(later.state, later.consent);
  return consents;
}
