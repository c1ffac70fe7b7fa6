/** Arrivals to events. */
export * from "./changes.ts";
export { classify } from "./classify.ts";
export * from "./configuration.ts";
export { type PlaneArrival, PlaneLocator, type SilentChannel } from "./engine.ts";
export type { EngineSnapshot } from "./engine-snapshot.ts";
export * from "./locator.ts";
export type { EventStatus } from "./plane-event.ts";
export { PlaneEvent } from "./plane-event.ts";
