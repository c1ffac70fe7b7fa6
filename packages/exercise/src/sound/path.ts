import { type Atmosphere, soundSpeed } from "./atmosphere.ts";

/** A point in the scenario's frame: metres east, north and above the sea. */
export interface SoundPoint {
  readonly east: number;
  readonly north: number;
  readonly height: number;
}

/** What the air does to a sound on its way. */
export interface SoundPath {
  readonly distanceMetres: number;
  readonly travelSeconds: number;
  /** Change of the effective sound speed with height along the path, 1/s: negative bends sound upwards, into a shadow. */
  readonly gradient: number;
  /** Whether a source in the sky is so low over the receiver's horizon that its rays bend up before they come down there. */
  readonly isBelowHorizon: boolean;
  /** Direction from which it seems to come at the receiver, radians clockwise from north (turned by the cross wind). */
  readonly backAzimuth: number;
}

const STEPS = 24;
const HIGHEST_RAY = 300;
/** Radius of rays in the mean atmosphere, which cools by 6.5 K a kilometre: c / (0.004 / s). */
const SKY_RAY_RADIUS = 85_000;
const wind = new Float64Array(2);

/**
 * Follows sound from a source to a receiver. Where the effective sound speed grows with height, rays are arcs of radius
 * c / gradient and pass through the air up there; else the sound creeps along the ground. The travel time is the integral
 * of ds / (c + w·u) over that path at the time of passing (Ostashev and Wilson, "Acoustics in moving inhomogeneous media").
 * GAP: hills stand in nobody's way; what they do is drawn with the path's loss. An elevation model would close it.
 */
export function followSound(
  atmosphere: Atmosphere,
  source: SoundPoint,
  receiver: SoundPoint,
  seconds: number,
): SoundPath {
  const east = receiver.east - source.east;
  const north = receiver.north - source.north;
  const ground = Math.max(1, Math.hypot(east, north));
  const unitEast = east / ground;
  const unitNorth = north / ground;
  const gradient = gradientAlong(atmosphere, source, receiver, unitEast, unitNorth, seconds);
  const peak = gradient > 0 ? Math.min(HIGHEST_RAY, (ground * ground * gradient) / (8 * 340)) : 2;
  const rise = receiver.height - source.height;
  const arcLength = Math.hypot(ground, rise) + (8 * peak * peak) / (3 * ground);
  let travelSeconds = 0;
  let crossWind = 0;
  for (let step = 0; step < STEPS; step++) {
    const part = (step + 0.5) / STEPS;
    const height = 2 + 4 * peak * part * (1 - part);
    const atEast = source.east + part * east;
    const atNorth = source.north + part * north;
    const now = seconds + travelSeconds;
    atmosphere.wind(atEast, atNorth, height, now, wind);
    const along = wind[0]! * unitEast + wind[1]! * unitNorth;
    const speed = soundSpeed(atmosphere.temperature(atEast, atNorth, height, now)) + along;
    travelSeconds += arcLength / STEPS / speed;
    crossWind += (wind[0]! * unitNorth - wind[1]! * unitEast) / STEPS;
  }
  // The front runs against the cross wind to keep its course, so the sound seems to come from farther down the wind.
  const backAzimuth = Math.atan2(-east, -north) - Math.atan2(crossWind, 340);
  const isBelowHorizon = -rise > 200 && ground > Math.sqrt(2 * -rise * SKY_RAY_RADIUS);
  return { distanceMetres: arcLength, travelSeconds, gradient, isBelowHorizon, backAzimuth };
}

/** Effective sound speed between 2 and 60 metres in the middle of the path, per metre of height. */
function gradientAlong(
  atmosphere: Atmosphere,
  source: SoundPoint,
  receiver: SoundPoint,
  unitEast: number,
  unitNorth: number,
  seconds: number,
): number {
  const east = (source.east + receiver.east) / 2;
  const north = (source.north + receiver.north) / 2;
  const effective = (height: number): number => {
    atmosphere.wind(east, north, height, seconds, wind);
    return (
      soundSpeed(atmosphere.temperature(east, north, height, seconds)) + wind[0]! * unitEast + wind[1]! * unitNorth
    );
  };
  return (effective(60) - effective(2)) / 58;
}
