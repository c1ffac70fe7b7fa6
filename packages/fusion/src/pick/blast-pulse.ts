/**
 * The pressure of a blast far from its source: (1 − t/τ)·e^(−t/τ) (Friedlander 1946) behind a front that air and ground have worn off:
 * times 1 − e^(−t/(r·τ)). Lengths in units of τ.
 */

/** Resonance of a swing: of this width are the spectra of waves with two or three periods. */
const SHARPNESS = 2.5;
/** Of the decay: the worn front's own time. Orders of magnitude are known of it, no more. */
const WORN = 0.2;
const SUDDEN = 1;
const FADING = 1 + 1 / WORN;

/** Power of the pulse by angular frequency times τ, of any scale. */
export function pulsePower(angle: number): number {
  const [real, imaginary] = transformOf(SUDDEN, angle);
  const [lessReal, lessImaginary] = transformOf(FADING, angle);
  return (real - lessReal) ** 2 + (imaginary - lessImaginary) ** 2;
}

/**
 * Power of a swing that its way has made of a blast: damped, with some periods, as a resonance answers; by frequency over its dominant.
 */
export function swingPower(ratio: number): number {
  const square = ratio * ratio;
  return 1 / ((1 - square) ** 2 + square / SHARPNESS ** 2);
}

/** Integral of the pulse from its front up to `time`, in units of its peak. */
export function pulseUntil(time: number): number {
  return time <= 0 ? 0 : (integralOf(SUDDEN, time) - integralOf(FADING, time)) / PEAK;
}

/** Angular frequency times τ at which the power is greatest. */
export const DOMINANT_ANGLE = greatest(pulsePower);
const PEAK = pulse(greatest(pulse));

function pulse(time: number): number {
  return (1 - time) * (Math.exp(-SUDDEN * time) - Math.exp(-FADING * time));
}

/** Of (1 − t)·e^(−rate·t): 1/(rate + iω) − 1/(rate + iω)². */
function transformOf(rate: number, angle: number): readonly [number, number] {
  const square = rate * rate + angle * angle;
  const real = rate / square - (rate * rate - angle * angle) / square ** 2;
  return [real, -angle / square + (2 * rate * angle) / square ** 2];
}

function integralOf(rate: number, time: number): number {
  const left = Math.exp(-rate * time);
  return (1 - left) / rate - (1 - left * (1 + rate * time)) / rate ** 2;
}

/** Where a function of one hump between 0 and 1.5 is greatest. */
function greatest(of: (place: number) => number): number {
  let best = 0;
  for (let place = 0; place < 1.5; place += 0.002) if (of(place) > of(best)) best = place;
  return best;
}
