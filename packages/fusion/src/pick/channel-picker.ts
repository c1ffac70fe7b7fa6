/**
 * One channel's samples → picks. Streaming: what it finds does not depend on how samples are cut into blocks, and between picks
 * nothing is allocated. A wave opens a watch by its short over long average; within the watch every rise of power is weighed, so that
 * rounds of a burst come apart; each onset is then found by Akaike's criterion, and the wave behind it measured.
 */
import type { Instant } from "@openjmc/model";
import { BandBank } from "./band-bank.ts";
import { BlastSpectrum } from "./blast-spectrum.ts";
import { NoiseModel } from "./noise-model.ts";
import { OnsetFinder } from "./onset.ts";
import type { PickProfile } from "./profile.ts";
import { RiseScanner } from "./rise-scanner.ts";
import { DominantFrequency } from "./spectrum.ts";
import { TimeLine } from "./time-line.ts";

/** One wave on one channel. */
export interface ChannelPick {
  readonly at: Instant;
  /** One-sigma error of the onset, seconds, without the clock's. */
  readonly onsetError: number;
  /** Number of the sample that the onset lies at, with a fraction. */
  readonly sample: number;
  /** Greatest deflection in the widest band, and the noise's root mean square there; units of the samples. */
  readonly peak: number;
  readonly noise: number;
  /** The wave may well be higher than the recorder can tell. */
  readonly frequencyIsLeast: boolean;
  /** Decibels of the peak that the recorder does not show. */
  readonly lostDecibels: number;
  /** Of peak over noise. */
  readonly signalToNoiseDecibels: number;
  /** Dominant, hertz. */
  readonly frequency: number;
  /** Seconds until the power has fallen to a tenth of its greatest, or to the noise, or the next round begins. */
  readonly duration: number;
  /** Power behind the onset over that before it. */
  readonly rise: number;
}

export type WaveformBlock = Int32Array | Float32Array | Float64Array;

export interface ChannelCounts {
  samples: number;
  /** Samples that were there already, or older than what was worked on. */
  repeated: number;
  gaps: number;
  missingSeconds: number;
  /** Samples that are no number, or larger than any pressure or motion: taken for none. */
  impossible: number;
  /** Watches given up because they did not end: noise that rose and stayed. */
  adopted: number;
}

/** Seconds, or this part of its memory, until the noise is known; periods of the lowest wave until filters have settled after a gap. */
const LEARNING = 3;
const LEARNING_PART = 0.2;
const SETTLING = 2;
/** A gap longer than this leaves nothing known of the noise. */
const FORGETTING_GAP = 600;
const LONGEST_WATCH = 15;
/** Units. */
const LARGEST = 1e12;
const QUIET = 0.35;
const QUIET_SECONDS = 0.4;
/** Share of the greatest power at which a wave counts as over. */
const FALLEN = 0.1;

interface OpenPick {
  /** Coarse onset and what the rise was. */
  readonly near: number;
  readonly rise: number;
  /** End of the pick before, sample number. */
  readonly after: number;
  strongest: number;
  end: number;
}

export class ChannelPicker {
  readonly sampleRate: number;
  readonly bank: BandBank;
  readonly line: TimeLine;
  readonly noise = new NoiseModel();
  readonly counts: ChannelCounts = { samples: 0, repeated: 0, gaps: 0, missingSeconds: 0, impossible: 0, adopted: 0 };
  readonly #profile: PickProfile;
  readonly #scale: number;
  readonly #onsets: OnsetFinder;
  readonly #spectrum: DominantFrequency;
  readonly #blast: BlastSpectrum | undefined;
  readonly #rises: RiseScanner;
  readonly #emit: (pick: ChannelPick) => void;
  readonly #second: number;
  /** Seconds. */
  readonly #learning: number;
  readonly #longestWatch: number;
  #offset = 0;
  #deafUntil = 0;
  #knownSince = 0;
  #isWatching = false;
  #watchedSince = 0;
  #quietSince = 0;
  #lastEnd = 0;
  #open: OpenPick | undefined;

