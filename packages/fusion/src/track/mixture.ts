/**
 * Interacting multiple models (Blom & Bar-Shalom 1988) on typed arrays: every estimate is two Gaussian estimates of east,
 * north and their velocities, one for straight flight and one for manoeuvre, with the probability of each. No allocation.
 *
 * Layout of one estimate from its offset, twice fifteen numbers: probability, x, y, vx, vy, then the covariance's upper
 * triangle xx, xy, xu, xv, yy, yu, yv, uu, uv, vv (u and v stand for the velocities).
 */
import type { MotionConfiguration } from "./configuration.ts";

export const MODEL_STRIDE = 15;
export const MODELS = 2;
export const ESTIMATE_STRIDE = MODEL_STRIDE * MODELS;
/** Length of what `collapse` writes: x, y, vx, vy and the covariance's upper triangle. */
export const MOMENT_STRIDE = 14;

/** The filter of one motion configuration. */
export class MixtureFilter {
  readonly #noise: readonly [number, number];
  readonly #leaveRate: readonly [number, number];
  readonly #innovation = new Float64Array(2 * 6);

  constructor(motion: MotionConfiguration) {
    this.#noise = [motion.straightNoise, motion.manoeuvreNoise];
    this.#leaveRate = [1 / motion.straightSeconds, 1 / motion.manoeuvreSeconds];
  }

  /** Starts an estimate from a position with its covariance and a velocity with one deviation for both components. */
  start(
    target: Float64Array,
    offset: number,
    position: readonly [number, number, number, number, number],
    velocity: readonly [number, number, number],
  ): void {
    target.fill(0, offset, offset + ESTIMATE_STRIDE);
    const straight = this.#leaveRate[1] / (this.#leaveRate[0] + this.#leaveRate[1]);
    for (let model = 0; model < MODELS; model++) {
      const o = offset + model * MODEL_STRIDE;
      target[o] = model === 0 ? straight : 1 - straight;
      target[o + 1] = position[0];
      target[o + 2] = position[1];
      target[o + 3] = velocity[0];
      target[o + 4] = velocity[1];
      target[o + 5] = position[2];
      target[o + 6] = position[3];
      target[o + 9] = position[4];
      target[o + 12] = velocity[2] * velocity[2];
      target[o + 14] = velocity[2] * velocity[2];
    }
  }

