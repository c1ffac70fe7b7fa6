export { decodeFirms, type FirmsFields } from "./decode-firms.ts";
export { FirmsStream, type HeatSpotSink } from "./firms-stream.ts";
export type { HeatSpot } from "./heat-spot.ts";
