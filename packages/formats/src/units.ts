/** Metres in one international foot. */
export const FOOT = 0.3048;
/** Metres per second in one knot. */
export const KNOT = 1852 / 3600;
/** Metres per second in one foot per minute. */
export const FOOT_PER_MINUTE = FOOT / 60;
/** Metres in one nautical mile. */
export const NAUTICAL_MILE = 1852;
/** Radians in one degree. */
export const DEGREE = Math.PI / 180;

/** Brings an angle into [0, 2π). */
export function wrapTurn(angle: number): number {
  const turn = 2 * Math.PI;
  const wrapped = angle - turn * Math.floor(angle / turn);
  return wrapped < turn ? wrapped : 0;
}
