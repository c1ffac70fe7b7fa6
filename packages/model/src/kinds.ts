/**
 * Kinds of statements and the bodies they carry. Names are `noun.past-verb`; the version stands in the payload type.
 * Which tier may sign which kind is the record package's table; these are the shapes of the bodies.
 */
import type { FlightPlanBody } from "./air.ts";
import type { CountUnit, ObservationKind } from "./codes.ts";
import type { Derivation } from "./inquiry.ts";

/** Body of `alert.raised` (machine). Subject: the alert's id. */
export interface AlertRaisedBody {
  readonly rule: string;
  readonly severity: string;
  readonly subjectKind: "track" | "event" | "source" | "obligation";
  readonly subjectId: string;
  readonly zone?: string;
  readonly zoneVersion?: number;
  readonly provision?: string;
  readonly occurredAt: string;
  readonly lon?: string;
  readonly lat?: string;
  readonly altitudeMetres?: number;
  /** Probability in whole per mille: payload numbers are integers. */
  readonly probabilityPerMille: number;
  /** Why it could not be higher: what it rests on does not prove itself. */
  readonly capped?: "unauthenticated";
  /** It stands for more alerts of its kind than a person can look at; `alert.grown` counts and names them. */
  readonly grouped?: "source";
  readonly outline: Readonly<Record<string, string | number>>;
}

/** Body of `alert.grown` (machine): more of the same, so that a barrage stays one alert. */
export interface AlertGrownBody {
  readonly count: number;
  readonly until: string;
  readonly members: readonly string[];
}

/** Body of `alert.ended` (machine). */
export interface AlertEndedBody {
  readonly endedAt: string;
}

/** Body of `alert.acknowledged` (session). Subject: the alert's id. */
export interface AlertAcknowledgedBody {
  readonly note: string;
}

/** Body of `event.settled` (machine): the automatic solution once no more arrivals are expected. Subject: the event's id. */
export interface EventSettledBody {
  readonly version: number;
  readonly originTime: string;
  readonly lon: string;
  readonly lat: string;
  readonly semiMajorMetres: number;
  readonly semiMinorMetres: number;
  readonly azimuthDegrees: number;
  readonly kind: ObservationKind;
  readonly count: number;
  readonly countUnit: CountUnit;
  readonly stations: readonly string[];
}

/**
 * Body of `centre.started` (machine): what the centre runs from here on. Hashes are SHA-256, hexadecimal; of a tree, that of what
 * `sha256sum` prints for its files in the order of their names.
 */
export interface ProgrammeBody {
  readonly version: string;
  readonly runtime: string;
  /** Of `package-lock.json`: every package with its version and hash. */
  readonly lockSha256: string;
  /** Of all files below the folders `src` of apps and packages. */
  readonly sourcesSha256: string;
  /** Of the built console, where it is served. */
  readonly consoleSha256?: string;
  /** Of `verify.html`, which archives bring along. */
  readonly verifierPageSha256?: string;
}

/** Body of `recordings.sealed` (machine): one a minute, lists what came from each source in that minute of the journal. */
export interface RecordingsSealedBody {
  readonly from: string;
  readonly until: string;
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly segments: readonly {
    readonly source: string;
    readonly bytes: number;
    readonly frames: number;
    readonly sha256: string;
  }[];
  /** What gateways signed, by minute of their own time: whoever taps the same gateway has the same. */
  readonly signed?: readonly SignedMinuteBody[];
  /** Hash over the picture segment's lines of the same minute. */
  readonly picture?: { readonly bytes: number; readonly lines: number; readonly sha256: string };
}

/** A source's signed batches of one minute: their numbers, and SHA-256 over them as they came. */
export interface SignedMinuteBody {
  readonly source: string;
  /** RFC 3339. */
  readonly minute: string;
  readonly boot: number;
  readonly first: number;
  readonly last: number;
  readonly batches: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Body of `source.keyed` (binding, joint): the key that a source's gateway signs with from here on. Subject: the source. */
export interface SourceKeyedBody {
  readonly source: string;
  /** Raw Ed25519 public key, 64 hexadecimal digits. */
  readonly key: string;
}

/** Body of `tap.compared` (session): a component's own tap of the gateways beside what the centre has sealed. */
export interface TapComparedBody {
  readonly from: string;
  readonly until: string;
  readonly same: number;
  /** Minutes in which one side lacks batches, and minutes in which the same batches differ. */
  readonly others: readonly {
    readonly source: string;
    readonly minute: string;
    readonly outcome: "missing" | "different";
    readonly ours: string;
    readonly centres: string;
  }[];
}

/** Body of `incident.opened` (session). Subject: ULID of the incident. */
export interface IncidentOpenedBody {
  readonly title: string;
  readonly alert?: string;
  readonly occurredAt: string;
  readonly lon?: string;
  readonly lat?: string;
}

/** Body of `incident.noted` (session). Subject: the incident. */
export interface IncidentNotedBody {
  readonly text: string;
}

/** Body of `evidence.attached` (session). Subject: ULID of the item. */
export interface EvidenceAttachedBody {
  readonly incident: string;
  readonly kind: "track" | "event" | "sighting" | "file" | "alert" | "allegation";
  readonly target: string;
  readonly title: string;
  readonly mediaType?: string;
  readonly bytes?: number;
  /** Of a file that was made out of another one. */
  readonly derivation?: Derivation;
}

/**
 * Body of `conclusion.stated` (session). Subject: ULID; one per component counts, the latest revision. The first of each
 * component is sealed in its room, and opened when all are in or the clock has run out.
 */
export interface ConclusionStatedBody {
  readonly incident: string;
  readonly text: string;
  readonly language: string;
}

/** Body of `key.destroyed` (session): a sealed entry's key is gone, and with it what was sealed. */
export interface KeyDestroyedBody {
  readonly sealed: string;
  readonly reason: string;
}

/** Body of `finding.dissented` (binding). Subject: the finding. */
export interface FindingDissentedBody {
  readonly proposal: string;
  readonly text: string;
  readonly language: string;
}

/** Body of `finding.withdrawn` (binding). Subject: the finding. */
export interface FindingWithdrawnBody {
  readonly proposal: string;
  readonly reason: string;
}

/** Body of `finding.lapsed` (machine). Subject: the finding. */
export interface FindingLapsedBody {
  readonly proposal: string;
  readonly deadline: string;
}

/** Body of `flight.notified` (session): a flight of which the centre is told beforehand. Subject: ULID. */
export interface FlightNotifiedBody extends FlightPlanBody {
  readonly operator: string;
}

/** Body of `statement.withdrawn` (session): the author's component takes back a sighting, a note or a piece of evidence. */
export interface StatementWithdrawnBody {
  readonly target: string;
  readonly reason: string;
}

/** Body of `report.approved` (binding, joint). Subject: ULID; refs name the report's bytes by SHA-256. */
export interface ReportApprovedBody {
  readonly report: "daily" | "spot" | "final";
  readonly date: string;
  readonly language: string;
  readonly format: string;
  readonly sha256: string;
}

/** Body of `source.added` (session, engineer): a source that the mission's files do not list. */
export interface SourceAddedBody {
  readonly name: string;
  readonly format: string;
  readonly means: string;
  readonly link: string;
  readonly lon: string;
  readonly lat: string;
  readonly heightMetres: number;
  readonly rangeMetres: number;
}
