export * from "./configuration.ts";
export * from "./live/picture.ts";
export * from "./live/plot.ts";
export * from "./live/smoothTrack.ts";
export * from "./live/tracker.ts";
export * from "./planeTracker.ts";
