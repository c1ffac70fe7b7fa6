/** What the driver's two threads say to each other. */
import type { ActItem, ScenarioOptions } from "@openjmc/exercise";
import type { Fault, Instant } from "@openjmc/model";
import type { DriverClock } from "./driver-clock.ts";
import type { Endpoints, WireCount } from "./endpoint.ts";

/** Given to the thread at its start. */
export interface DriverStart {
  readonly scenario: ScenarioOptions;
  /** Where to begin: what was due before is not played. */
  readonly from: Instant;
  /** Where `truth.jsonl` stands. */
  readonly folder: string;
}

/** What the driver has done so far. */
export interface DriverStats {
  readonly wires: Readonly<Record<string, WireCount>>;
  /** Messages sent less than 1, 2, 5, 10, 20, 50, 100 and more wall milliseconds late. */
  readonly lateness: readonly number[];
  readonly latestMilliseconds: number;
  readonly unconnected: number;
}

export type ToDriver =
  | { readonly say: "connect"; readonly number: number; readonly endpoints: Endpoints }
  | { readonly say: "run"; readonly clock: DriverClock }
  | { readonly say: "pause" }
  | { readonly say: "stats"; readonly number: number }
  | { readonly say: "stop"; readonly number: number };

export type FromDriver =
  | { readonly say: "ready" }
  | { readonly say: "act"; readonly act: ActItem }
  | { readonly say: "answer"; readonly number: number; readonly value?: unknown; readonly fault?: Fault }
  | { readonly say: "failed"; readonly fault: Fault };
