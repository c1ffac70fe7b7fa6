/**
 * Waveforms to arrivals: how many of made blasts are found and how well, with one microphone and with an array of four; samples a second
 * of processor time; and what 100 stations of three channels at 100 samples a second take of one core, from miniSEED records on.
 * The shared captures bring no reference picks: what is found is scored on waveforms whose truth is known because they are made.
 */
import { encodeMiniSeed, MiniSeedFramer, readMiniSeed } from "@openjmc/formats";
import { type PickerChannel, StationPicker } from "@openjmc/fusion";
import { measure } from "./formats-measure.ts";
import { ARRAY, makeWaveforms, PASCALS, type PickScore, pickAll, pickerFor, scorePicks } from "./pick-run.ts";

const RATE = 100;
const SEEDS = [1, 2] as const;
const SECONDS = 1800;
const STATIONS = 100;
const THREE = ARRAY.slice(1);

export interface PickBench {
  readonly name: string;
  readonly headline: string;
  readonly scores: Readonly<Record<string, PickScore>>;
  readonly samplesPerSecond: number;
  /** Of one core, for 100 stations × 3 channels × 100 samples a second live: records read, picked, arrays fitted. */
  readonly shareOfCore: number;
  /** Of one core, for a day of 60 such stations once more: sixty times one station's whole day. */
  readonly dayOfSixtyMinutes: number;
  /** Sum of all onsets found, so that no work can be left out. */
  readonly checksum: number;
}

export function run(seconds = 5): PickBench {
  let checksum = 0;
  const scores: Record<string, PickScore> = {};
  for (const rate of [RATE, 250])
    for (const seed of SEEDS)
      for (const [name, microphones] of [
        ["one microphone", ARRAY.slice(0, 1)],
        ["array of four", ARRAY],
      ] as const) {
        const scenario = makeWaveforms({ seed, seconds: SECONDS, sampleRate: rate, microphones });
        const picks = pickAll(scenario, rate, microphones);
        for (const { at } of picks) checksum += at;
        scores[`${name}, ${rate} samples/s, seed ${seed}`] = scorePicks(scenario, picks);
      }
  const samplesPerSecond = Math.round(measure(seconds, pickOnce));
  const shareOfCore = Math.round((liveSeconds() / LIVE_SECONDS) * 1e4) / 1e4;
  const dayOfSixtyMinutes = Math.round(dayMinutes() * 10) / 10;
  const headline = `${samplesPerSecond.toLocaleString("en")} samples/s; ${STATIONS} stations live take ${(100 * shareOfCore).toFixed(1)} % of a core; a day of ${DAY_STATIONS} takes one ${dayOfSixtyMinutes} min`;
  return {
    name: "picking: waveforms to arrivals, one core",
    headline,
    scores,
    samplesPerSecond,
    shareOfCore,
    dayOfSixtyMinutes,
    checksum,
  };
}

const ONE = makeWaveforms({ seed: 9, seconds: 300, sampleRate: RATE, microphones: ARRAY.slice(0, 1) }).recorder.record(
  0,
  300 * RATE,
)[0]!;

function pickOnce(): number {
  let found = 0;
  const picker = pickerFor(ARRAY.slice(0, 1), () => found++);
  for (let from = 0; from < ONE.length; from += RATE)
    picker.push("0", ONE.subarray(from, from + RATE), from * 1e4, RATE, 500);
  picker.finish();
  if (found === 0) throw new Error("nothing was picked");
  return ONE.length;
}

const LIVE_SECONDS = 300;

/** Processor seconds for so much of the whole network: every station's records, in the order in which they would come. */
function liveSeconds(): number {
  const scenario = makeWaveforms({ seed: 5, seconds: LIVE_SECONDS, sampleRate: RATE, microphones: THREE });
  const records = scenario.recorder
    .record(0, LIVE_SECONDS * RATE)
    .flatMap((samples, channel) =>
      encodeMiniSeed({ sourceId: `FDSN:XX_S_0${channel}_H_D_F`, startAt: 0, sampleRate: RATE, samples }),
    )
    .map((bytes) => ({ bytes, head: readMiniSeed(bytes) }))
    .sort((one, other) => startOf(one.head) - startOf(other.head));
  let found = 0;
  const network = Array.from({ length: STATIONS }, () => postOf(() => found++));
  const start = process.cpuUsage();
  for (const { bytes } of records) for (const post of network) hear(post, bytes);
  const { user, system } = process.cpuUsage(start);
  if (found < STATIONS) throw new Error("too little was picked");
  return (user + system) / 1e6;
}

interface Post {
  readonly framer: MiniSeedFramer;
  readonly picker: StationPicker;
}

function postOf(emit: () => void): Post {
  const channels = THREE.map(
    (place, index): PickerChannel => ({
      ...{ id: `FDSN:XX_S_0${index}_H_D_F`, quantity: "pressure", scale: PASCALS },
      ...place,
    }),
  );
  return { framer: new MiniSeedFramer(), picker: new StationPicker({ channels, emit }) };
}

/** As the feed does: bytes to records, records to samples, samples to arrivals. */
function hear({ framer, picker }: Post, bytes: Uint8Array): void {
  framer.push(bytes, {
    record: (chunk, from, until, offset) => {
      const read = readMiniSeed(chunk, from, until, offset);
      if (!read.ok || typeof read.value.samples === "string") throw new Error("a record that cannot be read");
      const { sourceId, samples, startAt, sampleRate } = read.value;
      picker.push(sourceId, samples, startAt, sampleRate, 500);
    },
    fault: (fault) => {
      throw new Error(fault.code);
    },
  });
}

const HOUR_SECONDS = 3600;
const DAY_STATIONS = 60;

/** Processor minutes for a day of sixty stations of three channels: one station's whole day, hour behind hour, is worked through. */
function dayMinutes(): number {
  const scenario = makeWaveforms({ seed: 6, seconds: HOUR_SECONDS, sampleRate: RATE, microphones: THREE });
  const hour = scenario.recorder.record(0, HOUR_SECONDS * RATE);
  let found = 0;
  let seconds = 0;
  const post = postOf(() => found++);
  for (let number = 0; number < 24; number++) {
    // Encoding is the recorder's work, not the centre's.
    const records = hour
      .flatMap((samples, channel) =>
        encodeMiniSeed({
          ...{ sourceId: `FDSN:XX_S_0${channel}_H_D_F`, sampleRate: RATE, samples },
          startAt: number * HOUR_SECONDS * 1e6,
        }),
      )
      .map((bytes) => ({ bytes, head: readMiniSeed(bytes) }))
      .sort((one, other) => startOf(one.head) - startOf(other.head));
    const start = process.cpuUsage();
    for (const { bytes } of records) hear(post, bytes);
    const { user, system } = process.cpuUsage(start);
    seconds += (user + system) / 1e6;
  }
  if (found < 24) throw new Error("too little was picked");
  return (DAY_STATIONS * seconds) / 60;
}

function startOf(read: ReturnType<typeof readMiniSeed>): number {
  return read.ok ? read.value.startAt : 0;
}

if (import.meta.main) console.log(JSON.stringify(run(), null, 2));
