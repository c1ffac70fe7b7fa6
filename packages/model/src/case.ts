/** Alerts, incidents, findings and people's statements as the console and the reports see them (view rows). */
import type { CountQualifier, CountUnit, Direction, Means, ObservationKind, Visibility, Weapon } from "./codes.ts";
import type { AllegationProgress } from "./docket.ts";
import type { AskBody } from "./influence.ts";
import type { CustodyStep, Derivation, EvidenceGrade, FollowUp, IncidentProgress } from "./inquiry.ts";
import type { Instant } from "./instant.ts";

/** Where an entry stands in the record and who signed it. */
export interface EntryMark {
  readonly index: number;
  readonly statement: string;
  readonly role: string;
  readonly component: string;
  /** Time the signer claims. */
  readonly claimedAt: Instant;
  /** Time the keeper took it in (the log's order is the proof, this is its clock). */
  readonly recordedAt: Instant;
}

/** View row `alerts`. */
export interface AlertRow {
  readonly id: string;
  readonly rule: string;
  readonly severity: string;
  readonly raisedAt: Instant;
  readonly endedAt?: Instant;
  readonly subject: { readonly kind: "track" | "event" | "source" | "obligation"; readonly id: string };
  readonly zone?: string;
  readonly zoneVersion?: number;
  readonly provision?: string;
  readonly probability: number;
  /** Why the probability could not be higher than it is. */
  readonly capped?: "unauthenticated";
  /** It stands for `count` more alerts of its kind from one source, its subject. */
  readonly grouped?: "source";
  readonly lon?: number;
  readonly lat?: number;
  readonly altitudeMetres?: number;
  readonly outline: Readonly<Record<string, string | number>>;
  /** How many events or entries it stands for: a barrage is one alert. */
  readonly count: number;
  readonly acknowledged: readonly EntryMark[];
  /** The heads of both components, called since some component had not acknowledged it in time. */
  readonly headsCalled?: { readonly silent: readonly string[]; readonly mark: EntryMark };
  readonly incident?: string;
  readonly dismissal?: AlertDismissal;
  readonly state: "raised" | "acknowledged" | "in-incident" | "dismissed" | "ended";
  readonly mark: EntryMark;
}

/** Why an alert needs no incident. `watched`: what it tells of is known and followed elsewhere. */
export const DISMISSAL_CAUSES = [
  "nothing-happened",
  "sensor-fault",
  "weather",
  "permitted",
  "duplicate",
  "outside-mandate",
  "watched",
] as const;
export type DismissalCause = (typeof DISMISSAL_CAUSES)[number];

/** Body of `alert.dismissed` (session, joint). Subject: the alert. The second component signs it after stating its own reason. */
export interface AlertDismissedBody {
  readonly cause: DismissalCause;
  readonly reason: string;
  /** RFC 3339; after it the proposal lapses to one-sided. */
  readonly deadline: string;
}

/** One component's reason, in its own words. */
export interface DismissalReason {
  readonly cause: DismissalCause;
  readonly reason: string;
  readonly mark: EntryMark;
}

/** How an alert was, or is to be, dismissed: by both with both reasons, by one alone, or not since the other dissents. */
export interface AlertDismissal {
  readonly statement: string;
  readonly revision: number;
  readonly state: "proposed" | "joint" | "split" | "one-sided" | "withdrawn";
  /** The proposer's first. */
  readonly reasons: readonly DismissalReason[];
  readonly deadline: Instant;
  readonly countersigned?: EntryMark;
  readonly dissent?: { readonly text: string; readonly language: string; readonly mark: EntryMark };
}

/** Something attached to an incident. */
export interface EvidenceItem {
  readonly id: string;
  readonly kind: "track" | "event" | "sighting" | "file" | "alert" | "allegation";
  /** Id of the track, event, sighting…; SHA-256 for a file. */
  readonly target: string;
  readonly title: string;
  readonly mediaType?: string;
  readonly bytes?: number;
  /** The latest of each component. */
  readonly grades?: readonly EvidenceGrade[];
  /** In the order in which it was stated. */
  readonly custody?: readonly CustodyStep[];
  /** Of a file that was made out of another one. */
  readonly derivation?: Derivation;
  readonly mark: EntryMark;
}

/**
 * A component's own conclusion in an incident. `sealed`: it is in, and only its own component can read it; `disclosed`: it
 * was sealed and has been opened; `open`: it was stated in the open, when nothing on the incident was sealed any more.
 */
export interface ConclusionRow {
  readonly component: string;
  readonly state: "sealed" | "disclosed" | "open";
  /** Absent while it is sealed. */
  readonly text?: string;
  readonly language?: string;
  /** When a sealed one is opened at the latest. */
  readonly deadline?: Instant;
  /** Where it was sealed or stated. */
  readonly mark: EntryMark;
  /** Where it was opened. */
  readonly disclosed?: EntryMark;
  /** Stated or sealed when another component's could already be read. */
  readonly isAfterTheOther: boolean;
}

/** View row `incidents`. */
export interface IncidentRow extends IncidentProgress {
  readonly id: string;
  /** Human number, in log order: J-2021-0412. */
  readonly number: string;
  readonly title: string;
  readonly occurredAt: Instant;
  readonly lon?: number;
  readonly lat?: number;
  readonly state: "open" | "finding-proposed" | "joint" | "split" | "one-sided";
  readonly openedBy: EntryMark;
  readonly evidence: readonly EvidenceItem[];
  readonly notes: readonly { readonly text: string; readonly mark: EntryMark }[];
  readonly conclusions: readonly ConclusionRow[];
  readonly findings: readonly string[];
}

export type FindingState = "proposed" | "joint" | "split" | "one-sided" | "withdrawn" | "superseded";

