/** Arrivals to events. */

export { ArrivalStore } from "./arrivals.ts";
export * from "./changes.ts";
export { classify, decide } from "./classify.ts";
export * from "./configuration.ts";
export { type PlaneArrival, PlaneLocator, type SilentChannel } from "./engine.ts";
export type { EngineSnapshot } from "./engine-snapshot.ts";
export * from "./field-models.ts";
export { flightOf, type HeardRound, type RoundFlight } from "./flights.ts";
export * from "./locator.ts";
export { type EventStatus, PlaneEvent } from "./plane-event.ts";
export * from "./roles.ts";
