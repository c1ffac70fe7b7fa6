/** What the rooms need to know of a mission. The agreement package reads these from the mission's files. */
import type { AccountRule } from "./account.ts";
import type { DeskClocks } from "./clocks.ts";
import type { CountUnit, ObservationKind } from "./codes.ts";
import type { CountConversion } from "./count-conversion.ts";
import type { EscalationPlan } from "./escalation.ts";
import type { HeightCircumstances } from "./height-circumstances.ts";
import type { Instant } from "./instant.ts";
import type { PartyFileLimits } from "./portal.ts";
import type { HeightReference, LonLat } from "./position.ts";
import type { ReportSchedule } from "./reports.ts";
import type { SourceDescription } from "./source.ts";

/** A text in the mission's languages; the key is a BCP 47 tag. */
export type Names = Readonly<Record<string, string>>;

/** A text of the mission's files: in their own language, or in several by tag. */
export type Told = string | Names;

/** One of the two components that run the centre. `code` is neutral ("A", "B"). */
export interface Component {
  readonly code: string;
  readonly names: Names;
  /** Colour on screen and paper, #rrggbb; chosen by the mission, never friend or foe. */
  readonly colour: string;
  /** Languages in which its officers sign; the first is its authentic language. */
  readonly languages: readonly string[];
}

/** A side of the conflict. */
export interface Party {
  readonly code: string;
  readonly names: Names;
  readonly colour: string;
}

export type OfficerRole =
  | "duty-officer"
  | "head-of-component"
  | "deputy-head"
  | "liaison-officer"
  | "analyst"
  | "engineer";

/** An officer by role name; `component` is its component's code. */
export interface Officer {
  readonly id: string;
  readonly component: string;
  readonly roles: readonly OfficerRole[];
}

export type ZoneKind =
  | "contact-line"
  | "corridor"
  | "buffer"
  | "separation"
  | "limitation"
  | "withdrawal-line"
  | "no-fly"
  | "disengagement"
  | "ceasefire-area"
  | "area-of-responsibility"
  | "handover";

/** GeoJSON geometry, as far as zones use it (RFC 7946: longitude, latitude, degrees). */
export type Geometry =
  | { readonly type: "Polygon"; readonly coordinates: readonly (readonly (readonly [number, number])[])[] }
  | {
      readonly type: "MultiPolygon";
      readonly coordinates: readonly (readonly (readonly (readonly [number, number])[])[])[];
    }
  | { readonly type: "LineString"; readonly coordinates: readonly (readonly [number, number])[] }
  | { readonly type: "Point"; readonly coordinates: readonly [number, number] };

/** Whom a zone does not bind: by what is heard of an aircraft; all that is named must agree. A callsign is named by its beginning. */
export interface ZoneExemption {
  readonly what: Told;
  readonly icao?: string;
  readonly callsign?: string;
  readonly serial?: string;
}

/** One version of one zone, valid over a span; an event is judged by the version in force at its time. */
export interface ZoneVersion {
  readonly zone: string;
  readonly version: number;
  readonly kind: ZoneKind;
  readonly names: Names;
  readonly geometry: Geometry;
  readonly validFrom: Instant;
  readonly validUntil?: Instant;
  readonly issuer: string;
  /** Metres by which the drawn edge may be wrong; a judgement closer to the edge than this is undetermined. */
  readonly precisionMetres: number;
  readonly basis: Told;
  readonly floorMetres?: number;
  readonly ceilingMetres?: number;
  readonly altitudeReference?: HeightReference;
  /** Of a band above the ground, where the shape of the land is known: the ground inside. */
  readonly ground?: { readonly groundMetres: number; readonly groundDoubtMetres: number };
  /** Of a no-fly zone: who needs no notice. */
  readonly exemptions?: readonly ZoneExemption[];
  /** Party that holds the ground, where the mission says so. */
  readonly heldBy?: string;
  /** True for the fictional zones of an exercise overlay. */
  readonly fictional: boolean;
}

/** What a sortie of the centre's own waits for, or was given: only a cleared one flies as told. */
export const CLEARANCES = ["waiting", "cleared", "refused"] as const;
export type Clearance = (typeof CLEARANCES)[number];

