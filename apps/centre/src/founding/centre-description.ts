import type { Instant } from "@openjmc/model";

/** What a centre is, as `centre.json` holds it. */
export interface CentreDescription {
  readonly version: 1;
  readonly origin: string;
  readonly exercise: boolean;
  /** Start of the scenario, of an exercise only. */
  readonly startsAt?: Instant;
  readonly seed?: string;
  readonly mission: { readonly id: string; readonly sha256: string };
}
