/** Arrivals to events. */
export * from "./changes.ts";
export * from "./configuration.ts";
export { type EngineSnapshot, type PlaneArrival, PlaneLocator } from "./engine.ts";
export * from "./locator.ts";
export type { EventStatus } from "./plane-event.ts";
export { PlaneEvent } from "./plane-event.ts";
