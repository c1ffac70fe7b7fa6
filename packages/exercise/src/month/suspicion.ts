/** What a month of watching brings: suspicions of which some are true, some false, and some nobody can decide. */
import type { Instant, LonLat } from "@openjmc/model";
import type { FireEvent } from "../sound/fire-plan.ts";

export type SuspicionTruth = "true" | "false" | "undecidable";

/** A party's claim about it. */
export interface PartyClaim {
  readonly accuser: string;
  readonly accused: string;
  readonly at: Instant;
  /** Seconds after the claim until its place is told; 0: with it; infinite: never. */
  readonly completeAfterSeconds: number;
  /** What it says happened where and when: roughly, and not always rightly. */
  readonly occurredAt: Instant;
  readonly place: LonLat;
  readonly number: number;
  /** What the accused side says, and after how many seconds; undefined where it says nothing. */
  readonly answer?: { readonly position: "denied" | "justified" | "not-known"; readonly afterSeconds: number };
}

export interface Suspicion {
  readonly id: string;
  readonly truth: SuspicionTruth;
  /** When what is suspected happened, or is said to have happened. */
  readonly at: Instant;
  readonly place: LonLat;
  /** What went off, where something did. */
  readonly fire?: FireEvent;
  /** Probability that the stations that listened then would find it; 0 where nobody listened. */
  readonly detectionProbability: number;
  readonly claim?: PartyClaim;
  readonly casualties?: {
    readonly group: "civilian" | "military";
    readonly number: number;
    /** Whether a second source, independent of the first, tells of them. */
    readonly isCorroborated: boolean;
  };
  /** Stations that were out then. */
  readonly outage: readonly string[];
  /** The station whose clock was wrong, and by how much. */
  readonly wrongClock?: { readonly station: string; readonly seconds: number };
}

/** How many of each a month has. */
export interface MonthShares {
  readonly days: number;
  readonly suspicions: number;
  readonly seed: string;
}

/** A time in which some stations send nothing; seconds since the start. */
export interface Outage {
  readonly station: string;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
}

export interface Month {
  readonly suspicions: readonly Suspicion[];
  readonly outages: readonly Outage[];
}
