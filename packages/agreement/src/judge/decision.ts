/** What the judge decides. The centre turns each decision into an entry of the record. */
import type { AlertRule, Clearance, FlightDeviation, Instant } from "@openjmc/model";

/** Somebody must look: a rule of the agreement meets the picture. */
export interface RaiseDecision {
  readonly kind: "raise";
  /** Same input, same key: rule, zone, subject and the instant from which the condition held. */
  readonly key: string;
  readonly rule: string;
  readonly severity: AlertRule["severity"];
  readonly subject: { readonly kind: "track" | "event" | "source"; readonly id: string };
  readonly zone?: string;
  readonly zoneVersion?: number;
  readonly provision?: string;
  /** When what the alert is about happened or began. */
  readonly occurredAt: Instant;
  readonly at: Instant;
  readonly lon?: number;
  readonly lat?: number;
  readonly altitudeMetres?: number;
  readonly probability: number;
  /** Why the probability could not be higher. */
  readonly capped?: "unauthenticated";
  /** It stands for more alerts of its kind than a person can look at, all of this source. */
  readonly grouped?: "source";
  /** Facts beside the alert; numbers are whole, so that they can stand in a signed payload. */
  readonly outline: Readonly<Record<string, string | number>>;
}

/** More of the same. `members` are those added since the last decision, `count` is the total. */
export interface GrowDecision {
  readonly kind: "grow";
  readonly key: string;
  readonly at: Instant;
  readonly count: number;
  readonly until: Instant;
  readonly members: readonly string[];
}

/** The condition is gone. */
export interface EndDecision {
  readonly kind: "end";
  readonly key: string;
  readonly at: Instant;
  readonly endedAt: Instant;
}

/** A notified flight is seen no more: how it was flown. */
export interface FlownDecision extends FlightDeviation {
  readonly kind: "flown";
  readonly key: string;
  readonly at: Instant;
  readonly flight: string;
  readonly name: string;
  readonly tracks: readonly string[];
  readonly from: Instant;
  readonly until: Instant;
  readonly zones: readonly { readonly zone: string; readonly seconds: number }[];
  readonly clearance?: Clearance;
}

export type AlertDecision = RaiseDecision | GrowDecision | EndDecision | FlownDecision;

/** A zone that holds something, with the probability of it. */
export interface ZoneMembership {
  readonly zone: string;
  readonly probability: number;
  /** Why the probability could not be higher. */
  readonly capped?: "unauthenticated";
}
