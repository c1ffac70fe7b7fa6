/**
 * Kalman filtering of one model on typed arrays. A model is fifteen numbers from its offset: probability, x, y, u, v (u and v are the
 * velocities), then the covariance's upper triangle xx, xy, xu, xv, yy, yu, yv, uu, uv, vv.
 */

export const MODEL_STRIDE = 15;

/**
 * What a correction is made with: dx, dy, and the inverse innovation covariance 00, 01, 11. Callers write it here, for numbers handed over
 * as arguments are allocated one by one wherever a kernel is not compiled into its caller.
 */
export const innovation = new Float64Array(5);
/** The same for mixing two models: their unnormalised weights; and for moving on: seconds, noise, and turn rate (radians per second, clockwise). */
export const pairWeights = new Float64Array(2);
export const advance = new Float64Array(3);
/** A plot: x, y, seconds after the prediction's time, seconds since the estimate's; and its error covariance xx, xy, yy with the width of a gate. */
export const plotPlace = new Float64Array(4);
export const plotError = new Float64Array(4);
/** What a kernel answers, for a number returned is allocated like one handed over. */
export const answer = new Float64Array(1);
/** What a correction taught about its target: whether a turn began (0 or 1), and for how many seconds it flew straight. */
export const lesson = new Float64Array(2);

/** A model is never given up entirely: it must be able to come back at the next step. */
export function normalise(estimate: Float64Array, at: number, models: number, total: number): void {
  let sum = 0;
  for (let model = 0; model < models; model++) {
    const o = at + model * MODEL_STRIDE;
    const probability = Math.max(2e-5, estimate[o]! / total);
    estimate[o] = probability;
    sum += probability;
  }
  for (let model = 0; model < models; model++) estimate[at + model * MODEL_STRIDE]! /= sum;
}

/** Adds weight · (P + d·dᵀ) to the covariance of the model at `t`. */
export function addWeighted(
  s: Float64Array,
  o: number,
  target: Float64Array,
  t: number,
  w: number,
  dx: number,
  dy: number,
  du: number,
  dv: number,
): void {
  target[t + 5]! += w * (s[o + 5]! + dx * dx);
  target[t + 6]! += w * (s[o + 6]! + dx * dy);
  target[t + 7]! += w * (s[o + 7]! + dx * du);
  target[t + 8]! += w * (s[o + 8]! + dx * dv);
  target[t + 9]! += w * (s[o + 9]! + dy * dy);
  target[t + 10]! += w * (s[o + 10]! + dy * du);
  target[t + 11]! += w * (s[o + 11]! + dy * dv);
  target[t + 12]! += w * (s[o + 12]! + du * du);
  target[t + 13]! += w * (s[o + 13]! + du * dv);
  target[t + 14]! += w * (s[o + 14]! + dv * dv);
}

/** Mixes two models of the source with the weights in `pairWeights`. */
export function mixPair(s: Float64Array, a: number, b: number, target: Float64Array, t: number): void {
  const weightA = pairWeights[0]!;
  const weightB = pairWeights[1]!;
  const total = weightA + weightB;
  const w = weightA / total;
  const r = 1 - w;
  const both = w * r;
  const dx = s[a + 1]! - s[b + 1]!;
  const dy = s[a + 2]! - s[b + 2]!;
  const du = s[a + 3]! - s[b + 3]!;
  const dv = s[a + 4]! - s[b + 4]!;
  target[t] = total;
  target[t + 1] = s[b + 1]! + w * dx;
  target[t + 2] = s[b + 2]! + w * dy;
  target[t + 3] = s[b + 3]! + w * du;
  target[t + 4] = s[b + 4]! + w * dv;
  target[t + 5] = w * s[a + 5]! + r * s[b + 5]! + both * dx * dx;
  target[t + 6] = w * s[a + 6]! + r * s[b + 6]! + both * dx * dy;
  target[t + 7] = w * s[a + 7]! + r * s[b + 7]! + both * dx * du;
  target[t + 8] = w * s[a + 8]! + r * s[b + 8]! + both * dx * dv;
  target[t + 9] = w * s[a + 9]! + r * s[b + 9]! + both * dy * dy;
  target[t + 10] = w * s[a + 10]! + r * s[b + 10]! + both * dy * du;
  target[t + 11] = w * s[a + 11]! + r * s[b + 11]! + both * dy * dv;
  target[t + 12] = w * s[a + 12]! + r * s[b + 12]! + both * du * du;
  target[t + 13] = w * s[a + 13]! + r * s[b + 13]! + both * du * dv;
  target[t + 14] = w * s[a + 14]! + r * s[b + 14]! + both * dv * dv;
}

