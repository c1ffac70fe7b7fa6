/**
 * How a route's answer passes the gate. `json`: the value is released before it is written. `inside`: only for the two
 * components, refused to all others. `machine`: besides them for whoever asks on the centre's own machine, refused to all
 * others. `party`: besides the components for the liaison officers of parties, released before it is written. `rendered`: rows
 * were released before rendering. `plain`: holds no observation (hashes, keys, the program itself).
 */
export type ReleaseForm = "json" | "inside" | "machine" | "party" | "rendered" | "plain";

/** One route as the gate knows it. */
export interface RouteRelease {
  readonly method: string;
  readonly url: string;
  readonly release: ReleaseForm;
}
