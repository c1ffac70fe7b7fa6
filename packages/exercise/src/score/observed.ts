import type { AlertRule, Instant } from "@openjmc/model";

/** One point of a track as the centre had it. */
export interface ObservedPoint {
  readonly at: Instant;
  readonly lon: number;
  readonly lat: number;
  readonly altitudeMetres?: number;
}

/** A track that the centre confirmed at some time, with its points in order of time. */
export interface ObservedTrack {
  readonly id: string;
  /** Six upper-case hexadecimal digits. */
  readonly icao?: string;
  readonly points: readonly ObservedPoint[];
}

/** An event as the centre has it last: neither withdrawn nor merged into another. `count`: rounds that it stands for. */
export interface ObservedEvent {
  readonly id: string;
  readonly originTime: Instant;
  readonly lon: number;
  readonly lat: number;
  readonly count: number;
  /** When it was first told, by the centre's clock. */
  readonly toldAt?: Instant;
  /** The likeliest class, where the centre names one. */
  readonly what?: string;
  /** What its place rests on. */
  readonly arrivals?: readonly { readonly station: string; readonly at: Instant }[];
}

/** An alert in the record. */
export interface ObservedAlert {
  readonly id: string;
  /** Kind of the mission's rule, or the program's own rule about what a radar gives the lie. */
  readonly ruleKind: AlertRule["kind"] | "contradicts-radar";
  readonly subjectKind: "track" | "event" | "source";
  readonly subjectId: string;
  readonly zone?: string;
  /** The centre's clock when it was raised. */
  readonly raisedAt: Instant;
  /** Tracks or events that the alert came to stand for, the first one included. */
  readonly members?: readonly string[];
}

/** What the centre made of an exercise. */
export interface ObservedExercise {
  readonly tracks: readonly ObservedTrack[];
  readonly events: readonly ObservedEvent[];
  readonly alerts: readonly ObservedAlert[];
}