/** Constant velocity with white acceleration noise (`advance`), in place. */
export function advanceStraight(e: Float64Array, o: number): void {
  const dt = advance[0]!;
  const noise = advance[1]!;
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

/** Coordinated turn at a given rate with white acceleration noise (`advance`), in place. */
export function advanceTurning(e: Float64Array, o: number): void {
  const dt = advance[0]!;
  const noise = advance[1]!;
  const rate = advance[2]!;
  const angle = rate * dt;
  const S = Math.sin(angle);
  const C = Math.cos(angle);
  // Displacement is (s − i·c) times the velocity, read as complex numbers.
  const s = S / rate;
  const c = (1 - C) / rate;
  const u = e[o + 3]!;
  const v = e[o + 4]!;
  e[o + 1]! += s * u + c * v;
  e[o + 2]! += s * v - c * u;
  e[o + 3] = C * u + S * v;
  e[o + 4] = C * v - S * u;
  const xu = e[o + 7]!;
  const xv = e[o + 8]!;
  const yu = e[o + 10]!;
  const yv = e[o + 11]!;
  const uu = e[o + 12]!;
  const uv = e[o + 13]!;
  const vv = e[o + 14]!;
  const au = s * uu + c * uv;
  const av = s * uv + c * vv;
  const bu = s * uv - c * uu;
  const bv = s * vv - c * uv;
  const q1 = noise * dt;
  const q2 = 0.5 * q1 * dt;
  const q3 = (2 / 3) * q2 * dt;
  e[o + 5]! += 2 * (s * xu + c * xv) + s * au + c * av + q3;
  e[o + 6]! += s * (xv + yu) + c * (yv - xu) + s * av - c * au;
  e[o + 9]! += 2 * (s * yv - c * yu) + s * bv - c * bu + q3;
  const m1 = xu + au;
  const m2 = xv + av;
  const m3 = yu + bu;
  const m4 = yv + bv;
  e[o + 7] = C * m1 + S * m2 + q2;
  e[o + 8] = C * m2 - S * m1;
  e[o + 10] = C * m3 + S * m4;
  e[o + 11] = C * m4 - S * m3 + q2;
  const cc = C * C;
  const cs = C * S;
  const ss = S * S;
  e[o + 12] = cc * uu + 2 * cs * uv + ss * vv + q1;
  e[o + 13] = (cc - ss) * uv + cs * (vv - uu);
  e[o + 14] = ss * uu - 2 * cs * uv + cc * vv + q1;
}

/** Kalman correction with a measured position (`innovation`), from one place to another or in place. */
export function correctPosition(s: Float64Array, o: number, target: Float64Array, t: number): void {
  const dx = innovation[0]!;
  const dy = innovation[1]!;
  const i00 = innovation[2]!;
  const i01 = innovation[3]!;
  const i11 = innovation[4]!;
  const xx = s[o + 5]!;
  const xy = s[o + 6]!;
  const xu = s[o + 7]!;
  const xv = s[o + 8]!;
  const yy = s[o + 9]!;
  const yu = s[o + 10]!;
  const yv = s[o + 11]!;
  const kx0 = xx * i00 + xy * i01;
  const kx1 = xx * i01 + xy * i11;
  const ky0 = xy * i00 + yy * i01;
  const ky1 = xy * i01 + yy * i11;
  const ku0 = xu * i00 + yu * i01;
  const ku1 = xu * i01 + yu * i11;
  const kv0 = xv * i00 + yv * i01;
  const kv1 = xv * i01 + yv * i11;
  target[t + 1] = s[o + 1]! + kx0 * dx + kx1 * dy;
  target[t + 2] = s[o + 2]! + ky0 * dx + ky1 * dy;
  target[t + 3] = s[o + 3]! + ku0 * dx + ku1 * dy;
  target[t + 4] = s[o + 4]! + kv0 * dx + kv1 * dy;
  target[t + 5] = xx - kx0 * xx - kx1 * xy;
  target[t + 6] = xy - kx0 * xy - kx1 * yy;
  target[t + 7] = xu - kx0 * xu - kx1 * yu;
  target[t + 8] = xv - kx0 * xv - kx1 * yv;
  target[t + 9] = yy - ky0 * xy - ky1 * yy;
  target[t + 10] = yu - ky0 * xu - ky1 * yu;
  target[t + 11] = yv - ky0 * xv - ky1 * yv;
  target[t + 12] = s[o + 12]! - ku0 * xu - ku1 * yu;
  target[t + 13] = s[o + 13]! - ku0 * xv - ku1 * yv;
  target[t + 14] = s[o + 14]! - kv0 * xv - kv1 * yv;
}

/** Kalman correction with position plus `d` times velocity. */
export function correctLatePosition(
  s: Float64Array,
  o: number,
  target: Float64Array,
  t: number,
  d: number,
  dx: number,
  dy: number,
  i00: number,
  i01: number,
  i11: number,
): void {
  for (let i = 1; i < MODEL_STRIDE; i++) target[t + i] = s[o + i]!;
  const ax = s[o + 5]! + d * s[o + 7]!;
  const bx = s[o + 6]! + d * s[o + 8]!;
  const ay = s[o + 6]! + d * s[o + 10]!;
  const by = s[o + 9]! + d * s[o + 11]!;
  const au = s[o + 7]! + d * s[o + 12]!;
  const bu = s[o + 10]! + d * s[o + 13]!;
  const av = s[o + 8]! + d * s[o + 13]!;
  const bv = s[o + 11]! + d * s[o + 14]!;
  const kx0 = ax * i00 + bx * i01;
  const kx1 = ax * i01 + bx * i11;
  const ky0 = ay * i00 + by * i01;
  const ky1 = ay * i01 + by * i11;
  const ku0 = au * i00 + bu * i01;
  const ku1 = au * i01 + bu * i11;
  const kv0 = av * i00 + bv * i01;
  const kv1 = av * i01 + bv * i11;
  target[t + 1]! += kx0 * dx + kx1 * dy;
  target[t + 2]! += ky0 * dx + ky1 * dy;
  target[t + 3]! += ku0 * dx + ku1 * dy;
  target[t + 4]! += kv0 * dx + kv1 * dy;
  target[t + 5]! -= kx0 * ax + kx1 * bx;
  target[t + 6]! -= kx0 * ay + kx1 * by;
  target[t + 7]! -= kx0 * au + kx1 * bu;
  target[t + 8]! -= kx0 * av + kx1 * bv;
  target[t + 9]! -= ky0 * ay + ky1 * by;
  target[t + 10]! -= ky0 * au + ky1 * bu;
  target[t + 11]! -= ky0 * av + ky1 * bv;
  target[t + 12]! -= ku0 * au + ku1 * bu;
  target[t + 13]! -= ku0 * av + ku1 * bv;
  target[t + 14]! -= kv0 * av + kv1 * bv;
}

/** Kalman correction with a measured velocity (`innovation`), in place. */
export function correctWithVelocity(e: Float64Array, o: number): void {
  const du = innovation[0]!;
  const dv = innovation[1]!;
  const i00 = innovation[2]!;
  const i01 = innovation[3]!;
  const i11 = innovation[4]!;
  const xu = e[o + 7]!;
  const xv = e[o + 8]!;
  const yu = e[o + 10]!;
  const yv = e[o + 11]!;
  const uu = e[o + 12]!;
  const uv = e[o + 13]!;
  const vv = e[o + 14]!;
  const kx0 = xu * i00 + xv * i01;
  const kx1 = xu * i01 + xv * i11;
  const ky0 = yu * i00 + yv * i01;
  const ky1 = yu * i01 + yv * i11;
  const ku0 = uu * i00 + uv * i01;
  const ku1 = uu * i01 + uv * i11;
  const kv0 = uv * i00 + vv * i01;
  const kv1 = uv * i01 + vv * i11;
  e[o + 1]! += kx0 * du + kx1 * dv;
  e[o + 2]! += ky0 * du + ky1 * dv;
  e[o + 3]! += ku0 * du + ku1 * dv;
  e[o + 4]! += kv0 * du + kv1 * dv;
  e[o + 5]! -= kx0 * xu + kx1 * xv;
  e[o + 6]! -= kx0 * yu + kx1 * yv;
  e[o + 7]! -= kx0 * uu + kx1 * uv;
  e[o + 8]! -= kx0 * uv + kx1 * vv;
  e[o + 9]! -= ky0 * yu + ky1 * yv;
  e[o + 10]! -= ky0 * uu + ky1 * uv;
  e[o + 11]! -= ky0 * uv + ky1 * vv;
  e[o + 12]! -= ku0 * uu + ku1 * uv;
  e[o + 13]! -= ku0 * uv + ku1 * vv;
  e[o + 14]! -= kv0 * uv + kv1 * vv;
}