/** View row `findings`; the state is replayed from the leaves by the two-key rule. */
export interface FindingRow {
  /** Subject ULID. */
  readonly id: string;
  readonly revision: number;
  readonly statement: string;
  readonly incident: string;
  readonly state: FindingState;
  readonly proposal: FindingBody;
  readonly proposedBy: EntryMark;
  readonly countersignedBy?: EntryMark;
  readonly dissent?: { readonly text: string; readonly language: string; readonly mark: EntryMark };
  readonly withdrawn?: { readonly reason: string; readonly mark: EntryMark };
  readonly lapsed?: EntryMark;
  readonly followUps?: readonly FollowUp[];
  readonly deadline: Instant;
}

/** Numbers as signed payloads hold them: safe integers; everything else a string. */
export interface CountBody {
  readonly number: number;
  readonly unit: CountUnit;
  readonly qualifier: CountQualifier;
}

/** A place in a signed payload: degrees as strings with seven fractional digits, uncertainty in whole metres. */
export interface PlaceBody {
  readonly lon: string;
  readonly lat: string;
  readonly uncertaintyMetres: number;
}

/** Body of `sighting.reported`. Place of the observer, and either a place or bearing and range from there. */
export interface SightingBody {
  readonly observer: PlaceBody;
  readonly occurredAt: string;
  readonly timeUncertaintySeconds: number;
  readonly means: Means;
  readonly observation: ObservationKind;
  readonly count: CountBody;
  readonly bearingDegrees?: number;
  readonly bearingUncertaintyDegrees?: number;
  readonly rangeMetres?: number;
  readonly rangeUncertaintyMetres?: number;
  readonly place?: PlaceBody;
  readonly direction: Direction;
  readonly weapon: Weapon;
  readonly visibility: Visibility;
  readonly remark: string;
}

/** View row `sightings`. */
export interface SightingRow {
  readonly id: string;
  readonly occurredAt: Instant;
  readonly body: SightingBody;
  /** Position of what was seen, where given or computed from bearing and range. */
  readonly lon?: number;
  readonly lat?: number;
  readonly uncertaintyMetres?: number;
  readonly incident?: string;
  readonly withdrawn?: EntryMark;
  readonly mark: EntryMark;
}

/** Body of `allegation.received`: a party's claim, in its words; what is missing stays missing. */
export interface AllegationBody {
  readonly accuser: string;
  readonly accused?: string;
  readonly via: "portal" | "hotline" | "import" | "letter";
  readonly what: string;
  readonly observation?: ObservationKind;
  readonly count?: CountBody;
  readonly occurredAt?: string;
  readonly place?: PlaceBody;
  readonly harm?: string;
  readonly basis?: string;
  readonly language: string;
}

/** View row `allegations`. `missing` lists the minimum particulars that are absent. */
export interface AllegationRow extends AllegationProgress {
  readonly id: string;
  readonly body: AllegationBody;
  readonly receivedAt: Instant;
  /** `in-incident`: under inquiry; `ended`: it has its outcome. */
  readonly state: "incomplete" | "received" | "admitted" | "in-incident" | "ended";
  readonly missing: readonly ("when" | "where" | "what" | "harm" | "basis")[];
  readonly incident?: string;
  /** Events within the claim's time and place, as the picture has them; empty with coverage says something, without says nothing. */
  readonly supportedBy: readonly string[];
  readonly mark: EntryMark;
}

/** Body of `finding.proposed`: the text both sides sign, in each authentic language. */
export interface FindingBody {
  readonly incident: string;
  readonly question: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly occurredAt: string;
  readonly place?: PlaceBody;
  readonly observation: ObservationKind;
  readonly count: CountBody;
  readonly means: readonly Means[];
  readonly provision: string;
  /** `established`: breach of the provision; `recorded`: a violation with unit and means, no author. */
  readonly judgement: "recorded" | "established" | "not-a-violation" | "unable-to-determine";
  readonly unknowns: string;
  /** Which wording of the provision it was measured against, and in which reading. */
  readonly version?: string;
  readonly reading?: string;
  /** Who watched that place at that hour, and who did not. */
  readonly coverage?: string;
  /** How sure, in whole per mille. */
  readonly confidencePerMille?: number;
  /** Only where the mandate lets the centre name anybody, above its threshold, and after the named side was asked. */
  readonly attribution?: { readonly actor: string; readonly confidencePerMille: number; readonly basis: string };
  /** The accused side's reply word for word, or that none came although it was asked. */
  readonly reply?: { readonly by: string; readonly askedAt: string; readonly text: string; readonly language: string };
  /** What is asked of whom by when. */
  readonly asked?: readonly AskBody[];
  /** Languages whose text is a translation; all others are authentic. */
  readonly translations?: readonly string[];
  /** RFC 3339; after it the proposal lapses to one-sided. */
  readonly deadline: string;
}

/** View row `officers`: an officer's keys and presence. */
export interface OfficerRow {
  readonly id: string;
  readonly component: string;
  readonly roles: readonly string[];
  readonly keyid: string;
  readonly enrolledAt: number;
  readonly revokedAt?: number;
  readonly sessions: readonly {
    readonly keyid: string;
    readonly from: Instant;
    readonly until: Instant;
    readonly ended: boolean;
  }[];
}

/** View row `entries`: one leaf in plain view. */
export interface EntryRow {
  readonly index: number;
  readonly statement: string;
  readonly kind: string;
  readonly component: string;
  readonly role: string;
  readonly subject: string;
  readonly revision: number;
  readonly keyid: string;
  readonly tier: "machine" | "session" | "binding" | "root";
  readonly claimedAt: Instant;
  readonly recordedAt: Instant;
}
