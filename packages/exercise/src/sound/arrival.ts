/** Where an arrival truly came from; the wire does not say. */
export type ArrivalCause =
  | { readonly kind: "direct"; readonly event: string; readonly round: number }
  | { readonly kind: "echo"; readonly event: string }
  | { readonly kind: "wind" }
  | { readonly kind: "thunder"; readonly stroke: string };

/** One pick of one station, before its clock and its wire. Times in seconds since the scenario's start. */
export interface Arrival {
  readonly seconds: number;
  readonly levelDecibel: number;
  readonly signalToNoise: number;
  readonly frequencyHertz: number;
  readonly durationMilliseconds: number;
  /** Radians clockwise from north, towards where it seems to come from. */
  readonly backAzimuth?: number;
  readonly cause: ArrivalCause;
}
