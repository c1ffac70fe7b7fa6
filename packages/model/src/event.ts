/** Events: what bangs. */
import type { CountUnit, ObservationKind } from "./codes.ts";
import type { Instant } from "./instant.ts";
import type { ErrorEllipse } from "./position.ts";

/** One station's part in a solution. */
export interface EventArrival {
  readonly station: string;
  readonly at: Instant;
  readonly residualSeconds: number;
  readonly used: boolean;
}

/** What it was, with a stated probability; `undetermined` is an answer. */
export interface EventClass {
  readonly what: string;
  readonly probability: number;
}

/** View row `events`: the current automatic solution of one event; earlier versions stay in `event-versions`. */
export interface EventRow {
  readonly id: string;
  readonly version: number;
  readonly originTime: Instant;
  readonly originTimeErrorSeconds: number;
  readonly lon: number;
  readonly lat: number;
  readonly ellipse: ErrorEllipse;
  readonly kind: ObservationKind;
  readonly count: number;
  readonly countUnit: CountUnit;
  readonly classes: readonly EventClass[];
  /** How probable it is that a round was fired there, and that one landed; the rest is of neither. Told of sounds that were located. */
  readonly roles?: { readonly fired: number; readonly landed: number };
  readonly arrivals: readonly EventArrival[];
  readonly stations: readonly string[];
  /** Rounds fired from about one place shortly after one another: id of the first event, and how many so far. */
  readonly burst: {
    readonly event: string;
    readonly rounds: number;
    /** From the first round to the last: with the number it gives the rate of fire. */
    readonly spanSeconds?: number;
  };
  /** The other end of the round's flight, where it can be told: `fired` if this is the shot, `landed` if it is the impact. */
  readonly flight?: {
    readonly role: "fired" | "landed";
    readonly event: string;
    readonly seconds: number;
    readonly metres: number;
    readonly probability: number;
  };
  readonly status: "automatic" | "settled" | "withdrawn" | "merged";
  readonly mergedInto?: string;
  /** Zones that hold its position, with probability. */
  readonly zones: readonly { readonly zone: string; readonly probability: number }[];
  /** Set where every station that heard it is one that does not prove itself. */
  readonly capped?: "unauthenticated";
  /** When the first solution came out (centre's clock). */
  readonly firstSolvedAt: Instant;
}