  /** @param scale units (Pa or m/s) in one count. */
  constructor(options: {
    readonly profile: PickProfile;
    readonly sampleRate: number;
    readonly scale: number;
    readonly emit: (pick: ChannelPick) => void;
  }) {
    const { profile, sampleRate, scale, emit } = options;
    this.sampleRate = sampleRate;
    this.#profile = profile;
    this.#scale = scale;
    this.#emit = emit;
    this.bank = new BandBank(profile, sampleRate);
    this.line = new TimeLine(sampleRate);
    this.#onsets = new OnsetFinder(this.bank, sampleRate);
    const [low, high] = this.bank.bands[0]!;
    this.#spectrum = new DominantFrequency(low, high, sampleRate);
    this.#blast = profile.isBlast === true ? new BlastSpectrum(this.bank, sampleRate) : undefined;
    this.#rises = new RiseScanner(this.bank, profile, sampleRate);
    this.#second = Math.max(1, Math.round(sampleRate));
    this.#learning = Math.max(LEARNING, LEARNING_PART * profile.noiseMemory);
    this.#longestWatch = Math.max(LONGEST_WATCH, 4 * profile.longestDuration);
  }

  /** Takes a block that begins at `startAt`. Blocks must come in order of time; what is older is counted and left out. */
  push(samples: WaveformBlock, startAt: Instant): void {
    const step = this.line.accept(startAt, this.bank.next);
    if (step.kind === "gap") this.#begin(samples[0] ?? 0, startAt, step.seconds);
    const skip = step.kind === "gap" ? 0 : Math.min(step.skip, samples.length);
    this.counts.repeated += skip;
    this.counts.samples += samples.length - skip;
    for (let index = skip; index < samples.length; index++) this.#step(this.#valueOf(samples[index]!));
  }

