import { KNOT } from "../units.ts";

/** Lower ends of the movement code's ranges: first code, knots there, knots a step (DO-260B, table 2-16). */
const RANGES = [
  { code: 2, knots: 0.125, step: 0.125 },
  { code: 9, knots: 1, step: 0.25 },
  { code: 13, knots: 2, step: 0.5 },
  { code: 39, knots: 15, step: 1 },
  { code: 94, knots: 70, step: 2 },
  { code: 109, knots: 100, step: 5 },
] as const;

const SPEED_OF_CODE = Float64Array.from({ length: 128 }, (_, code) => {
  if (code === 0 || code > 124) return Number.NaN;
  if (code === 1) return 0;
  if (code === 124) return 175 * KNOT;
  const range = RANGES.findLast((candidate) => candidate.code <= code)!;
  return (range.knots + (code - range.code) * range.step) * KNOT;
});

/** Ground speed in m/s of a surface position's movement field: the lower end of its range; NaN = not known. */
export function speedFromMovement(code: number): number {
  return SPEED_OF_CODE[code & 0x7f]!;
}

/** The movement code whose range holds a ground speed in m/s. */
export function speedToMovement(speed: number): number {
  if (!(speed >= 0)) return 0;
  let code = 1;
  while (code < 124 && SPEED_OF_CODE[code + 1]! <= speed + 1e-9) code += 1;
  return code;
}
