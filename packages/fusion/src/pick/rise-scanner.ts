/**
 * Where power rises within a watch: whitened power of a window behind an instant over that of one before it. The first onset is the
 * greatest rise about the trigger; further ones are rises of their own that are not echoes of one wave's swings.
 */
import type { BandBank } from "./band-bank.ts";
import type { PickProfile } from "./profile.ts";
import { DominantFrequency } from "./spectrum.ts";

/** A further round this much weaker than the strongest must stand out more. */
const COMPARABLE = 0.12;
const LONE_RISE = 8;
/** Whitened power over the noise's that a round must have. */
const LEAST_POWER = 4;
/** Swings of one wave come no farther apart than so many of its periods. */
const PERIODS = 1.2;
/** Beyond so many onsets in one watch each must stand out more: a rumble that swells and falls is not a long burst. */
const SUSPICIOUS = 4;

export class RiseScanner {
  /** Samples of one window. */
  readonly window: number;
  /** The rise that the last step found. */
  at = 0;
  rise = 0;
  readonly #bank: BandBank;
  readonly #profile: PickProfile;
  readonly #sampleRate: number;
  readonly #spacing: number;
  readonly #spectrum: DominantFrequency;
  #trigger = 0;
  #isFirst = true;
  #last = Number.NEGATIVE_INFINITY;
  #strongest = 0;
  #best = 0;
  #bestAt = 0;
  /** Onsets found in this watch. */
  #taken = 0;

  constructor(bank: BandBank, profile: PickProfile, sampleRate: number) {
    this.#bank = bank;
    this.#profile = profile;
    this.#sampleRate = sampleRate;
    this.window = Math.max(4, Math.round(profile.riseWindow * sampleRate));
    this.#spacing = Math.round(profile.shortestSpacing * sampleRate);
    const [low, high] = bank.bands[0]!;
    this.#spectrum = new DominantFrequency(low, high, sampleRate);
  }

  /** Earliest sample that may yet become an onset. */
  get earliest(): number {
    return this.#isFirst ? Math.min(this.#trigger, this.#bestAt || this.#trigger) : this.#bank.next - 3 * this.window;
  }

  /** A watch opens with a trigger at sample `now`; what lies before `after` belongs to an earlier wave. */
  begin(now: number, after: number): void {
    this.#trigger = now;
    this.#isFirst = true;
    this.#last = Number.NEGATIVE_INFINITY;
    this.#strongest = 0;
    this.#best = 0;
    this.#taken = 0;
    const back = Math.round(this.#profile.lookBack * this.#sampleRate);
    const earliest = Math.max(now - back, after, this.window);
    this.#bestAt = Math.max(earliest, now - this.window);
    for (let split = earliest; split <= now - this.window; split++) this.#weigh(split);
  }

  /** The sample `now` has come; true where a rise is found, which `at` and `rise` then tell. */
  step(now: number): boolean {
    const split = now + 1 - this.window;
    if (split <= this.window) return false;
    this.#weigh(split);
    return this.#isFirst ? this.#first(split) : this.#next(split);
  }

  #weigh(split: number): void {
    const ahead = this.#bank.meanPower(split, split + this.window);
    const behind = this.#bank.meanPower(split - this.window, split);
    const floor = this.#bank.noiseFloor;
    const rise = (ahead + floor) / (behind + floor);
    this.#strongest = Math.max(this.#strongest, ahead);
    if (rise <= this.#best) return;
    this.#best = rise;
    this.#bestAt = split;
  }

  #first(split: number): boolean {
    if (split < this.#trigger + this.window || split - this.#bestAt < this.window) return false;
    this.#isFirst = false;
    return this.#take(split, this.#best >= this.#profile.firstRise);
  }

  #next(split: number): boolean {
    if (split - this.#bestAt < this.window) return false;
    const least = this.#profile.nextRise * Math.max(1, this.#taken / SUSPICIOUS);
    return this.#take(split, this.#best >= least && this.#isRound(this.#bestAt));
  }

  #take(split: number, isOne: boolean): boolean {
    this.at = this.#bestAt;
    this.rise = this.#best;
    this.#best = 0;
    this.#bestAt = split;
    if (!isOne) return false;
    this.#last = this.at;
    this.#taken += 1;
    return true;
  }

  #isRound(at: number): boolean {
    const ahead = this.#bank.meanPower(at, at + this.window);
    if (ahead < LEAST_POWER * this.#bank.noiseFloor) return false;
    if (this.#best < LONE_RISE && ahead < COMPARABLE * this.#strongest) return false;
    const apart = at - this.#last;
    return apart >= this.#spacing && apart >= (PERIODS * this.#sampleRate) / this.#frequencyBefore(at);
  }

  #frequencyBefore(at: number): number {
    const from = Math.max(this.#last, at - Math.round(0.4 * this.#sampleRate));
    if (!Number.isFinite(from) || at - from < 6) return Number.POSITIVE_INFINITY;
    return this.#spectrum.of(this.#bank.past[0]!, this.#bank.mask, from, at, 0);
  }
}
