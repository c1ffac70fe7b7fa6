export * from "./configuration.ts";
export * from "./live/picture.ts";
export * from "./live/plot.ts";
export type { Registration } from "./live/registration.ts";
export * from "./live/smoothTrack.ts";
export * from "./live/tracker.ts";
export type { PlaneTrackHistory } from "./planeHistory.ts";
export * from "./planeTracker.ts";
export type { SmoothedPoint } from "./smooth.ts";
