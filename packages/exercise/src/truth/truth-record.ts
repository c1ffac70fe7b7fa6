import type { Instant, ObservationKind } from "@openjmc/model";
import type { AircraftRole } from "../air/aircraft.ts";
import type { BlastClass } from "../sound/blast.ts";

/**
 * What truly happened in an exercise, one JSON line each, written once it has happened: `at` is when it may be known.
 * Instants are integer microseconds; degrees WGS 84; heights in metres above the sea unless named otherwise.
 */
export type TruthRecord =
  | ScenarioRecord
  | ProgressRecord
  | AircraftRecord
  | StateRecord
  | ZoneStayRecord
  | FireRecord
  | ThunderRecord
  | AllegationRecord
  | ActRecord
  | TroubleRecord
  | ExpectedAlertRecord
  | LostBytesRecord;

export type TruthRecordType = TruthRecord["type"];

/** First line: what was played. */
export interface ScenarioRecord {
  readonly type: "scenario";
  readonly at: Instant;
  readonly version: 1;
  readonly seed: string;
  readonly mission: string;
  readonly startsAt: Instant;
  readonly episodeSeconds: number;
}

/**
 * All truth before `at` stands above this line. With `resumed` the driver begins here (again): nothing was played between
 * the line of progress before it and this one. `speed`: scenario time per wall time from here on.
 */
export interface ProgressRecord {
  readonly type: "progress";
  readonly at: Instant;
  readonly resumed?: true;
  readonly speed?: number;
}

export interface AircraftRecord {
  readonly type: "aircraft";
  readonly at: Instant;
  readonly aircraft: string;
  readonly role: AircraftRole;
  /** Six upper-case hexadecimal digits. */
  readonly icao: string;
  readonly callsign: string;
}

/** A sample of an aircraft's state; one every STATE_PERIOD seconds on a common beat, besides first and last. */
export interface StateRecord {
  readonly type: "state";
  readonly at: Instant;
  readonly aircraft: string;
  readonly lon: number;
  readonly lat: number;
  readonly heightMetres: number;
  readonly pressureMetres: number;
  readonly velocityEast: number;
  readonly velocityNorth: number;
  readonly velocityUp: number;
  /** Receivers that could receive it and radars that could see it, by line of sight, range and their state. */
  readonly receivableBy: readonly string[];
}

/** An aircraft was inside a zone as drawn from `enteredAt` to `leftAt`. */
export interface ZoneStayRecord {
  readonly type: "zone-stay";
  readonly at: Instant;
  readonly aircraft: string;
  readonly zone: string;
  readonly version: number;
  readonly enteredAt: Instant;
  readonly leftAt: Instant;
  readonly notified: boolean;
  /** Seconds for which it was deeper inside than the zone's precision while some receiver could receive it. */
  readonly beyondDoubtSeconds: number;
}

/** One round of fire and who picked its direct sound. */
export interface FireRound {
  readonly at: Instant;
  readonly heardBy: readonly string[];
  /** Recording stations that its direct sound reached, true instants, and decibels of its peak over their noise. */
  readonly recordedBy?: readonly {
    readonly station: string;
    readonly at: Instant;
    readonly overNoiseDecibel: number;
  }[];
}

/** Shots or impacts at one place. */
export interface FireRecord {
  readonly type: "fire";
  /** When the last of its sounds had been picked. */
  readonly at: Instant;
  readonly event: string;
  readonly class: BlastClass;
  readonly observation: ObservationKind;
  readonly occurredAt: Instant;
  readonly lon: number;
  readonly lat: number;
  readonly rounds: readonly FireRound[];
  /** Ceasefire areas that hold it. */
  readonly zones: readonly string[];
}

/** A stroke of lightning that some station picked. */
export interface ThunderRecord {
  readonly type: "thunder";
  readonly at: Instant;
  readonly occurredAt: Instant;
  readonly lon: number;
  readonly lat: number;
  readonly heardBy: readonly string[];
}

/** A party's claim of something that did not happen. */
export interface AllegationRecord {
  readonly type: "allegation";
  readonly at: Instant;
  readonly true: false;
  readonly occurredAt: Instant;
  readonly lon: number;
  readonly lat: number;
}

/** A person's statement that the exercise handed over for submission. */
export interface ActRecord {
  readonly type: "act";
  readonly at: Instant;
  readonly officer: string;
  readonly statementKind: string;
}

/** Something went wrong with a source, for the span given. */
export interface TroubleRecord {
  readonly type: "trouble";
  readonly at: Instant;
  readonly source: string;
  readonly what: "navigation-denied" | "receiver-silenced" | "station-dead";
  readonly from: Instant;
  readonly until: Instant;
}

/** An alert that an honest centre must have raised by now. */
export interface ExpectedAlertRecord {
  readonly type: "expected-alert";
  /** By when it must have been raised. */
  readonly at: Instant;
  readonly rule: "no-fly-entry" | "ceasefire-event" | "source-lost" | "contradicts-radar";
  /** Aircraft, fire event or source. */
  readonly subject: string;
  readonly zone?: string;
  readonly from: Instant;
  readonly until: Instant;
}

/** Bytes that the driver could not bring to the centre because nobody took them. */
export interface LostBytesRecord {
  readonly type: "lost-bytes";
  readonly at: Instant;
  readonly source: string;
  readonly bytes: number;
  readonly messages: number;
}

/** Seconds between samples of an aircraft's state. */
export const STATE_PERIOD = 5;