  /** Instant up to which everything was worked on that can still become a pick. */
  get settledUntil(): Instant {
    const from = this.#open?.near ?? (this.#isWatching ? this.#rises.earliest : this.bank.next);
    return this.line.instantOf(from - this.#profile.lookBack * this.sampleRate);
  }

  /** The stream is over: gives what is still open. */
  finish(): void {
    if (this.#open) this.#close(this.#open, this.bank.next);
    this.#isWatching = false;
  }

  /** One that is impossible would stay in the filters for ever. */
  #valueOf(sample: number): number {
    const value = (sample - this.#offset) * this.#scale;
    if (Math.abs(value) < LARGEST) return value;
    this.counts.impossible += 1;
    return 0;
  }

  #begin(first: number, startAt: Instant, gapSeconds: number): void {
    this.finish();
    this.line.anchor(startAt, this.bank.next);
    this.#offset = Math.abs(first * this.#scale) < LARGEST ? first : 0;
    if (gapSeconds > 0) {
      this.counts.gaps += 1;
      this.counts.missingSeconds += gapSeconds;
    }
    this.bank.restart();
    this.#lastEnd = this.bank.next;
    const isKnown = this.bank.next > 0 && gapSeconds < FORGETTING_GAP;
    if (!isKnown) this.#knownSince = this.bank.next;
    this.#deafUntil = this.bank.next + (isKnown ? SETTLING / this.bank.bands[0]![0] : this.#learning) * this.sampleRate;
  }

  #step(sample: number): void {
    const { bank } = this;
    const now = bank.next;
    bank.step(sample, !this.#isWatching);
    if (now % this.#second === 0) this.#noteNoise(now);
    if (now < this.#deafUntil) return;
    if (!this.#isWatching) {
      if (bank.excess() >= 1) this.#watch(now);
      return;
    }
    this.#scan(now);
  }

  #noteNoise(now: number): void {
    if (this.#isWatching || now - this.#knownSince < this.#learning * this.sampleRate) return;
    const from = now - this.#second;
    if (from < this.#lastEnd) return;
    const { past, mask } = this.bank;
    let sum = 0;
    for (let index = from; index < now; index++) sum += past[0]![index & mask]! ** 2;
    this.noise.note(10 * Math.log10(sum / this.#second));
    this.bank.setUnrest(this.noise.unrest);
  }

  #watch(now: number): void {
    this.#isWatching = true;
    this.#watchedSince = now;
    this.#quietSince = now;
    this.#rises.begin(now, this.#lastEnd);
  }

  #scan(now: number): void {
    const rises = this.#rises;
    if (rises.step(now)) this.#start(rises.at, rises.rise);
    const open = this.#open;
    if (open) this.#follow(open, now);
    const isLoud = this.bank.excess() > QUIET;
    if (isLoud) this.#quietSince = now;
    if (!this.#open && now - this.#quietSince > Math.max(QUIET_SECONDS * this.sampleRate, 2 * rises.window))
      this.#isWatching = false;
    else if (now - this.#watchedSince > this.#longestWatch * this.sampleRate && isLoud) this.#giveUp(now);
  }

  #giveUp(now: number): void {
    if (this.#open) this.#close(this.#open, now);
    this.bank.adopt();
    this.counts.adopted += 1;
    this.#isWatching = false;
  }

  #start(near: number, rise: number): void {
    if (this.#open) this.#close(this.#open, near);
    this.#open = { near, rise, after: this.#lastEnd, strongest: 0, end: 0 };
  }

  /** Watches the power behind an onset fall. */
  #follow(open: OpenPick, now: number): void {
    const window = this.#rises.window;
    const passed = now + 1 - open.near;
    if (passed < 2 * window) return;
    const power = this.bank.meanPower(now + 1 - window, now + 1);
    open.strongest = Math.max(open.strongest, power);
    const isOver = power < Math.max(FALLEN * open.strongest, 2 * this.bank.noiseFloor);
    const fewest = Math.max(3 * window, 0.2 * this.sampleRate);
    if ((isOver && passed >= fewest) || passed >= this.#profile.longestDuration * this.sampleRate)
      this.#close(open, now + 1);
  }

  #close(open: OpenPick, until: number): void {
    this.#open = undefined;
    const { bank, sampleRate } = this;
    const window = this.#rises.window;
    const before = Math.round(4 * window);
    const from = Math.max(open.near - before, open.after, bank.next - bank.mask + 1, 0);
    const isNext = open.after > open.near - before;
    const to = Math.min(open.near + (isNext ? 1 : 2) * window, until, bank.next);
    if (to - from < 8) return;
    const onset = this.#onsets.find(from, to, Math.min(Math.max(open.near, from + 2), to - 2));
    const first = Math.max(0, Math.floor(onset.sample));
    const peak = this.#peakOf(first, until);
    const noise = Math.sqrt(bank.long[0]!);
    this.#lastEnd = Math.max(this.#lastEnd, Math.min(until, open.near + window));
    if (!(noise > 0)) return;
    const length = Math.min(until, first + Math.round(0.4 * sampleRate + 2 * window));
    const blast = this.#blast?.of(first - 2, length - first + 2);
    this.#emit({
      at: this.line.instantOf(onset.sample),
      onsetError: onset.error / sampleRate,
      sample: onset.sample,
      peak,
      noise,
      signalToNoiseDecibels: 20 * Math.log10(peak / noise),
      frequency: blast?.frequency ?? this.#spectrum.of(bank.past[0]!, bank.mask, first, length, first - from),
      lostDecibels: blast?.lostDecibels ?? 0,
      frequencyIsLeast: blast?.isLeast ?? false,
      duration: (until - onset.sample) / sampleRate,
      rise: open.rise,
    });
  }

  #peakOf(from: number, until: number): number {
    const { past, mask } = this.bank;
    let peak = 0;
    for (let index = from; index < until; index++) peak = Math.max(peak, Math.abs(past[0]![index & mask]!));
    return peak;
  }
}
