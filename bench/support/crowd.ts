/** Many aircraft as one receiver hears them: Beast bytes on a fixed schedule, five frames a second of each. */
import { encodeAirbornePosition, encodeAirborneVelocity, encodeBeast, encodeIdentification } from "@openjmc/formats";
import { destinationOf, metresPerDegree } from "@openjmc/geo";
import type { LonLat } from "@openjmc/model";

export const FRAMES_PER_AIRCRAFT = 5;
const TICKS_PER_SECOND = 12_000_000;
const SPEED = 200;
/** Within a second of its own: what is sent when, seconds. */
const POSITIONS = [0, 0.5] as const;
const VELOCITIES = [0.2, 0.7] as const;
const NAME = 0.9;

/** A frame due so many seconds after the start. */
export interface CrowdFrame {
  readonly second: number;
  readonly bytes: Uint8Array;
  /** Which aircraft, and which of its positions this is, counted from 0; absent for other frames. */
  readonly position?: { readonly aircraft: number; readonly number: number };
}

/** When an aircraft sends a position, seconds after the start: the crowd is spread evenly over the second. */
export function positionSecond(aircraft: number, count: number, number: number): number {
  return Math.floor(number / 2) + POSITIONS[number % 2]! + aircraft / count;
}

/** The label that the picture gives an aircraft, and back. */
export const callsignOf = (aircraft: number): string => `CR${String(aircraft).padStart(4, "0")}`;
export const aircraftOf = (label: string): number =>
  label.startsWith("CR") ? Number(label.slice(2)) : Number.parseInt(label, 16) - FIRST_ADDRESS;
const FIRST_ADDRESS = 0xc0_00_00;

/** Frames of `count` aircraft around a place for some seconds, in the order in which they are due. */
export function crowdFrames(centre: LonLat, count: number, seconds: number): CrowdFrame[] {
  const frames: CrowdFrame[] = [];
  for (let aircraft = 0; aircraft < count; aircraft++) {
    for (let second = 0; second < seconds; second++) frames.push(...framesOf(centre, aircraft, count, second));
  }
  return frames.sort((left, right) => left.second - right.second);
}

function framesOf(centre: LonLat, aircraft: number, count: number, second: number): CrowdFrame[] {
  const icao = FIRST_ADDRESS + aircraft;
  const course = (aircraft * 137.5 * Math.PI) / 180;
  const [velocityEast, velocityNorth] = [SPEED * Math.sin(course), SPEED * Math.cos(course)];
  const start = destinationOf(centre, course, 20_000 + 180_000 * Math.sqrt((aircraft + 0.5) / count));
  const delay = aircraft / count;
  const scale = new Float64Array(2);
  metresPerDegree(start.lat, scale);
  const frame = (part: number, bytes: Uint8Array, number?: number): CrowdFrame => {
    const due = second + part + delay;
    return {
      second: due,
      bytes: encodeBeast({ bytes, ticks: Math.round((due + 1) * TICKS_PER_SECOND), signal: 120 }),
      ...(number === undefined ? {} : { position: { aircraft, number } }),
    };
  };
  return [
    ...POSITIONS.map((part, index) => {
      const flown = second + part;
      const bytes = encodeAirbornePosition({
        icao,
        longitude: start.lon + (velocityEast * flown) / scale[0]!,
        latitude: start.lat + (velocityNorth * flown) / scale[1]!,
        altitude: 3000 + (aircraft % 80) * 100,
        odd: index === 1,
      });
      return frame(part, bytes, second * 2 + index);
    }),
    ...VELOCITIES.map((part) =>
      frame(part, encodeAirborneVelocity({ icao, velocityEast, velocityNorth, velocityAccuracyCategory: 2 })),
    ),
    frame(NAME, encodeIdentification({ icao, callsign: callsignOf(aircraft) })),
  ];
}
