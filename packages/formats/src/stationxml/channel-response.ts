import type { ComplexNumber, PolesZeros, StationChannel } from "./station-channel.ts";

/**
 * Counts that the channel gives for one unit (SI) of what it measures, at a frequency in Hz: its sensitivity, bent by the
 * poles and zeros of its stages. Undefined without a sensitivity. The filters of later stages are taken as flat, which they are
 * made to be below about 0.8 of half the sample rate.
 */
export function countsPerUnit(channel: StationChannel, frequency: number): number | undefined {
  const { sensitivity, polesZeros, sampleRate } = channel;
  if (sensitivity === undefined) return undefined;
  const bend = (at: number) => polesZeros.reduce((product, stage) => product * amplitudeOf(stage, at, sampleRate), 1);
  const reference = bend(sensitivity.frequency);
  return reference > 0 ? Math.abs(sensitivity.value) * (bend(frequency) / reference) : undefined;
}

/** |A₀ · Π(s - z) / Π(s - p)| at a frequency in Hz. */
export function amplitudeOf(stage: PolesZeros, frequency: number, sampleRate = 1): number {
  const at = placeOf(stage, frequency, sampleRate);
  const distance = (points: readonly ComplexNumber[]) =>
    points.reduce((product, [real, imaginary]) => product * Math.hypot(at[0] - real, at[1] - imaginary), 1);
  return (Math.abs(stage.normalizationFactor) * distance(stage.zeros)) / distance(stage.poles);
}

function placeOf({ plane }: PolesZeros, frequency: number, sampleRate: number): ComplexNumber {
  if (plane === "hertz") return [0, frequency];
  const turn = 2 * Math.PI * frequency;
  return plane === "digital" ? [Math.cos(turn / sampleRate), Math.sin(turn / sampleRate)] : [0, turn];
}