/** A flight of which the centre was told beforehand. */
export interface NotifiedFlight {
  readonly id: string;
  readonly operator: string;
  readonly callsign?: string;
  readonly icao?: string;
  /** Serial number that the aircraft tells of itself (Remote ID). */
  readonly serial?: string;
  readonly type: string;
  readonly purpose: string;
  readonly zones: readonly string[];
  readonly from: Instant;
  readonly until: Instant;
  readonly floorMetres?: number;
  readonly ceilingMetres?: number;
  readonly altitudeReference?: HeightReference;
  /** Places that it flies by, in their order. */
  readonly route?: readonly LonLat[];
  /** How far to either side of the route it may be. */
  readonly corridorMetres?: number;
  readonly notifiedAt: Instant;
  /** Of a sortie of one of the components only: what those whose leave it needs have said. */
  readonly clearance?: Clearance;
  readonly fictional: boolean;
}

/** A rule that turns picture into alerts; `provision` is the agreement's provision that it watches. */
export interface AlertRule {
  readonly id: string;
  readonly kind: "no-fly-entry" | "flight-deviation" | "ceasefire-event" | "source-lost" | "interference" | "deadline";
  readonly names: Names;
  readonly provision?: string;
  readonly zoneKinds: readonly ZoneKind[];
  readonly eventKinds: readonly ObservationKind[];
  /** An object must be inside with at least this probability. */
  readonly minimumProbability: number;
  /** Seconds that the condition must hold before the alert is raised, and be gone before it ends. */
  readonly holdSeconds: number;
  /** Events closer than this in time and space to one another belong to one alert. */
  readonly groupSeconds?: number;
  readonly groupMetres?: number;
  /** Altitudes closer than this to the edge of a zone's band are undetermined. */
  readonly altitudeToleranceMetres?: number;
  /** How a target counts whose altitude nobody tells, in a zone with a band: undetermined without it. */
  readonly unknownAltitude?: "inside" | "undetermined";
  /** A flight so little off its route, or so little before or after its time, keeps to its notice. */
  readonly routeToleranceMetres?: number;
  readonly timeToleranceSeconds?: number;
  /** How many days before a day of the agreement it speaks, each once. */
  readonly daysBefore?: readonly number[];
  readonly severity: "information" | "caution" | "warning" | "urgent";
  /** Rules whose alert about the same subject tells this already: while one stands, this one's is suppressed. */
  readonly suppressedBy?: readonly string[];
  /** Why it is an alarm at all, and what the watch does: an alarm that asks for nothing is none. */
  readonly rationale?: { readonly cause: Told; readonly consequence: Told; readonly response: Told };
}

/** By what the centre talks to an office. */
export const CONTACT_LINES = ["hotline", "radio", "letter", "meeting", "portal"] as const;

/** An office that the centre talks to. `of`: a state, a party or a component. */
export interface Contact {
  readonly id: string;
  readonly of: string;
  readonly names: Names;
  readonly line: (typeof CONTACT_LINES)[number];
  readonly languages: readonly string[];
  readonly note?: Told;
}

/** A provision of an instrument, as far as screens and reports show it. */
export interface ProvisionSummary {
  readonly id: string;
  readonly instrument: string;
  readonly number: string;
  readonly names: Names;
  /** What it says, in the mission's own words; the wordings themselves stand with their witnesses. */
  readonly says?: Told;
}

/** How heights of several references compare, as far as it is known beforehand. Metres. */
export interface HeightSetting extends Pick<HeightCircumstances, "geoidMetres" | "geoidDoubtMetres"> {
  readonly basis: Told;
}

/** When and where an exercise plays. Episodes of one length follow one another from the start. */
export interface ExerciseSetting {
  readonly startsAt: Instant;
  readonly episodeSeconds: number;
  readonly area: { readonly west: number; readonly south: number; readonly east: number; readonly north: number };
  readonly watermark: string;
}

