/** What flies and who watches it: notified flights as they were flown, the components' own sorties, the collection plan. */
import type { EntryMark, PlaceBody } from "./case.ts";
import type { GapCause } from "./codes.ts";
import type { Instant } from "./instant.ts";
import type { Clearance } from "./mission.ts";
import type { HeightReference } from "./position.ts";

/** By how much a flight did not keep to its notice, each the most that was seen of it; what it kept to is not there. */
export interface FlightDeviation {
  /** Beyond the route's corridor. */
  readonly offRouteMetres?: number;
  readonly earlySeconds?: number;
  readonly lateSeconds?: number;
  /** Above its highest and below its lowest altitude. */
  readonly aboveMetres?: number;
  readonly belowMetres?: number;
}

/** Body of `flight.flown` (machine): a notified flight or a sortie as the picture showed it, once it is seen no more. */
export interface FlightFlownBody extends FlightDeviation {
  readonly flight: string;
  /** Its callsign, address or serial number, and the type of the aircraft. */
  readonly name: string;
  readonly tracks: readonly string[];
  /** First and last seen. */
  readonly from: string;
  readonly until: string;
  /** Seconds inside each watched zone, without those for which an alert stood. */
  readonly zones: readonly { readonly zone: string; readonly seconds: number }[];
  /** Of a sortie: what had been answered when it was first seen in the air. */
  readonly clearance?: Clearance;
}

/** View row `flown`. */
export interface FlownRow extends FlightDeviation {
  readonly id: string;
  readonly flight: string;
  readonly name: string;
  readonly tracks: readonly string[];
  readonly from: Instant;
  readonly until: Instant;
  readonly zones: FlightFlownBody["zones"];
  readonly clearance?: Clearance;
  readonly mark: EntryMark;
}

/** What of a flight is told beforehand, in signed payloads. */
export interface FlightPlanBody {
  readonly callsign?: string;
  readonly icao?: string;
  readonly serial?: string;
  readonly type: string;
  readonly purpose: string;
  readonly zones: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly floorMetres?: number;
  readonly ceilingMetres?: number;
  readonly altitudeReference?: HeightReference;
  readonly route?: readonly { readonly lon: string; readonly lat: string }[];
  readonly corridorMetres?: number;
}

/** Body of `sortie.requested` (session): a component wants to fly an aircraft of its own. Subject: ULID. */
export interface SortieRequestedBody extends FlightPlanBody {
  /** Whose clearance it needs. */
  readonly asked: readonly string[];
}

export const SORTIE_ANSWERS = ["cleared", "refused"] as const;
export type SortieAnswer = (typeof SORTIE_ANSWERS)[number];

/** Body of `sortie.answered` (session). Subject: the sortie. */
export interface SortieAnsweredBody {
  readonly by: string;
  readonly answer: SortieAnswer;
  /** On what conditions, or why not. */
  readonly note: string;
}

export const SORTIE_STATES = ["airborne", "landed", "cancelled", "lost"] as const;
export type SortieState = (typeof SORTIE_STATES)[number];

/** Body of `sortie.reported` (session): what its crew tells. Subject: the sortie. */
export interface SortieReportedBody {
  readonly state: SortieState;
  readonly at: string;
  readonly note: string;
}

/** View row `sorties`. */
export interface SortieRow {
  readonly id: string;
  readonly component: string;
  readonly body: SortieRequestedBody;
  readonly from: Instant;
  readonly until: Instant;
  /** Cleared once all who were asked have said so; refused as soon as one has. */
  readonly clearance: Clearance;
  /** Of each the latest word. */
  readonly answers: readonly (SortieAnsweredBody & { readonly mark: EntryMark })[];
  readonly reports: readonly {
    readonly state: SortieState;
    readonly at: Instant;
    readonly note: string;
    /** In the air without the clearance that it needs. */
    readonly isUncleared?: true;
    readonly mark: EntryMark;
  }[];
  readonly mark: EntryMark;
}

/** Body of `collection.requested` (session): somebody asks that something be watched. Subject: ULID. */
export interface CollectionRequestedBody {
  /** The source that is to watch; absent for what is no source of the mission: an image ordered, a camera borrowed. */
  readonly source?: string;
  /** What is to watch, in words. */
  readonly asset: string;
  /** What it is pointed at. */
  readonly target: string;
  readonly purpose: string;
  readonly place?: PlaceBody;
  readonly zone?: string;
  readonly from: string;
  readonly until: string;
  /** Whose consent it needs; none where nobody's is. */
  readonly asked: readonly string[];
}

export const COLLECTION_ANSWERS = ["agreed", "declined"] as const;
export type CollectionAnswer = (typeof COLLECTION_ANSWERS)[number];

/** Body of `collection.answered` (session). Subject: the request. */
export interface CollectionAnsweredBody {
  readonly by: string;
  readonly answer: CollectionAnswer;
  readonly note: string;
}

export const COLLECTION_OUTCOMES = ["done", "partly", "not-done"] as const;
export type CollectionOutcome = (typeof COLLECTION_OUTCOMES)[number];

/** Body of `collection.reported` (session): what really pointed where. Subject: the request. */
export interface CollectionReportedBody {
  readonly outcome: CollectionOutcome;
  readonly from: string;
  readonly until: string;
  /** Where it pointed and what came of it. */
  readonly text: string;
  /** Why not, where it was not or not wholly carried out. */
  readonly cause?: GapCause;
}

export type CollectionState = "waiting" | "agreed" | "declined" | CollectionOutcome;

/** View row `collection`: one line of the collection plan. */
export interface CollectionRow {
  readonly id: string;
  readonly body: CollectionRequestedBody;
  readonly from: Instant;
  readonly until: Instant;
  readonly state: CollectionState;
  readonly lon?: number;
  readonly lat?: number;
  readonly answers: readonly (CollectionAnsweredBody & { readonly mark: EntryMark })[];
  readonly reports: readonly (Omit<CollectionReportedBody, "from" | "until"> & {
    readonly from: Instant;
    readonly until: Instant;
    readonly mark: EntryMark;
  })[];
  readonly mark: EntryMark;
}

/** What of the plan the sensor lane goes by: when a source that watches on request was to watch. */
export interface CollectionTask {
  readonly source: string;
  readonly from: Instant;
  readonly until: Instant;
  /** Whether it was to be: consented, or declined by somebody whose consent it needs. */
  readonly may: boolean;
  /** Line of the plan, what it is about, and where that is if it was told: what a sensor that takes tasks is sent. */
  readonly line?: string;
  readonly target?: string;
  readonly lon?: number;
  readonly lat?: number;
}
