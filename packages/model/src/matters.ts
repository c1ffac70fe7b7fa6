/** Matters on the ground that both sides speak to: windows of silence, self-declarations, restrictions, interference. */
import type { EntryMark, PlaceBody } from "./case.ts";
import type { Instant } from "./instant.ts";

export const SILENCE_PURPOSES = [
  "repair",
  "evacuation",
  "harvest",
  "water",
  "visit",
  "search",
  "demining",
  "other",
] as const;
export type SilencePurpose = (typeof SILENCE_PURPOSES)[number];

/** Body of `silence.agreed` (session): a window of silence at a place. Subject: ULID. */
export interface SilenceAgreedBody {
  readonly title: string;
  readonly purpose: SilencePurpose;
  readonly area: string;
  readonly place?: PlaceBody;
  readonly from: string;
  readonly until: string;
  /** Whose guarantee it needs. */
  readonly sides: readonly string[];
}

/** Body of `own-act.declared` (session): what a party says that it did, or is about to do. Subject: ULID. */
export interface OwnActDeclaredBody {
  readonly by: string;
  readonly title: string;
  readonly text: string;
  readonly language: string;
  readonly occurredAt: string;
  readonly place?: PlaceBody;
  readonly provision?: string;
  readonly incident?: string;
}

export const RESTRICTION_KINDS = [
  "denial",
  "delay",
  "conditional",
  "mines",
  "fire-or-threat",
  "checkpoint",
  "storage-site",
  "border-area",
  "separation-area",
  "uav-or-camera",
  "information-denied",
] as const;
export type RestrictionKind = (typeof RESTRICTION_KINDS)[number];

/** Body of `access.restricted` (session). Subject: ULID. */
export interface AccessRestrictedBody {
  readonly title: string;
  readonly restriction: RestrictionKind;
  readonly by: string;
  readonly area: string;
  readonly reason: string;
  readonly from: string;
  readonly place?: PlaceBody;
  readonly provision?: string;
  readonly incident?: string;
}

export const RESTRICTION_ENDS = ["granted", "conditional", "turned-back", "abandoned"] as const;

export const INTERFERENCE_KINDS = [
  "gnss-jamming",
  "gnss-spoofing",
  "control-jamming",
  "laser",
  "fire",
  "capture",
  "tampering",
  "theft",
  "power-or-line-cut",
] as const;
export type InterferenceKind = (typeof INTERFERENCE_KINDS)[number];

/** Body of `interference.reported` (session): something done to a sensor. Subject: ULID. */
export interface InterferenceReportedBody {
  readonly title: string;
  readonly interference: InterferenceKind;
  /** A source of the mission, or the equipment in words. */
  readonly source: string;
  readonly evidence: string;
  readonly from: string;
  /** Whence it came, where that can be told: true bearing in whole degrees from the sensor. */
  readonly bearingDegrees?: number;
  readonly place?: PlaceBody;
  readonly incident?: string;
}

export const DAMAGE_STATES = ["none", "degraded", "out-of-service", "lost"] as const;
export type DamageState = (typeof DAMAGE_STATES)[number];

export const MATTER_TOPICS = ["silence", "own-act", "restriction", "interference"] as const;
export type MatterTopic = (typeof MATTER_TOPICS)[number];

/** A step on a matter, with what it says. */
export type MatterStep =
  | {
      readonly kind: "guarantee";
      readonly by: string;
      readonly given: "yes" | "no";
      readonly text: string;
      readonly at: Instant;
      readonly mark: EntryMark;
    }
  | {
      readonly kind: "breach";
      readonly text: string;
      readonly at: Instant;
      readonly isInWindow: boolean;
      readonly incident?: string;
      readonly mark: EntryMark;
    }
  | {
      readonly kind: "end";
      readonly how: string;
      readonly text: string;
      readonly at: Instant;
      readonly mark: EntryMark;
    }
  | {
      readonly kind: "damage";
      readonly damage: DamageState;
      readonly text: string;
      readonly repair: string;
      readonly at: Instant;
      readonly mark: EntryMark;
    };

/** View row `matters`. */
export interface MatterRow {
  readonly id: string;
  readonly topic: MatterTopic;
  readonly title: string;
  readonly body: SilenceAgreedBody | OwnActDeclaredBody | AccessRestrictedBody | InterferenceReportedBody;
  readonly from: Instant;
  readonly until?: Instant;
  readonly lon?: number;
  readonly lat?: number;
  /** Of a declaration: whether it came before what it declares. */
  readonly isAnnounced?: boolean;
  readonly steps: readonly MatterStep[];
  readonly mark: EntryMark;
}
