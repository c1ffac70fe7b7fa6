/** Travel time of each phase and its derivatives by the seven unknowns of an event. */

/** Unknowns: east, north (metres), origin time (seconds), then the medium (sound speed, wind east, wind north, seismic slowness). */
export const STATE_SIZE = 7;
export const AIR_WAVE = 0;
export const GROUND_WAVE = 1;
export const LONG_RANGE_WAVE = 2;

/**
 * Travel time in seconds from the state's place to a station; fills `jacobian` with the arrival time's derivatives.
 * Sound: distance over (c + wind along the path), as for a straight ray in a uniform wind.
 */
export function travelTime(
  state: Float64Array,
  east: number,
  north: number,
  phase: number,
  longRangeSpeed: number,
  jacobian: Float64Array,
): number {
  const deltaEast = east - state[0]!;
  const deltaNorth = north - state[1]!;
  const distance = Math.max(1, Math.sqrt(deltaEast * deltaEast + deltaNorth * deltaNorth));
  const unitEast = deltaEast / distance;
  const unitNorth = deltaNorth / distance;
  jacobian[2] = 1;
  if (phase === AIR_WAVE) {
    const windEast = state[4]!;
    const windNorth = state[5]!;
    const along = windEast * unitEast + windNorth * unitNorth;
    const speed = state[3]! + along;
    const square = 1 / (speed * speed);
    jacobian[0] = -unitEast / speed + (windEast - along * unitEast) * square;
    jacobian[1] = -unitNorth / speed + (windNorth - along * unitNorth) * square;
    jacobian[3] = -distance * square;
    jacobian[4] = jacobian[3]! * unitEast;
    jacobian[5] = jacobian[3]! * unitNorth;
    jacobian[6] = 0;
    return distance / speed;
  }
  const slowness = phase === GROUND_WAVE ? state[6]! : 1 / longRangeSpeed;
  jacobian[0] = -unitEast * slowness;
  jacobian[1] = -unitNorth * slowness;
  jacobian[3] = 0;
  jacobian[4] = 0;
  jacobian[5] = 0;
  jacobian[6] = phase === GROUND_WAVE ? distance : 0;
  return distance * slowness;
}

/** The travel time alone, as `travelTime` gives it; `distance` from the state's place to the station. */
export function travelSeconds(
  state: Float64Array,
  east: number,
  north: number,
  distance: number,
  phase: number,
  longRangeSpeed: number,
): number {
  const length = Math.max(1, distance);
  if (phase !== AIR_WAVE) return length * (phase === GROUND_WAVE ? state[6]! : 1 / longRangeSpeed);
  const along = (state[4]! * (east - state[0]!) + state[5]! * (north - state[1]!)) / length;
  return length / (state[3]! + along);
}

/** A bearing's difference folded into ±π. */
export function foldAngle(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

/**
 * Angle from a direction (east, north) to a unit bearing vector, radians; exact to a thousandth up to a radian, and a large
 * angle (two radians) for all that lies farther apart. No trigonometry: this is asked for every candidate.
 */
export function turnBetween(unitEast: number, unitNorth: number, east: number, north: number): number {
  const length = Math.sqrt(east * east + north * north);
  if (length < 1) return 0;
  const cosine = (unitEast * east + unitNorth * north) / length;
  const sine = (unitEast * north - unitNorth * east) / length;
  if (cosine < 0.5) return 2;
  const square = sine * sine;
  return sine * (1 + square * (1 / 6 + square * 0.075));
}
