import type { SapientRegistration } from "./messages.ts";

/** µs in one unit of a duration. */
const UNITS: Readonly<Record<string, number>> = {
  TIME_UNITS_NANOSECONDS: 1e-3,
  TIME_UNITS_MICROSECONDS: 1,
  TIME_UNITS_MILLISECONDS: 1e3,
  TIME_UNITS_SECONDS: 1e6,
  TIME_UNITS_MINUTES: 6e7,
  TIME_UNITS_HOURS: 3.6e9,
  TIME_UNITS_DAYS: 8.64e10,
};

/** Taken where a node does not tell, µs; and the shortest and longest that are believed. */
const USUAL_INTERVAL = 10_000_000;
const SHORTEST_INTERVAL = 500_000;
const LONGEST_INTERVAL = 3_600_000_000;

/** Time between a node's status reports, µs. */
export function heartbeatInterval(registration: SapientRegistration): number {
  const { units, value } = registration.status_definition?.status_interval ?? {};
  const stated = (value ?? Number.NaN) * (UNITS[String(units)] ?? Number.NaN);
  return stated > 0 ? Math.min(Math.max(stated, SHORTEST_INTERVAL), LONGEST_INTERVAL) : USUAL_INTERVAL;
}

/** Nodes that act on things instead of observing them. A monitoring centre has none. */
const EFFECTORS: ReadonlySet<unknown> = new Set([
  "NODE_TYPE_KINETIC",
  "NODE_TYPE_JAMMER",
  "NODE_TYPE_CYBER",
  "NODE_TYPE_LDEW",
  "NODE_TYPE_RFDEW",
]);

/** Why a node is not registered: what it lacks, or that it is no observer; empty where it is welcome. */
export function refusalsOf(registration: SapientRegistration, problems: readonly string[]): string[] {
  const effector = registration.node_definition?.find(({ node_type }) => EFFECTORS.has(node_type));
  const reasons = effector === undefined ? [] : ["a monitoring centre takes nodes that observe, and no others"];
  return [...reasons, ...problems];
}
