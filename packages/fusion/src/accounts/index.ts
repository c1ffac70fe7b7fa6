/** The same event by many means: places, bearings and ranges beside, and together with, what was located. */
export { type Departure, departureOf } from "./departure.ts";
export { placeWitnesses } from "./place-witnesses.ts";
export type { Placed, Witness } from "./witness.ts";
