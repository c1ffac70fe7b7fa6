/** Where and when a wave of known speed started, from its times at three places: closed form. */

/** Results of the last call: up to two roots as east, north, time relative to the first place and time. */
export interface TrilaterationRoots {
  count: number;
  readonly east: Float64Array;
  readonly north: Float64Array;
  readonly time: Float64Array;
}

export function makeRoots(): TrilaterationRoots {
  return { count: 0, east: new Float64Array(2), north: new Float64Array(2), time: new Float64Array(2) };
}

/**
 * What later arrivals say of the source as seen from the first one's place and time: one entry each. The source lies on a cone in
 * space and time about each; the difference of two cones' equations is a plane.
 */
export interface Cones {
  /** From the first place, metres; `moved` is what is left of that in the frame that moves with the air. */
  readonly east: Float64Array;
  readonly north: Float64Array;
  readonly movedEast: Float64Array;
  readonly movedNorth: Float64Array;
  /** Seconds after the first time. */
  readonly later: Float64Array;
  /** Square of the moved distance; the plane's right side, and its slope by time. */
  readonly square: Float64Array;
  readonly right: Float64Array;
  readonly slope: Float64Array;
}

export function makeCones(size: number): Cones {
  const field = (): Float64Array => new Float64Array(size);
  return {
    ...{ east: field(), north: field(), movedEast: field(), movedNorth: field() },
    ...{ later: field(), square: field(), right: field(), slope: field() },
  };
}

/** Enters an arrival: its place from the first one's, how much later it came, the wave's speed in still air, and the wind. */
export function setCone(
  cones: Cones,
  index: number,
  east: number,
  north: number,
  later: number,
  speed: number,
  windEast: number,
  windNorth: number,
): void {
  const movedEast = east - windEast * later;
  const movedNorth = north - windNorth * later;
  const square = movedEast * movedEast + movedNorth * movedNorth;
  cones.east[index] = east;
  cones.north[index] = north;
  cones.movedEast[index] = movedEast;
  cones.movedNorth[index] = movedNorth;
  cones.later[index] = later;
  cones.square[index] = square;
  cones.right[index] = square - speed * speed * later * later;
  cones.slope[index] = 2 * speed * speed * later;
}

/**
 * Solves |p| = v(−t), |p − p1| = v(t1 − t), |p − p2| = v(t2 − t) with the first place as origin. Differences of the squared
 * equations are linear in p for a given t; put into the first they leave one quadratic (Bancroft 1985, in two dimensions).
 * Uniform wind is exact, for the places are in the frame that moves with the air.
 */
export function trilaterate(cones: Cones, one: number, two: number, speed: number, roots: TrilaterationRoots): void {
  roots.count = 0;
  const east1 = cones.movedEast[one]!;
  const north1 = cones.movedNorth[one]!;
  const east2 = cones.movedEast[two]!;
  const north2 = cones.movedNorth[two]!;
  const determinant = 2 * (east1 * north2 - east2 * north1);
  if (Math.abs(determinant) < 1e-3 * (cones.square[one]! + cones.square[two]!)) return;
  const inverse = 1 / determinant;
  const right1 = cones.right[one]!;
  const right2 = cones.right[two]!;
  const slope1 = cones.slope[one]!;
  const slope2 = cones.slope[two]!;
  const eastBase = (right1 * north2 - right2 * north1) * inverse;
  const northBase = (east1 * right2 - east2 * right1) * inverse;
  const eastSlope = (slope1 * north2 - slope2 * north1) * inverse;
  const northSlope = (east1 * slope2 - east2 * slope1) * inverse;
  const a = eastSlope * eastSlope + northSlope * northSlope - speed * speed;
  const b = eastBase * eastSlope + northBase * northSlope;
  const c = eastBase * eastBase + northBase * northBase;
  const inside = b * b - a * c;
  if (inside < 0 || Math.abs(a) < 1e-6) return;
  const root = Math.sqrt(inside);
  const latest = Math.min(0, cones.later[one]!, cones.later[two]!);
  for (let sign = -1; sign <= 1; sign += 2) {
    const time = (-b + sign * root) / a;
    if (time > latest) continue;
    roots.east[roots.count] = eastBase + eastSlope * time;
    roots.north[roots.count] = northBase + northSlope * time;
    roots.time[roots.count++] = time;
  }
}

/**
 * As `trilaterate` for two sounds, one of them the first arrival, and a much faster wave with the given slowness.
 * The fast wave gives the time but for its short travel, which is found by repetition; two circles then cross.
 */
export function trilaterateMixed(
  cones: Cones,
  sound: number,
  ground: number,
  speed: number,
  slowness: number,
  roots: TrilaterationRoots,
): void {
  const east1 = cones.movedEast[sound]!;
  const north1 = cones.movedNorth[sound]!;
  const time1 = cones.later[sound]!;
  const east2 = cones.east[ground]!;
  const north2 = cones.north[ground]!;
  const time2 = cones.later[ground]!;
  roots.count = 0;
  const apart = Math.sqrt(east1 * east1 + north1 * north1);
  if (apart < 1) return;
  const unitEast = east1 / apart;
  const unitNorth = north1 / apart;
  for (let sign = -1; sign <= 1; sign += 2) {
    let east = 0;
    let north = 0;
    let time = 0;
    let crosses = true;
    for (let pass = 0; pass < 5 && crosses; pass++) {
      const away = Math.sqrt((east - east2) * (east - east2) + (north - north2) * (north - north2));
      time = time2 - away * slowness;
      const radius = -speed * time;
      const other = speed * (time1 - time);
      if (radius < 0 || other < 0) return;
      const along = (radius * radius - other * other + apart * apart) / (2 * apart);
      const square = radius * radius - along * along;
      crosses = square > -0.002 * radius * radius;
      const across = sign * Math.sqrt(Math.max(0, square));
      east = along * unitEast - across * unitNorth;
      north = along * unitNorth + across * unitEast;
    }
    if (!crosses) continue;
    roots.east[roots.count] = east;
    roots.north[roots.count] = north;
    roots.time[roots.count++] = time;
  }
}
