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
 * Solves |p| = v(−t), |p − p1| = v(t1 − t), |p − p2| = v(t2 − t) with the first place as origin. Differences of the squared
 * equations are linear in p for a given t; put into the first they leave one quadratic (Bancroft 1985, in two dimensions).
 * Uniform wind is exact if the caller gives places in the frame that moves with the air.
 */
export function trilaterate(
  east1: number,
  north1: number,
  time1: number,
  east2: number,
  north2: number,
  time2: number,
  speed: number,
  roots: TrilaterationRoots,
): void {
  roots.count = 0;
  const determinant = 2 * (east1 * north2 - east2 * north1);
  if (Math.abs(determinant) < 1e-3 * (east1 * east1 + north1 * north1 + east2 * east2 + north2 * north2)) return;
  const square = speed * speed;
  const right1 = east1 * east1 + north1 * north1 - square * time1 * time1;
  const right2 = east2 * east2 + north2 * north2 - square * time2 * time2;
  const slope1 = 2 * square * time1;
  const slope2 = 2 * square * time2;
  const eastBase = (right1 * north2 - right2 * north1) / determinant;
  const northBase = (east1 * right2 - east2 * right1) / determinant;
  const eastSlope = (slope1 * north2 - slope2 * north1) / determinant;
  const northSlope = (east1 * slope2 - east2 * slope1) / determinant;
  const a = eastSlope * eastSlope + northSlope * northSlope - square;
  const b = eastBase * eastSlope + northBase * northSlope;
  const c = eastBase * eastBase + northBase * northBase;
  const inside = b * b - a * c;
  if (inside < 0 || Math.abs(a) < 1e-6) return;
  const root = Math.sqrt(inside);
  const latest = Math.min(0, time1, time2);
  for (let sign = -1; sign <= 1; sign += 2) {
    const time = (-b + sign * root) / a;
    if (time > latest) continue;
    roots.east[roots.count] = eastBase + eastSlope * time;
    roots.north[roots.count] = northBase + northSlope * time;
    roots.time[roots.count++] = time;
  }
}

/**
 * As `trilaterate` for two sounds, at the origin and at place 1, and a much faster wave at place 2 with the given slowness.
 * The fast wave gives the time but for its short travel, which is found by repetition; two circles then cross.
 */
export function trilaterateMixed(
  east1: number,
  north1: number,
  time1: number,
  east2: number,
  north2: number,
  time2: number,
  speed: number,
  slowness: number,
  roots: TrilaterationRoots,
): void {
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
