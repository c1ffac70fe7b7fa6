import { NAUTICAL_MILE } from "../units.ts";

/** Estimated position uncertainty, 95 %, in metres by NACp 0..11; NaN = unknown (DO-260B, table 2-71). */
export const POSITION_ACCURACY = Float64Array.of(
  Number.NaN,
  10 * NAUTICAL_MILE,
  4 * NAUTICAL_MILE,
  2 * NAUTICAL_MILE,
  NAUTICAL_MILE,
  0.5 * NAUTICAL_MILE,
  0.3 * NAUTICAL_MILE,
  0.1 * NAUTICAL_MILE,
  0.05 * NAUTICAL_MILE,
  30,
  10,
  3,
  Number.NaN,
  Number.NaN,
  Number.NaN,
  Number.NaN,
);

/** Horizontal velocity error, 95 %, in m/s by NACv 0..4; NaN = unknown or worse than 10 m/s (DO-260B, table 2-22). */
export const VELOCITY_ACCURACY = Float64Array.of(Number.NaN, 10, 3, 1, 0.3, Number.NaN, Number.NaN, Number.NaN);

/** The same by the NUCp 0..9 of a first-version transponder: 95 % horizontal figure of merit in metres. */
export const POSITION_ACCURACY_OF_NUC = Float64Array.of(
  Number.NaN,
  10 * NAUTICAL_MILE,
  5 * NAUTICAL_MILE,
  NAUTICAL_MILE,
  0.5 * NAUTICAL_MILE,
  0.25 * NAUTICAL_MILE,
  0.1 * NAUTICAL_MILE,
  0.05 * NAUTICAL_MILE,
  10,
  3,
);

/** Radius of containment in metres by NUCp (DO-260, table 2-11). */
export const CONTAINMENT_OF_NUC = Float64Array.of(
  Number.NaN,
  20 * NAUTICAL_MILE,
  10 * NAUTICAL_MILE,
  2 * NAUTICAL_MILE,
  NAUTICAL_MILE,
  0.5 * NAUTICAL_MILE,
  0.2 * NAUTICAL_MILE,
  0.1 * NAUTICAL_MILE,
  25,
  7.5,
);

/** NUCp by type code of a position message. */
const NUC_OF_TYPE = Int8Array.of(0, 0, 0, 0, 0, 9, 8, 7, 6, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 9, 8, 0);

/** NIC by type code of an airborne position message, before its supplements. */
const NIC_OF_AIRBORNE_TYPE = Int8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 11, 10, 8, 7, 6, 5, 4, 2, 1, 0, 0, 11, 10, 0);

const RADIUS_OF_NIC = Float64Array.of(
  Number.NaN,
  20 * NAUTICAL_MILE,
  8 * NAUTICAL_MILE,
  4 * NAUTICAL_MILE,
  2 * NAUTICAL_MILE,
  NAUTICAL_MILE,
  0.5 * NAUTICAL_MILE,
  0.2 * NAUTICAL_MILE,
  0.1 * NAUTICAL_MILE,
  75,
  25,
  7.5,
);

/** Navigation uncertainty category of a first-version position message. */
export function navigationUncertaintyCategory(typeCode: number): number {
  return NUC_OF_TYPE[typeCode] ?? 0;
}

/** Navigation integrity category of an airborne position message with its supplements A and B (DO-260B, table 2-70). */
export function airborneIntegrityCategory(typeCode: number, supplementA: number, supplementB: number): number {
  if (typeCode === 11 && supplementA === 1 && supplementB === 1) return 9;
  if (typeCode === 16 && supplementA === 1 && supplementB === 1) return 3;
  return NIC_OF_AIRBORNE_TYPE[typeCode] ?? 0;
}

/** Navigation integrity category of a surface position message with its supplements A and C. */
export function surfaceIntegrityCategory(typeCode: number, supplementA: number, supplementC: number): number {
  if (typeCode === 5) return 11;
  if (typeCode === 6) return 10;
  if (typeCode === 7) return supplementA === 1 ? 9 : 8;
  if (supplementA === 1 && supplementC === 1) return 7;
  return supplementA === 1 || supplementC === 1 ? 6 : 0;
}

/** Radius of containment in metres; NaN = unknown. NIC 6 has three radii, told apart by the supplements. */
export function containmentRadius(category: number, supplementA: number, supplementB: number): number {
  if (category !== 6) return RADIUS_OF_NIC[category] ?? Number.NaN;
  if (supplementA === 0 && supplementB === 1) return 0.3 * NAUTICAL_MILE;
  return (supplementA === 1 && supplementB === 1 ? 0.6 : 0.5) * NAUTICAL_MILE;
}
