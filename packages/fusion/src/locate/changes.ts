/** What the locator tells its caller: event solutions in earth's coordinates, each with its version. */
import type { ErrorEllipse, Instant } from "@openjmc/model";
import type { Phase } from "./configuration.ts";
import type { RoundFlight } from "./flights.ts";
import type { EventStatus } from "./plane-event.ts";

/** One arrival that a solution explains. */
export interface ExplainedArrival {
  /** Journal sequence number. */
  readonly frame: number;
  readonly station: string;
  readonly phase: Phase;
  readonly at: Instant;
  /** Observed minus predicted arrival time. */
  readonly residualSeconds: number;
  /** Residual in its own standard deviations. */
  readonly normalised: number;
}

/** A station that should have heard the event and did not. */
export interface SilentStation {
  readonly station: string;
  readonly phase: Phase;
  /** Probability that it would have heard the preferred class at that distance. */
  readonly detectionProbability: number;
}

/** One class with its probability; `undetermined` is among them. */
export interface ClassProbability {
  readonly what: string;
  readonly probability: number;
}

/** One version of one event's solution. */
export interface EventChange {
  /** Stable identity: the journal frame of the arrival that opened the event. */
  readonly key: number;
  readonly version: number;
  readonly status: EventStatus;
  /** Set where status is `merged`: the key of the event that took its arrivals. */
  readonly mergedInto?: number;
  readonly originTime: Instant;
  readonly originTimeErrorSeconds: number;
  readonly lon: number;
  readonly lat: number;
  /** East-east, east-north, north-north, square metres. */
  readonly covariance: readonly [number, number, number];
  readonly ellipse95: ErrorEllipse;
  readonly arrivals: readonly ExplainedArrival[];
  /** Arrivals used whose residual is beyond three standard deviations. */
  readonly misfits: readonly ExplainedArrival[];
  readonly silentStations: readonly SilentStation[];
  /** Log odds of being an event rather than chance. */
  readonly logOdds: number;
  readonly classification: readonly ClassProbability[];
  /** The likeliest class if it reaches the stated confidence, else `undetermined`. */
  readonly what: string;
  /** Rounds fired from about this place shortly after one another: key of the first, number so far. */
  readonly burst: { readonly key: number; readonly rounds: number; readonly spanSeconds: number };
  /** The other end of the round's flight, where it can be told; looked for once no more arrivals are expected. */
  readonly flight?: RoundFlight;
}
