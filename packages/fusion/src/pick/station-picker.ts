/**
 * One station's channels → arrivals. Microphones that stand together are an array: what comes over it as a plane wave at the speed of
 * sound is an arrival with a bearing, what strikes one after the other by itself is wind. Of a seismometer the vertical is picked, and
 * the horizontals say whether the motion is that of a first wave.
 */
import type { Instant } from "@openjmc/model";
import type { Phase } from "../locate/configuration.ts";
import { patienceOf } from "./band-bank.ts";
import { type ChannelPick, ChannelPicker, type WaveformBlock } from "./channel-picker.ts";
import type { NoiseLevels } from "./noise-model.ts";
import { type ArrayElement, fitPlaneWave, type PlaneWave } from "./plane-wave.ts";
import { ACOUSTIC_PROFILE, INFRASOUND_PROFILE, type PickProfile, SEISMIC_PROFILE } from "./profile.ts";

/** What a channel of a station is. */
export interface PickerChannel {
  readonly id: string;
  readonly quantity: "pressure" | "vertical-velocity" | "horizontal-velocity";
  /** Pa or m/s in one count. */
  readonly scale: number;
  /** Metres from the station's place. */
  readonly east: number;
  readonly north: number;
}

/** One arrival at a station; angles in radians, times in seconds where they are no instants. */
export interface StationPick {
  readonly at: Instant;
  readonly onsetError: number;
  readonly phase: Phase;
  /** Peak: dB re 20 µPa for sound, re 1 µm/s for ground motion. */
  readonly amplitudeDecibels: number;
  readonly signalToNoiseDecibels: number;
  readonly frequency: number;
  /** Of the frequency only a lower bound is known: the wave may well be higher than the recorder can tell. */
  readonly frequencyIsLeast: boolean;
  readonly duration: number;
  readonly clockErrorMicroseconds: number;
  readonly wave?: PlaneWave;
}

export interface StationPickerOptions {
  readonly channels: readonly PickerChannel[];
  /** Pressure far from any source: long waves, long windows. */
  readonly isInfrasound?: boolean;
  readonly emit: (pick: StationPick) => void;
}

export interface StationPickerCounts {
  picks: number;
  /** Seen by too few microphones of an array, or unlike at them. */
  incoherent: number;
  /** Over the array at a speed that sound has not. */
  implausible: number;
  /** On the vertical, but moving sideways. */
  sideways: number;
}

interface Held {
  readonly channel: Channel;
  readonly pick: ChannelPick;
}

interface Channel {
  readonly description: PickerChannel;
  picker: ChannelPicker;
  clockError: number;
}

const PASCAL = 20e-6;
const MICROMETRE = 1e-6;
const SLOWEST_SOUND = 270;
const FASTEST_SOUND = 700;
const LEAST_COHERENCE = 0.45;
const ONSET_SPREAD = 0.04;
/** Samples a second: of more than this the past would fill the memory. */
const FASTEST_RATE = 50_000;
/** Seconds of motion that tell a first wave, and the least part of its power that is up and down. */
const FIRST_MOTION = 0.3;
const LEAST_VERTICAL = 0.3;

export class StationPicker {
  readonly counts: StationPickerCounts = { picks: 0, incoherent: 0, implausible: 0, sideways: 0 };
  readonly #options: StationPickerOptions;
  readonly #pressureProfile: PickProfile;
  readonly #channels = new Map<string, Channel>();
  #sound: Held[] = [];
  #ground: Held[] = [];

  constructor(options: StationPickerOptions) {
    this.#options = options;
    this.#pressureProfile = options.isInfrasound === true ? INFRASOUND_PROFILE : ACOUSTIC_PROFILE;
  }

  /** Takes a block of one channel. False for a channel that the station does not have, or a rate too low for its profile or beyond reason. */
  push(
    channel: string,
    samples: WaveformBlock,
    startAt: Instant,
    sampleRate: number,
    clockErrorMicroseconds: number,
  ): boolean {
    const known = this.#channelOf(channel, sampleRate);
    if (known === undefined) return false;
    known.clockError = clockErrorMicroseconds;
    known.picker.push(samples, startAt);
    this.#release(false);
    return true;
  }

