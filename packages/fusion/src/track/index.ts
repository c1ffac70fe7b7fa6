export * from "./configuration.ts";
export * from "./picture.ts";
export * from "./planeTracker.ts";
export * from "./plot.ts";
export * from "./tracker.ts";
