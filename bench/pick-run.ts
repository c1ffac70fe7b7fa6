/** Made waveforms with truth, and how well picks match them. */
import { createRandom, type Microphone, Recorder, type Wave } from "@openjmc/exercise";
import { type PickerChannel, type StationPick, StationPicker } from "@openjmc/fusion";

export const PASCALS = 1e-4;
export const NOISE_DECIBEL = 52;
/** Metres; a small array with a microphone in its middle. */
export const ARRAY: readonly Microphone[] = [
  { east: 0, north: 0 },
  { east: 0, north: 30 },
  { east: 26, north: -15 },
  { east: -26, north: -15 },
];
const MATCH_SECONDS = 0.08;
const STRONG_DECIBEL = 20;

type TrueWave = Wave & { readonly path: string; readonly over: number; readonly gap: number };

export interface WaveformScenario {
  readonly waves: readonly TrueWave[];
  readonly seconds: number;
  readonly recorder: Recorder;
}

/** Blasts alone and in bursts, 6 to 40 dB above the noise, of 8 to 30 Hz, from all sides; gusts between them. */
export function makeWaveforms(options: {
  readonly seed: number;
  readonly seconds: number;
  readonly sampleRate: number;
  readonly microphones: readonly Microphone[];
}): WaveformScenario {
  const { seed, seconds, sampleRate, microphones } = options;
  const random = createRandom("pick bench", seed);
  const waves: TrueWave[] = [];
  for (let at = 20, event = 0; at < seconds - 20; event++) {
    const over = random.between(6, 40);
    const rounds = random.chance(0.5) ? 1 : random.integer(2, 6);
    const gap = random.between(0.15, 1.5);
    const backAzimuth = random.between(0, 2 * Math.PI);
    const frequencyHertz = random.between(8, 30);
    for (let round = 0; round < rounds; round++)
      waves.push({
        seconds: at + round * gap,
        levelDecibel: NOISE_DECIBEL + over + random.normal(0, 1.2),
        frequencyHertz,
        kind: "blast",
        durationSeconds: 0,
        backAzimuth,
        path: `path-${event}`,
        over,
        gap: rounds > 1 ? gap : Number.POSITIVE_INFINITY,
      });
    at += 10 + random.exponential(6);
  }
  const gusts: (Wave & { readonly path: string })[] = [];
  for (let at = 10; at < seconds - 10; at += random.exponential(40))
    gusts.push({
      seconds: at,
      levelDecibel: NOISE_DECIBEL + 8 + random.exponential(4),
      frequencyHertz: 10,
      kind: "gust",
      durationSeconds: random.between(0.12, 0.9),
      path: "gust",
    });
  const recorder = new Recorder({
    sampleRate,
    microphones,
    pascalsPerCount: PASCALS,
    noiseAt: () => ({ decibel: NOISE_DECIBEL, unrest: 0.15 }),
    random: (label) => createRandom("pick bench", seed, label),
    waves: [...waves, ...gusts].sort((one, other) => one.seconds - other.seconds),
  });
  return { waves, seconds, recorder };
}

export function pickerFor(microphones: readonly Microphone[], emit: (pick: StationPick) => void): StationPicker {
  const channels = microphones.map(
    (place, index): PickerChannel => ({ id: `${index}`, quantity: "pressure", scale: PASCALS, ...place }),
  );
  return new StationPicker({ channels, emit });
}

/** Lets a picker hear a scenario, second by second. */
export function pickAll(
  scenario: WaveformScenario,
  sampleRate: number,
  microphones: readonly Microphone[],
): StationPick[] {
  const picks: StationPick[] = [];
  const picker = pickerFor(microphones, (pick) => picks.push(pick));
  for (let second = 0; second < scenario.seconds; second++)
    scenario.recorder
      .record(second * sampleRate, (second + 1) * sampleRate)
      .forEach((samples, index) => void picker.push(`${index}`, samples, second * 1e6, sampleRate, 500));
  picker.finish();
  return picks;
}

export interface PickScore {
  readonly waves: number;
  readonly precision: number;
  readonly recall: number;
  /** Of waves 20 dB and more above the noise. */
  readonly recallStrong: number;
  /** Of rounds 150 to 300 ms apart, strong ones. */
  readonly recallClose: number;
  /** Onsets of strong waves: median of the absolute error, its 95th percentile, and the mean error; seconds. */
  readonly onsetMedian: number;
  readonly onset95: number;
  readonly onsetBias: number;
  /** Standard deviation of the logarithm of frequency, and of the level in decibels, of strong waves. */
  readonly frequencySpread: number;
  readonly levelSpread: number;
  /** Degrees, median; and share of strong waves whose true bearing is within twice the error stated. Of arrays. */
  readonly bearingMedian?: number;
  readonly bearingsWithinTwo?: number;
}

export function scorePicks(scenario: WaveformScenario, picks: readonly StationPick[]): PickScore {
  const used = new Set<StationPick>();
  const pairs = scenario.waves.map((wave) => {
    let nearest: StationPick | undefined;
    for (const pick of picks)
      if (!used.has(pick) && off(pick, wave) < (nearest ? off(nearest, wave) : MATCH_SECONDS)) nearest = pick;
    if (nearest) used.add(nearest);
    return { wave, pick: nearest };
  });
  const share = (some: typeof pairs) => some.filter(({ pick }) => pick !== undefined).length / Math.max(1, some.length);
  const strong = pairs.filter(({ wave }) => wave.over >= STRONG_DECIBEL);
  const found = strong.flatMap(({ wave, pick }) => (pick === undefined ? [] : [{ wave, pick }]));
  const errors = found.map(({ wave, pick }) => pick.at / 1e6 - wave.seconds);
  const sizes = errors.map(Math.abs).sort((one, other) => one - other);
  const bearings = found.flatMap(({ wave, pick }) =>
    pick.wave === undefined ? [] : [{ size: turn(pick.wave.backAzimuth - wave.backAzimuth!), of: pick.wave }],
  );
  const turns = bearings.map(({ size }) => size).sort((one, other) => one - other);
  return {
    waves: pairs.length,
    precision: rounded(used.size / Math.max(1, picks.length)),
    recall: rounded(share(pairs)),
    recallStrong: rounded(share(strong)),
    recallClose: rounded(share(strong.filter(({ wave }) => wave.gap <= 0.3))),
    onsetMedian: rounded(sizes[sizes.length >> 1] ?? Number.NaN),
    onset95: rounded(sizes[Math.floor(0.95 * sizes.length)] ?? Number.NaN),
    onsetBias: rounded(mean(errors)),
    frequencySpread: rounded(deviation(found.map(({ wave, pick }) => Math.log(pick.frequency / wave.frequencyHertz)))),
    levelSpread: rounded(deviation(found.map(({ wave, pick }) => pick.amplitudeDecibels - wave.levelDecibel))),
    ...(turns.length === 0
      ? {}
      : {
          bearingMedian: rounded((turns[turns.length >> 1]! * 180) / Math.PI),
          bearingsWithinTwo: rounded(
            bearings.filter(({ size, of }) => size <= 2 * of.backAzimuthError).length / bearings.length,
          ),
        }),
  };
}

function off(pick: StationPick, wave: Wave): number {
  return Math.abs(pick.at / 1e6 - wave.seconds);
}

function turn(angle: number): number {
  return Math.abs(Math.atan2(Math.sin(angle), Math.cos(angle)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