  /** Mixes and predicts by `seconds` (not negative) from `source` into `target`; the two may be the same place. */
  predict(source: Float64Array, from: number, target: Float64Array, to: number, seconds: number): void {
    const total = this.#leaveRate[0] + this.#leaveRate[1];
    const moved = (1 - Math.exp(-total * seconds)) / total;
    const leaveStraight = this.#leaveRate[0] * moved;
    const leaveManoeuvre = this.#leaveRate[1] * moved;
    const a = from;
    const b = from + MODEL_STRIDE;
    const mu0 = source[a]!;
    const mu1 = source[b]!;
    const next0 = mu0 * (1 - leaveStraight) + mu1 * leaveManoeuvre;
    const next1 = mu0 * leaveStraight + mu1 * (1 - leaveManoeuvre);
    const weight00 = (mu0 * (1 - leaveStraight)) / next0;
    const weight01 = (mu0 * leaveStraight) / next1;
    const dx = source[b + 1]! - source[a + 1]!;
    const dy = source[b + 2]! - source[a + 2]!;
    const du = source[b + 3]! - source[a + 3]!;
    const dv = source[b + 4]! - source[a + 4]!;
    // Both mixed estimates are formed before either is written, so that source and target may coincide.
    const s0 = weight00 * (1 - weight00);
    const s1 = weight01 * (1 - weight01);
    for (let i = 5; i < MODEL_STRIDE; i++) {
      const left = source[a + i]!;
      const right = source[b + i]!;
      target[to + i] = weight00 * left + (1 - weight00) * right;
      target[to + MODEL_STRIDE + i] = weight01 * left + (1 - weight01) * right;
    }
    for (let i = 1; i < 5; i++) {
      const left = source[a + i]!;
      const right = source[b + i]!;
      target[to + i] = weight00 * left + (1 - weight00) * right;
      target[to + MODEL_STRIDE + i] = weight01 * left + (1 - weight01) * right;
    }
    target[to] = next0;
    target[to + MODEL_STRIDE] = next1;
    spread(target, to, s0, dx, dy, du, dv);
    spread(target, to + MODEL_STRIDE, s1, dx, dy, du, dv);
    advance(target, to, seconds, this.#noise[0]);
    advance(target, to + MODEL_STRIDE, seconds, this.#noise[1]);
  }

  /**
   * Natural logarithm of the density of a position plot (covariance xx, xy, yy) under the predicted estimate whose position is
   * looked at `offsetSeconds` after the estimate's time (negative for late plots). Remembers nothing.
   */
  logLikelihood(
    estimate: Float64Array,
    at: number,
    x: number,
    y: number,
    xx: number,
    xy: number,
    yy: number,
    offsetSeconds: number,
  ): number {
    let density = 0;
    for (let model = 0; model < MODELS; model++) {
      const o = at + model * MODEL_STRIDE;
      const workspace = this.#innovation;
      innovate(estimate, o, x, y, xx, xy, yy, offsetSeconds, this.#noise[model]!, workspace, 0);
      density += estimate[o]! * workspace[5]!;
    }
    return Math.log(Math.max(density, 1e-300));
  }

  /** Updates a predicted estimate in place with a position plot; returns the normalised innovation squared (mixture mean). */
  update(
    estimate: Float64Array,
    at: number,
    x: number,
    y: number,
    xx: number,
    xy: number,
    yy: number,
    offsetSeconds: number,
  ): number {
    let total = 0;
    let squared = 0;
    for (let model = 0; model < MODELS; model++) {
      const o = at + model * MODEL_STRIDE;
      const w = model * 6;
      const innovation = this.#innovation;
      innovate(estimate, o, x, y, xx, xy, yy, offsetSeconds, this.#noise[model]!, innovation, w);
      const nu0 = innovation[w]!;
      const nu1 = innovation[w + 1]!;
      const i00 = innovation[w + 2]!;
      const i01 = innovation[w + 3]!;
      const i11 = innovation[w + 4]!;
      squared += estimate[o]! * (nu0 * nu0 * i00 + 2 * nu0 * nu1 * i01 + nu1 * nu1 * i11);
      estimate[o] = Math.max(estimate[o]! * innovation[w + 5]!, 1e-290);
      total += estimate[o]!;
      correct(estimate, o, nu0, nu1, i00, i01, i11, offsetSeconds);
    }
    // A model is never given up entirely: it must be able to come back at the next step.
    const floor = 1e-6;
    const straight = Math.min(1 - floor, Math.max(floor, estimate[at]! / total));
    estimate[at] = straight;
    estimate[at + MODEL_STRIDE] = 1 - straight;
    return squared;
  }

  /** Updates in place with a measured velocity (m/s, one deviation for both components). */
  updateVelocity(estimate: Float64Array, at: number, vx: number, vy: number, deviation: number): void {
    const variance = deviation * deviation;
    let total = 0;
    for (let model = 0; model < MODELS; model++) {
      const o = at + model * MODEL_STRIDE;
      const s00 = estimate[o + 12]! + variance;
      const s01 = estimate[o + 13]!;
      const s11 = estimate[o + 14]! + variance;
      const determinant = s00 * s11 - s01 * s01;
      const i00 = s11 / determinant;
      const i01 = -s01 / determinant;
      const i11 = s00 / determinant;
      const nu0 = vx - estimate[o + 3]!;
      const nu1 = vy - estimate[o + 4]!;
      const squared = nu0 * nu0 * i00 + 2 * nu0 * nu1 * i01 + nu1 * nu1 * i11;
      estimate[o] = Math.max((estimate[o]! * Math.exp(-0.5 * Math.min(squared, 600))) / Math.sqrt(determinant), 1e-290);
      total += estimate[o]!;
      correctVelocity(estimate, o, nu0, nu1, i00, i01, i11);
    }
    const straight = Math.min(1 - 1e-6, Math.max(1e-6, estimate[at]! / total));
    estimate[at] = straight;
    estimate[at + MODEL_STRIDE] = 1 - straight;
  }

  /** Writes the mixture's mean and covariance (`MOMENT_STRIDE` numbers). */
  collapse(estimate: Float64Array, at: number, target: Float64Array, to: number): void {
    const b = at + MODEL_STRIDE;
    const weight = estimate[at]!;
    for (let i = 0; i < MOMENT_STRIDE; i++)
      target[to + i] = weight * estimate[at + 1 + i]! + (1 - weight) * estimate[b + 1 + i]!;
    spread(
      target,
      to - 1,
      weight * (1 - weight),
      estimate[b + 1]! - estimate[at + 1]!,
      estimate[b + 2]! - estimate[at + 2]!,
      estimate[b + 3]! - estimate[at + 3]!,
      estimate[b + 4]! - estimate[at + 4]!,
    );
  }
}

/** Adds weight · d·dᵀ to a covariance whose estimate begins at `o`. */
function spread(target: Float64Array, o: number, weight: number, dx: number, dy: number, du: number, dv: number): void {
  target[o + 5]! += weight * dx * dx;
  target[o + 6]! += weight * dx * dy;
  target[o + 7]! += weight * dx * du;
  target[o + 8]! += weight * dx * dv;
  target[o + 9]! += weight * dy * dy;
  target[o + 10]! += weight * dy * du;
  target[o + 11]! += weight * dy * dv;
  target[o + 12]! += weight * du * du;
  target[o + 13]! += weight * du * dv;
  target[o + 14]! += weight * dv * dv;
}

/** Constant-velocity prediction with white acceleration noise, in place. */
function advance(e: Float64Array, o: number, dt: number, noise: number): void {
  e[o + 1]! += dt * e[o + 3]!;
  e[o + 2]! += dt * e[o + 4]!;
  const xu = e[o + 7]!;
  const xv = e[o + 8]!;
  const yu = e[o + 10]!;
  const yv = e[o + 11]!;
  const uu = e[o + 12]!;
  const uv = e[o + 13]!;
  const vv = e[o + 14]!;
  const q1 = noise * dt;
  const q2 = 0.5 * q1 * dt;
  const q3 = (2 / 3) * q2 * dt;
  e[o + 5]! += dt * (2 * xu + dt * uu) + q3;
  e[o + 6]! += dt * (xv + yu + dt * uv);
  e[o + 7] = xu + dt * uu + q2;
  e[o + 8] = xv + dt * uv;
  e[o + 9]! += dt * (2 * yv + dt * vv) + q3;
  e[o + 10] = yu + dt * uv;
  e[o + 11] = yv + dt * vv + q2;
  e[o + 12] = uu + q1;
  e[o + 14] = vv + q1;
}

/** Writes innovation (2), inverse innovation covariance (3) and density to six places. */
function innovate(
  e: Float64Array,
  o: number,
  x: number,
  y: number,
  xx: number,
  xy: number,
  yy: number,
  d: number,
  noise: number,
  target: Float64Array,
  w: number,
): void {
  const late = (noise * Math.abs(d) ** 3) / 3;
  const s00 = e[o + 5]! + d * (2 * e[o + 7]! + d * e[o + 12]!) + late + xx;
  const s01 = e[o + 6]! + d * (e[o + 8]! + e[o + 10]! + d * e[o + 13]!) + xy;
  const s11 = e[o + 9]! + d * (2 * e[o + 11]! + d * e[o + 14]!) + late + yy;
  const determinant = s00 * s11 - s01 * s01;
  const i00 = s11 / determinant;
  const i01 = -s01 / determinant;
  const i11 = s00 / determinant;
  const nu0 = x - e[o + 1]! - d * e[o + 3]!;
  const nu1 = y - e[o + 2]! - d * e[o + 4]!;
  const squared = nu0 * nu0 * i00 + 2 * nu0 * nu1 * i01 + nu1 * nu1 * i11;
  target[w] = nu0;
  target[w + 1] = nu1;
  target[w + 2] = i00;
  target[w + 3] = i01;
  target[w + 4] = i11;
  target[w + 5] = Math.exp(-0.5 * Math.min(squared, 600)) / (2 * Math.PI * Math.sqrt(determinant));
}

/** Kalman correction for the measurement position + d · velocity. */
function correct(
  e: Float64Array,
  o: number,
  nu0: number,
  nu1: number,
  i00: number,
  i01: number,
  i11: number,
  d: number,
): void {
  // Columns of P·Hᵀ for the four components.
  const ax = e[o + 5]! + d * e[o + 7]!;
  const bx = e[o + 6]! + d * e[o + 8]!;
  const ay = e[o + 6]! + d * e[o + 10]!;
  const by = e[o + 9]! + d * e[o + 11]!;
  const au = e[o + 7]! + d * e[o + 12]!;
  const bu = e[o + 10]! + d * e[o + 13]!;
  const av = e[o + 8]! + d * e[o + 13]!;
  const bv = e[o + 11]! + d * e[o + 14]!;
  reduce(e, o, nu0, nu1, i00, i01, i11, ax, bx, ay, by, au, bu, av, bv);
}

/** Kalman correction for a measured velocity. */
function correctVelocity(
  e: Float64Array,
  o: number,
  nu0: number,
  nu1: number,
  i00: number,
  i01: number,
  i11: number,
): void {
  reduce(
    e,
    o,
    nu0,
    nu1,
    i00,
    i01,
    i11,
    e[o + 7]!,
    e[o + 8]!,
    e[o + 10]!,
    e[o + 11]!,
    e[o + 12]!,
    e[o + 13]!,
    e[o + 13]!,
    e[o + 14]!,
  );
}

/** x += P·Hᵀ·S⁻¹·ν and P −= P·Hᵀ·S⁻¹·H·P, given the two columns of P·Hᵀ. */
function reduce(
  e: Float64Array,
  o: number,
  nu0: number,
  nu1: number,
  i00: number,
  i01: number,
  i11: number,
  ax: number,
  bx: number,
  ay: number,
  by: number,
  au: number,
  bu: number,
  av: number,
  bv: number,
): void {
  const kx0 = ax * i00 + bx * i01;
  const kx1 = ax * i01 + bx * i11;
  const ky0 = ay * i00 + by * i01;
  const ky1 = ay * i01 + by * i11;
  const ku0 = au * i00 + bu * i01;
  const ku1 = au * i01 + bu * i11;
  const kv0 = av * i00 + bv * i01;
  const kv1 = av * i01 + bv * i11;
  e[o + 1]! += kx0 * nu0 + kx1 * nu1;
  e[o + 2]! += ky0 * nu0 + ky1 * nu1;
  e[o + 3]! += ku0 * nu0 + ku1 * nu1;
  e[o + 4]! += kv0 * nu0 + kv1 * nu1;
  e[o + 5]! -= kx0 * ax + kx1 * bx;
  e[o + 6]! -= kx0 * ay + kx1 * by;
  e[o + 7]! -= kx0 * au + kx1 * bu;
  e[o + 8]! -= kx0 * av + kx1 * bv;
  e[o + 9]! -= ky0 * ay + ky1 * by;
  e[o + 10]! -= ky0 * au + ky1 * bu;
  e[o + 11]! -= ky0 * av + ky1 * bv;
  e[o + 12]! -= ku0 * au + ku1 * bu;
  e[o + 13]! -= ku0 * av + ku1 * bv;
  e[o + 14]! -= kv0 * av + kv1 * bv;
}
