import { cornersFromAngles } from "./footprint-from-angles.ts";
import type { UasReport } from "./uas-report.ts";

/** The ground that an image shows: its four corners as longitude, latitude in degrees, in the order of the stream. */
export interface Footprint {
  readonly corners: readonly (readonly [longitude: number, latitude: number])[];
  /** From stated corners, from offsets to the frame's centre, or computed from where the camera stood and looked. */
  readonly source: "corners" | "offsets" | "angles";
}

const FRAME_CENTER_LATITUDE = 23;
const FRAME_CENTER_LONGITUDE = 24;
const FIRST_OFFSET = 26;
const FIRST_CORNER = 82;

/** The footprint that a packet states, else the one its camera's position and angles give; undefined without either. */
export function footprintOf(report: UasReport): Footprint | undefined {
  const stated = statedCorners(report, FIRST_CORNER, 0, 0);
  if (stated !== undefined) return { corners: stated, source: "corners" };
  const { values } = report;
  const latitude = values[FRAME_CENTER_LATITUDE]!;
  const longitude = values[FRAME_CENTER_LONGITUDE]!;
  const offset = statedCorners(report, FIRST_OFFSET, latitude, longitude);
  if (offset !== undefined) return { corners: offset, source: "offsets" };
  const computed = cornersFromAngles(report);
  return computed === undefined ? undefined : { corners: computed, source: "angles" };
}

function statedCorners({ values }: UasReport, first: number, latitude: number, longitude: number) {
  const corners: (readonly [number, number])[] = [];
  for (let corner = 0; corner < 4; corner += 1) {
    const north = latitude + values[first + 2 * corner]!;
    const east = longitude + values[first + 2 * corner + 1]!;
    if (Number.isNaN(north) || Number.isNaN(east)) return undefined;
    corners.push([wrapLongitude(east), north]);
  }
  return corners;
}

function wrapLongitude(degrees: number): number {
  return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
}
