/** The case: who leads it, what is planned, how far each piece is to be trusted, who was harmed, what was asked and done. */
import type { EntryMark, PlaceBody } from "./case.ts";
import type { ADMIRALTY_CREDIBILITY, ADMIRALTY_RELIABILITY, CountQualifier } from "./codes.ts";
import type { Instant } from "./instant.ts";

export const LINK_RELATIONS = ["same-event", "same-place", "series", "cause", "answer"] as const;
export type LinkRelation = (typeof LINK_RELATIONS)[number];

/** Where a report came from. What shares an owner, a nation, a chain or an original report is one source. */
export interface Origin {
  readonly name: string;
  readonly owner?: string;
  readonly nation?: string;
  readonly chain?: string;
  readonly original?: string;
}

export const SOURCE_TIES = ["owner", "nation", "chain", "original"] as const;

/**
 * Body of `source.tied` (session): two names that stand for one source wherever they are met, as one owns, feeds or repeats the other.
 * Subject: ULID. Withdrawn like any statement, by the component that made it.
 */
export interface SourceTiedBody {
  readonly one: string;
  readonly other: string;
  /** By what: the same owner, nation or chain, or the same original report. */
  readonly tie: (typeof SOURCE_TIES)[number];
  readonly reason: string;
}

/** Reports that count as one source. */
export interface SourceGroup {
  readonly names: readonly string[];
  /** What several of them have in common; empty where there is one report. */
  readonly shared: readonly string[];
}

/** View row `ties`. */
export interface SourceTieRow {
  readonly id: string;
  readonly body: SourceTiedBody;
  readonly withdrawn?: { readonly reason: string; readonly mark: EntryMark };
  readonly mark: EntryMark;
}

/** One component's judgement of a piece of evidence by the Admiralty code. */
export interface EvidenceGrade {
  readonly component: string;
  readonly reliability: (typeof ADMIRALTY_RELIABILITY)[number];
  readonly credibility: (typeof ADMIRALTY_CREDIBILITY)[number];
  readonly origin: Origin;
  readonly reason: string;
  readonly mark: EntryMark;
}

/** What is done with a piece of evidence, from its intake on. */
export const CUSTODY_STEPS = ["obtained", "received", "examined", "copied", "returned"] as const;
export type CustodyStepCode = (typeof CUSTODY_STEPS)[number];

/** Body of `custody.stated` (session): one step in the custody of a piece of evidence. Subject: ULID. */
export interface CustodyStatedBody {
  readonly incident: string;
  readonly evidence: string;
  readonly target: string;
  readonly step: CustodyStepCode;
  /** When that was done, RFC 3339. */
  readonly at: string;
  /** Of whom it was had, or who did it. */
  readonly from: string;
  readonly how: string;
  /** What it was captured with. */
  readonly device?: string;
  /** What the device's own clock showed at the capture. */
  readonly capturedAt?: string;
  /** By how many seconds that clock is fast; negative where it is slow. The file itself stays as it is. */
  readonly clockFastSeconds?: number;
  readonly place?: PlaceBody;
}

/** One step in the custody of a piece of evidence, as it was stated. */
export interface CustodyStep extends Omit<CustodyStatedBody, "incident" | "evidence" | "target"> {
  readonly mark: EntryMark;
}

export const DERIVATION_KINDS = [
  "cropped",
  "redacted",
  "enhanced",
  "extracted",
  "translated",
  "transcribed",
  "converted",
  "analysed",
] as const;
export type DerivationKind = (typeof DERIVATION_KINDS)[number];

/** How a file was made out of another one, which stays as it is. */
export interface Derivation {
  /** SHA-256 of the file that it was made of. */
  readonly from: string;
  readonly what: DerivationKind;
  /** Who made it. */
  readonly by: string;
  /** What was done, and with what. */
  readonly how: string;
}

export const CASUALTY_GROUPS = ["civilian", "military"] as const;
export type CasualtyGroup = (typeof CASUALTY_GROUPS)[number];
export const CASUALTY_HARMS = ["killed", "injured", "missing"] as const;
export type CasualtyHarm = (typeof CASUALTY_HARMS)[number];
/** `corroborated` takes two independent sources; only a side's own military can be `declared-by-own-side`. */
export const CASUALTY_STANDINGS = ["alleged", "declared-by-own-side", "corroborated"] as const;
export type CasualtyStanding = (typeof CASUALTY_STANDINGS)[number];

/** Body of `casualties.stated` (session). Subject: ULID. */
export interface CasualtiesStatedBody {
  readonly incident: string;
  readonly group: CasualtyGroup;
  readonly harm: CasualtyHarm;
  readonly standing: CasualtyStanding;
  readonly number: number;
  readonly qualifier: CountQualifier;
  readonly statedBy: string;
  readonly sources: readonly Origin[];
  readonly note: string;
}

/** One statement on casualties; a later one of the same group, harm, standing and speaker stands in its place. */
export interface CasualtyLine extends Omit<CasualtiesStatedBody, "incident"> {
  readonly id: string;
  readonly independentSources: number;
  readonly mark: EntryMark;
}

/** What stands in an incident besides evidence, notes and conclusions. */
export interface IncidentProgress {
  /** The lead of each component, the latest named. */
  readonly leads?: readonly { readonly component: string; readonly officer: string; readonly mark: EntryMark }[];
  readonly plan?: readonly {
    readonly what: string;
    readonly who: string;
    readonly until: Instant;
    readonly mark: EntryMark;
  }[];
  readonly links?: readonly {
    readonly to: string;
    readonly relation: LinkRelation;
    readonly reason: string;
    readonly mark: EntryMark;
  }[];
  readonly casualties?: readonly CasualtyLine[];
  /** To how many independent sources the graded evidence comes. */
  readonly independentSources?: number;
  /** Which reports are which of them. */
  readonly sourceGroups?: readonly SourceGroup[];
}

export const FOLLOW_UP_STATES = ["done", "partly", "refused", "no-answer"] as const;
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];

/** What has become of something that a finding asked for. */
export interface FollowUp {
  /** Which of the finding's demands, from 0. */
  readonly demand: number;
  readonly state: FollowUpState;
  readonly text: string;
  readonly mark: EntryMark;
}
