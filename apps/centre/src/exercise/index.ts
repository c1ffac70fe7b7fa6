export { type Driver, type DriverOptions, startDriver } from "./driver.ts";
export type { DriverClock } from "./driver-clock.ts";
export type { DriverStats } from "./driver-protocol.ts";
export type { Endpoint, Endpoints, WireCount } from "./endpoint.ts";
export { type Gateways, makeGatewayKeys, signedSources, startGateways } from "./gateways.ts";
export { readObserved } from "./read-observed.ts";
export { runExerciseScore, type ScoreOptions } from "./score-command.ts";
export { lastProgress, readTruthFile, truthPath } from "./truth-file.ts";
