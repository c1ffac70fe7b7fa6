/**
 * Butterworth filters as cascades of second-order sections, by the bilinear transform with both edges pre-warped
 * (Oppenheim and Schafer, "Discrete-Time Signal Processing", 3rd ed., 7.2 and B.1).
 */

/** Numbers of one section: b0, b1, b2, a1, a2 (a0 is 1). */
export const SECTION_SIZE = 5;
/** Above this part of the sample rate an edge is taken for none: the band is open to the top. */
const HIGHEST_EDGE = 0.45;

/**
 * Sections of a band pass whose slopes have `order` (even) poles each; of a high pass of that order where the upper edge is
 * beyond what the rate can hold. Gain is 1 in the middle of the band (at the top, of a high pass).
 * Throws a `RangeError` for a lower edge that is not between 0 and the upper one, or an odd order.
 */
export function designBand(low: number, high: number, sampleRate: number, order = 2): Float64Array {
  if (!(low > 0 && low < high && low < HIGHEST_EDGE * sampleRate))
    throw new RangeError(`no band from ${low} to ${high} Hz at ${sampleRate} samples a second`);
  if (order < 2 || order % 2 !== 0) throw new RangeError(`an even order, not ${order}`);
  return high >= HIGHEST_EDGE * sampleRate ? highPass(low, sampleRate, order) : bandPass(low, high, sampleRate, order);
}

function highPass(edge: number, sampleRate: number, order: number): Float64Array {
  const warped = warp(edge, sampleRate);
  const sections = new Float64Array((order / 2) * SECTION_SIZE);
  for (let pair = 0; pair < order / 2; pair++) {
    const [real, imaginary] = prototypePole(pair, order);
    const square = real * real + imaginary * imaginary;
    // s → edge / s turns the low pass into a high pass.
    const pole = bilinear((warped * real) / square, (-warped * imaginary) / square, sampleRate);
    writeSection(sections, pair, pole, [1, -2, 1], Math.PI);
  }
  return sections;
}

function bandPass(low: number, high: number, sampleRate: number, order: number): Float64Array {
  const [from, to] = [warp(low, sampleRate), warp(high, sampleRate)];
  const middle = Math.sqrt(from * to);
  const reference = 2 * Math.atan(middle / (2 * sampleRate));
  const sections = new Float64Array(order * SECTION_SIZE);
  for (let pair = 0; pair < order / 2; pair++) {
    const [real, imaginary] = prototypePole(pair, order);
    const half: [number, number] = [(real * (to - from)) / 2, (imaginary * (to - from)) / 2];
    // s² − 2·half·s + middle² = 0
    const root = squareRoot(half[0] * half[0] - half[1] * half[1] - middle * middle, 2 * half[0] * half[1]);
    for (const sign of [1, -1]) {
      const pole = bilinear(half[0] + sign * root[0], half[1] + sign * root[1], sampleRate);
      writeSection(sections, 2 * pair + (sign === 1 ? 0 : 1), pole, [1, 0, -1], reference);
    }
  }
  return sections;
}

/** Pole of the low pass of unit edge, in the left half plane. */
function prototypePole(pair: number, order: number): [number, number] {
  const angle = (Math.PI * (2 * pair + 1 + order)) / (2 * order);
  return [Math.cos(angle), Math.sin(angle)];
}

function warp(frequency: number, sampleRate: number): number {
  return 2 * sampleRate * Math.tan((Math.PI * frequency) / sampleRate);
}

function bilinear(real: number, imaginary: number, sampleRate: number): [number, number] {
  const [x, y] = [real / (2 * sampleRate), imaginary / (2 * sampleRate)];
  const square = (1 - x) * (1 - x) + y * y;
  return [(1 - x * x - y * y) / square, (2 * y) / square];
}

function squareRoot(real: number, imaginary: number): [number, number] {
  const size = Math.hypot(real, imaginary);
  const x = Math.sqrt(Math.max(0, (size + real) / 2));
  return [x, Math.sign(imaginary || 1) * Math.sqrt(Math.max(0, (size - real) / 2))];
}

/** Writes the section of a pole and its conjugate, with gain 1 at `reference` (radians a sample). */
function writeSection(
  sections: Float64Array,
  index: number,
  pole: readonly [number, number],
  numerator: readonly [number, number, number],
  reference: number,
): void {
  const at = index * SECTION_SIZE;
  sections.set([...numerator, -2 * pole[0], pole[0] * pole[0] + pole[1] * pole[1]], at);
  const gain = gainOfSection(sections, at, reference);
  for (let part = 0; part < 3; part++) sections[at + part]! /= gain;
}

function gainOfSection(sections: Float64Array, at: number, angle: number): number {
  const [b0, b1, b2, a1, a2] = sections.subarray(at, at + SECTION_SIZE) as unknown as number[];
  const [c1, s1, c2, s2] = [Math.cos(angle), Math.sin(angle), Math.cos(2 * angle), Math.sin(2 * angle)];
  const above = Math.hypot(b0! + b1! * c1 + b2! * c2, b1! * s1 + b2! * s2);
  return above / Math.hypot(1 + a1! * c1 + a2! * c2, a1! * s1 + a2! * s2);
}

/** Amplitude of the whole cascade at a frequency. */
export function gainOf(sections: Float64Array, frequency: number, sampleRate: number): number {
  let gain = 1;
  for (let at = 0; at < sections.length; at += SECTION_SIZE)
    gain *= gainOfSection(sections, at, (2 * Math.PI * frequency) / sampleRate);
  return gain;
}

/** One sample through a cascade (direct form II, transposed); two numbers of state for each section. */
export function runSections(sections: Float64Array, state: Float64Array, sample: number): number {
  let value = sample;
  for (let at = 0, held = 0; at < sections.length; at += SECTION_SIZE, held += 2) {
    const input = value;
    value = sections[at]! * input + state[held]!;
    state[held] = sections[at + 1]! * input - sections[at + 3]! * value + state[held + 1]!;
    state[held + 1] = sections[at + 2]! * input - sections[at + 4]! * value;
  }
  return value;
}