/** A named place; `names` per language, `party` names where a party uses its own. */
export interface Place {
  readonly code: string;
  readonly lon: number;
  readonly lat: number;
  readonly names: Names;
  readonly partyNames: Readonly<Record<string, string>>;
}

/** How places are named where both components and the parties read. */
export const PLACE_NAMINGS = ["language", "each-party", "code"] as const;
export type PlaceNaming = (typeof PLACE_NAMINGS)[number];

/** How long a class of recordings is kept, and who decided it. */
export interface RetentionRule {
  readonly id: string;
  readonly what: "journal" | "picture";
  readonly days: number;
  readonly basis: string;
}

/** The mission as the console and reports see it. */
export interface MissionView {
  readonly id: string;
  readonly names: Names;
  readonly exercise: boolean;
  /** Present in an exercise. */
  readonly exerciseSetting?: ExerciseSetting;
  readonly components: readonly Component[];
  readonly parties: readonly Party[];
  /** States and bodies that have a part in the mission. */
  readonly states?: readonly { readonly code: string; readonly names: Names; readonly roles: readonly string[] }[];
  readonly officers: readonly Officer[];
  readonly languages: readonly string[];
  readonly authenticLanguages: readonly string[];
  readonly timeZone: string;
  readonly mapCentre: { readonly lon: number; readonly lat: number; readonly zoom: number };
  readonly zones: readonly ZoneVersion[];
  readonly flights: readonly NotifiedFlight[];
  readonly rules: readonly AlertRule[];
  /** Which account of an event is preferred where nobody has said otherwise; `most-observations` where it is not named. */
  readonly accountRule?: AccountRule;
  /** By which rules numbers of one unit may be told as numbers of another; by none where there are none. */
  readonly countConversions?: readonly CountConversion[];
  /** Instruments that the provisions stand in, by name. */
  readonly instruments?: readonly { readonly id: string; readonly names: Names }[];
  readonly provisions: readonly ProvisionSummary[];
  readonly places: readonly Place[];
  readonly sources: readonly SourceDescription[];
  /** Finding clock: hours until an unanswered proposal lapses to one-sided. */
  readonly lapseHours: number;
  /** Release gate: position grid in metres and delay in microseconds for everybody outside the two components. */
  readonly release: { readonly gridMetres: number; readonly delay: number };
  /** How long recordings are kept; what no rule names is kept for good. */
  readonly retention?: readonly RetentionRule[];
  /** How word leaves the centre when it cannot wait; without it nothing is escalated. */
  readonly escalation?: EscalationPlan;
  /** Whom the centre talks to. */
  readonly contacts?: readonly Contact[];
  /** Reports that the centre makes by itself at each cut-off. */
  readonly reportSchedule?: readonly ReportSchedule[];
  /** Share of a means' hours, 0 to 1, below which no report says of it that nothing was recorded. */
  readonly leastWatchedShare?: number;
  /** For how long an alarm may be shelved at most, and how many alerts in ten minutes are a flood. */
  readonly alarms?: { readonly shelveMostHours?: number; readonly floodPerTenMinutes?: number };
  /** How long each step of the desk's work may take; what is not said is as usual (`clocksOf`). */
  readonly clocks?: Partial<DeskClocks>;
  /** What each party may hand in through the portal; the usual where the mission does not say (`partyFileLimitsOf`). */
  readonly partyFiles?: PartyFileLimits;
  /** Present where the shape of the land is known and reckoned with. */
  readonly terrain?: { readonly basis: Told };
  readonly heights?: HeightSetting;
  /** Local time of the daily report's cut-off, "19:30". */
  readonly reportCutOff: string;
  /** How sure a finding may be at most whose graded evidence comes to one source, 0 to 1; no limit where it is not said. */
  readonly oneSourceConfidence?: number;
  /** Attribution threshold, 0 to 1. */
  readonly attributionThreshold: number;
  /** Thresholds that kinds of events have of their own. */
  readonly attributionThresholds?: Readonly<Record<string, number>>;
  /** By the reader's language without it. */
  readonly placeNaming?: PlaceNaming;
  readonly reportUnit: Readonly<Partial<Record<ObservationKind, CountUnit>>>;
}
