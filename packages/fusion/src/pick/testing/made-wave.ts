/** Waveforms for tests: noise of a fixed seed with damped swings laid over it. */

export interface MadeWave {
  readonly second: number;
  readonly peak: number;
  readonly frequency: number;
}

/** Numbers between 0 and 1 (Park and Miller's generator). */
export function numbersOf(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Noise of deviation 1 and waves; amplitudes in the noise's own unit, `delay` seconds late. */
export function madeSamples(options: {
  readonly seconds: number;
  readonly sampleRate: number;
  readonly seed: number;
  readonly waves: readonly MadeWave[];
  readonly delay?: number;
}): Float64Array {
  const { seconds, sampleRate, seed, waves, delay = 0 } = options;
  const random = numbersOf(seed);
  const normal = () => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random());
  const samples = Float64Array.from({ length: Math.round(seconds * sampleRate) }, normal);
  for (const { second, peak, frequency } of waves) {
    const begin = Math.ceil((second + delay) * sampleRate);
    for (
      let index = begin;
      index < Math.min(samples.length, begin + Math.max(0.6, 3 / frequency) * sampleRate);
      index++
    ) {
      const t = index / sampleRate - second - delay;
      samples[index]! += 1.3 * peak * Math.sin(2 * Math.PI * frequency * t) * Math.exp(-t * frequency * 1.2);
    }
  }
  return samples;
}