  /** The streams are over. */
  finish(): void {
    for (const { picker } of this.#channels.values()) picker.finish();
    this.#release(true);
  }

  /** Noise of the station's sound, dB re 20 µPa, or of its ground, dB re 1 µm/s: the quietest channel's. */
  noise(quantity: "sound" | "ground"): NoiseLevels | undefined {
    const levels = this.#of(quantity === "sound" ? "pressure" : "vertical-velocity")
      .map(({ picker }) => picker.noise.levels)
      .filter(({ seconds }) => seconds > 0)
      .sort((one, other) => one.median - other.median)[0];
    if (levels === undefined) return undefined;
    const unit = -20 * Math.log10(quantity === "sound" ? PASCAL : MICROMETRE);
    return { ...levels, low: levels.low + unit, median: levels.median + unit, high: levels.high + unit };
  }

  /** Channels that have spoken, with what was counted of each. */
  channels(): readonly { readonly id: string; readonly picker: ChannelPicker }[] {
    return [...this.#channels.values()].map(({ description, picker }) => ({ id: description.id, picker }));
  }

  #channelOf(id: string, sampleRate: number): Channel | undefined {
    const known = this.#channels.get(id);
    if (known?.picker.sampleRate === sampleRate) return known;
    const description = this.#options.channels.find((channel) => channel.id === id);
    if (description === undefined || !this.#canHold(description, sampleRate)) return undefined;
    const isHorizontal = description.quantity === "horizontal-velocity";
    const queue = (pick: ChannelPick) => {
      const held = { channel: made, pick };
      if (description.quantity === "pressure") this.#sound.push(held);
      else this.#ground.push(held);
    };
    const made: Channel = {
      description,
      clockError: 0,
      picker: new ChannelPicker({
        profile: this.#profileOf(description),
        sampleRate,
        scale: description.scale,
        emit: isHorizontal ? () => undefined : queue,
      }),
    };
    known?.picker.finish();
    this.#channels.set(id, made);
    return made;
  }

  #profileOf({ quantity }: PickerChannel): PickProfile {
    return quantity === "pressure" ? this.#pressureProfile : SEISMIC_PROFILE;
  }

  #canHold(channel: PickerChannel, sampleRate: number): boolean {
    return sampleRate <= FASTEST_RATE && this.#profileOf(channel).bands[0]![0] < 0.3 * sampleRate;
  }

  #of(quantity: PickerChannel["quantity"]): Channel[] {
    // In the order in which they are described: which one spoke first must change nothing.
    return this.#options.channels.flatMap((channel) =>
      channel.quantity === quantity ? (this.#channels.get(channel.id) ?? []) : [],
    );
  }

  /** Those whose samples are not far behind the newest of them: a channel that fell silent is waited for no longer. */
  #live(channels: readonly Channel[]): Channel[] {
    const newest = Math.max(...channels.map(({ picker }) => picker.line.instantOf(picker.bank.next)));
    return channels.filter(
      ({ picker }) => newest - picker.line.instantOf(picker.bank.next) <= 1e6 * patienceOf(picker.sampleRate),
    );
  }

  #release(isEnd: boolean): void {
    if (this.#sound.length > 0) this.#releaseSound(isEnd);
    if (this.#ground.length > 0) this.#releaseGround(isEnd);
  }

  #releaseSound(isEnd: boolean): void {
    const microphones = this.#live(this.#of("pressure"));
    if (microphones.length === 1) {
      for (const { channel, pick } of this.#sound) this.#give(pick, channel, PASCAL);
      this.#sound = [];
      return;
    }
    const span = (apertureOf(microphones) / SLOWEST_SOUND + ONSET_SPREAD) * 1e6;
    const window = 4 * this.#pressureProfile.riseWindow * 1e6;
    const horizon = isEnd
      ? Number.POSITIVE_INFINITY
      : Math.min(...microphones.map(({ picker }) => picker.settledUntil));
    this.#sound.sort((one, other) => one.pick.at - other.pick.at);
    while (this.#sound.length > 0 && this.#sound[0]!.pick.at + span + window <= horizon) {
      const first = this.#sound[0]!;
      const together = firstOfEach(this.#sound.filter((held) => held.pick.at <= first.pick.at + reachOf(first, held)));
      this.#sound = this.#sound.filter((held) => !together.includes(held));
      this.#combine(together, microphones);
    }
  }

  /** Picks of one wave at the microphones of an array. */
  #combine(together: readonly Held[], microphones: readonly Channel[]): void {
    const loudest = together.reduce((one, other) => (other.pick.peak > one.pick.peak ? other : one));
    if (together.length < Math.ceil(microphones.length / 2)) {
      this.counts.incoherent += 1;
      return;
    }
    if (microphones.length < 3) {
      this.#give(loudest.pick, loudest.channel, PASCAL);
      return;
    }
    const { riseWindow } = this.#pressureProfile;
    const elements = microphones.map((channel) => elementOf(channel, together));
    const wave = fitPlaneWave(elements, { before: riseWindow, behind: 3 * riseWindow });
    if (wave === undefined || wave.coherence < LEAST_COHERENCE) this.counts.incoherent += 1;
    else if (wave.traceVelocity < SLOWEST_SOUND || wave.traceVelocity > FASTEST_SOUND) this.counts.implausible += 1;
    else this.#give({ ...loudest.pick, ...centred(together, wave) }, loudest.channel, PASCAL, wave);
  }

  #releaseGround(isEnd: boolean): void {
    const horizontals = this.#live([...this.#of("vertical-velocity"), ...this.#of("horizontal-velocity")]).filter(
      ({ description }) => description.quantity === "horizontal-velocity",
    );
    const reach = Math.min(...horizontals.map(({ picker }) => picker.line.instantOf(picker.bank.next)));
    this.#ground = this.#ground.filter(({ channel, pick }) => {
      const until = pick.at + FIRST_MOTION * 1e6;
      if (!isEnd && reach < until) return true;
      if (verticalPart(channel, horizontals, pick.at, until) < LEAST_VERTICAL) this.counts.sideways += 1;
      else this.#give(pick, channel, MICROMETRE);
      return false;
    });
  }

  #give(pick: ChannelPick, channel: Channel, unit: number, wave?: PlaneWave): void {
    this.counts.picks += 1;
    const isSound = channel.description.quantity === "pressure";
    this.#options.emit({
      at: pick.at,
      onsetError: pick.onsetError,
      phase: isSound ? (this.#options.isInfrasound === true ? "I" : "A") : "P",
      amplitudeDecibels: 20 * Math.log10(Math.max(pick.peak, Number.MIN_VALUE) / unit) + pick.lostDecibels,
      signalToNoiseDecibels: pick.signalToNoiseDecibels,
      frequency: pick.frequency,
      frequencyIsLeast: pick.frequencyIsLeast,
      duration: pick.duration,
      clockErrorMicroseconds: channel.clockError,
      ...(wave === undefined ? {} : { wave }),
    });
  }
}

