import type { Aircraft } from "./aircraft.ts";

/** What an aircraft believes of its position, and how sure it says it is. */
export interface Navigation {
  /** Error of the believed position, metres. */
  eastError: number;
  northError: number;
  positionAccuracyCategory: number;
  /** Type code of its position messages, which carries the integrity category. */
  typeCode: number;
  velocityAccuracyCategory: number;
}

/** Seconds without satellites after which each lower quality is stated: NACp and position type code (DO-260B, table 2-70). */
const STAGES: readonly { readonly after: number; readonly accuracy: number; readonly typeCode: number }[] = [
  { after: 60, accuracy: 1, typeCode: 17 },
  { after: 25, accuracy: 5, typeCode: 14 },
  { after: 6, accuracy: 7, typeCode: 12 },
];
/** Drift of inertial or dead reckoning, m/s, and where this exercise lets it end. */
const DRIFT = 1;
const LARGEST_DRIFT = 150;

/**
 * Navigation of an aircraft that has been without satellites for `deniedSeconds` (0: it has them). The satellite solution
 * wanders slowly around the truth; without it the last error stays and drift comes on top.
 */
export function navigate(aircraft: Aircraft, seconds: number, deniedSeconds: number, out: Navigation): void {
  const { transponder } = aircraft;
  const [a, b, c, d] = transponder.phases;
  const slow = seconds - deniedSeconds;
  const amplitude = transponder.wanderMetres / 2;
  const drift = Math.min(LARGEST_DRIFT, DRIFT * deniedSeconds);
  out.eastError = amplitude * (Math.sin(slow / 61 + a) + 0.4 * Math.sin(slow / 7.3 + b)) + drift * Math.sin(a + c);
  out.northError = amplitude * (Math.sin(slow / 53 + c) + 0.4 * Math.sin(slow / 8.9 + d)) + drift * Math.cos(a + c);
  const stage = STAGES.find((candidate) => deniedSeconds > candidate.after);
  out.positionAccuracyCategory = stage?.accuracy ?? transponder.positionAccuracyCategory;
  out.typeCode = stage?.typeCode ?? 11;
  out.velocityAccuracyCategory = stage === undefined ? transponder.velocityAccuracyCategory : 0;
}
