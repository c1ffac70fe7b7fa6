export * from "./configuration.ts";
export * from "./live/picture.ts";
export * from "./live/plot.ts";
export type { Registration } from "./live/registration.ts";
export * from "./live/smooth-track.ts";
export * from "./live/tracker.ts";
export type { PlaneTrackHistory } from "./plane-history.ts";
export * from "./plane-tracker.ts";
export type { SmoothedPoint } from "./smooth.ts";