/** Microseconds by which sound may be later at one microphone than at another. */
function reachOf(first: Held, other: Held): number {
  const { description: one } = first.channel;
  const { description: two } = other.channel;
  return (Math.hypot(one.east - two.east, one.north - two.north) / SLOWEST_SOUND + ONSET_SPREAD) * 1e6;
}

function firstOfEach(held: readonly Held[]): Held[] {
  const seen = new Set<Channel>();
  return held.filter(({ channel }) => !seen.has(channel) && seen.add(channel) !== undefined);
}

function apertureOf(channels: readonly Channel[]): number {
  let most = 0;
  for (const { description: one } of channels)
    for (const { description: other } of channels)
      most = Math.max(most, Math.hypot(one.east - other.east, one.north - other.north));
  return most;
}

function elementOf(channel: Channel, together: readonly Held[]): ArrayElement {
  const { picker, description } = channel;
  const pick = together.find((held) => held.channel === channel)?.pick;
  const place = { picker, east: description.east, north: description.north };
  return pick === undefined ? place : { ...place, onset: pick.at };
}

/** When the wave is at the station's place, by the median of its onsets, and how well that is known. */
function centred(together: readonly Held[], wave: PlaneWave): Pick<ChannelPick, "at" | "onsetError"> {
  const onsets = together
    .map(({ channel, pick }) => {
      const { east, north } = channel.description;
      return pick.at - 1e6 * (wave.slownessEast * east + wave.slownessNorth * north);
    })
    .sort((one, other) => one - other);
  const [low, high] = [onsets[(onsets.length - 1) >> 1]!, onsets[onsets.length >> 1]!];
  const mean = together.reduce((sum, { pick }) => sum + pick.onsetError, 0) / together.length;
  return { at: Math.round((low + high) / 2), onsetError: mean / Math.sqrt(together.length) };
}

/** Part of the motion's power that is up and down; all of it where nothing says otherwise. */
function verticalPart(vertical: Channel, horizontals: readonly Channel[], from: Instant, until: Instant): number {
  const up = powerOf(vertical.picker, from, until);
  const sideways = horizontals.reduce((sum, { picker }) => sum + powerOf(picker, from, until), 0);
  return up + sideways > 0 ? up / (up + sideways) : 1;
}

function powerOf({ bank, line }: ChannelPicker, from: Instant, until: Instant): number {
  const [first, end] = [Math.round(line.sampleAt(from)), Math.min(bank.next, Math.round(line.sampleAt(until)))];
  let sum = 0;
  for (let sample = Math.max(first, bank.next - bank.mask); sample < end; sample++)
    sum += bank.past[0]![sample & bank.mask]! ** 2;
  return end > first ? sum / (end - first) : 0;
}
