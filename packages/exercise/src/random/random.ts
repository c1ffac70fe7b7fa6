/**
 * Seeded pseudo-random numbers: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018),
 * its state filled by SplitMix32 from an FNV-1a hash of the labels. Every part of a scenario draws from a stream of its own
 * labels, so that a draw more in one part changes nothing in another. Not for keys or secrets.
 */
export interface Random {
  /** 0 ≤ value < 1, 32 random bits. */
  uniform(): number;
  /** low ≤ value < high. */
  between(low: number, high: number): number;
  /** Whole number, low ≤ value ≤ high. */
  integer(low: number, high: number): number;
  /** Normal with this mean and standard deviation. */
  normal(mean?: number, deviation?: number): number;
  /** Exponential with this mean. */
  exponential(mean: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the values, each as likely. @throws RangeError for an empty list. */
  pick<T>(values: readonly T[]): T;
  /** The values in another order. */
  shuffled<T>(values: readonly T[]): T[];
}

/** A stream of numbers fixed by its labels and by nothing else. */
export function createRandom(...labels: readonly (string | number)[]): Random {
  const next = xoshiro(hashOf(labels.join("\u0000")));
  const uniform = (): number => next() / 4_294_967_296;
  const between = (low: number, high: number): number => low + (high - low) * uniform();
  const integer = (low: number, high: number): number => low + Math.floor(uniform() * (high - low + 1));
  return {
    uniform,
    between,
    integer,
    normal: (mean = 0, deviation = 1) => mean + deviation * standardNormal(uniform),
    exponential: (mean) => -mean * Math.log(1 - uniform()),
    chance: (probability) => uniform() < probability,
    pick: (values) => pickFrom(values, integer),
    shuffled: (values) => shuffle(values, integer),
  };
}

function pickFrom<T>(values: readonly T[], integer: (low: number, high: number) => number): T {
  if (values.length === 0) throw new RangeError("nothing to pick from");
  return values[integer(0, values.length - 1)]!;
}

/** Fisher and Yates. */
function shuffle<T>(values: readonly T[], integer: (low: number, high: number) => number): T[] {
  const out = [...values];
  for (let last = out.length - 1; last > 0; last--) {
    const other = integer(0, last);
    [out[last], out[other]] = [out[other]!, out[last]!];
  }
  return out;
}

/** Box and Muller; the second number is thrown away so that a stream's state is its four words and no more. */
function standardNormal(uniform: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
  return radius * Math.cos(2 * Math.PI * uniform());
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

function xoshiro(seed: number): () => number {
  let splitState = seed;
  const split = (): number => {
    splitState = (splitState + 0x9e3779b9) | 0;
    let mixed = Math.imul(splitState ^ (splitState >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  let [a, b, c, d] = [split(), split(), split(), split()];
  return () => {
    const scaled = Math.imul(b, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
}
