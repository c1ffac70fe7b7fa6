/** A station's recorder: waves and noise → samples of every microphone, second after second. */
import type { Random } from "../random/random.ts";
import { blastLength, blastPressure, drawScatter, type Scatter } from "./blast-shape.ts";
import { pressureOf, type RecordedWave } from "./wave.ts";
import { WindNoise } from "./wind-noise.ts";

/** Metres east and north of the station's own place. */
export interface Microphone {
  readonly east: number;
  readonly north: number;
}

export interface RecorderOptions {
  readonly sampleRate: number;
  readonly microphones: readonly Microphone[];
  readonly pascalsPerCount: number;
  /** Noise in the band, dB re 20 µPa, and how much it swells, at a second. */
  readonly noiseAt: (seconds: number) => { readonly decibel: number; readonly unrest: number };
  readonly random: (label: string) => Random;
  /** In order of time. */
  readonly waves: readonly RecordedWave[];
}

/** Points of one sample interval over which the pressure is averaged: the recorder's own guard against aliases. */
const FINE = 8;
const SOUND_SPEED = 335;
const LONGEST_WAVE = 4;

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #noise: readonly WindNoise[];
  readonly #gusts: readonly WindNoise[];
  readonly #scatter = new Map<string, Scatter>();
  #first = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
    const { microphones, sampleRate, random } = options;
    this.#noise = microphones.map((_, index) => new WindNoise(sampleRate, random(`noise-${index}`)));
    this.#gusts = microphones.map((_, index) => new WindNoise(sampleRate, random(`gust-${index}`)));
  }

  /** Samples `from` to `until - 1` since the scenario's start, by microphone. Called with spans that follow one another. */
  record(from: number, until: number): Int32Array[] {
    const { microphones, sampleRate, waves } = this.#options;
    const [begin, end] = [from / sampleRate, until / sampleRate];
    while (this.#first < waves.length && waves[this.#first]!.seconds < begin - LONGEST_WAVE) this.#first++;
    const pressure = microphones.map((_, index) => this.#noiseOf(index, from, until));
    for (let index = this.#first; index < waves.length && waves[index]!.seconds < end + 1; index++)
      this.#addWave(waves[index]!, index, from, until, pressure);
    return pressure.map((values) =>
      Int32Array.from(values, (value) => Math.round(value / this.#options.pascalsPerCount)),
    );
  }

  #noiseOf(microphone: number, from: number, until: number): Float64Array {
    const { sampleRate, noiseAt } = this.#options;
    const noise = this.#noise[microphone]!;
    const { decibel, unrest } = noiseAt(from / sampleRate);
    const level = pressureOf(decibel);
    return Float64Array.from({ length: until - from }, () => level * noise.next(unrest));
  }

  #addWave(wave: RecordedWave, index: number, from: number, until: number, pressure: readonly Float64Array[]): void {
    if (wave.kind === "gust") {
      // A gust passes one microphone after the other, too slowly for an array to take it for sound.
      const struck = Math.floor(this.#options.random(`struck-${index}-${wave.seconds}`).uniform() * pressure.length);
      this.#addGust(wave, from, until, pressure[struck]!, struck);
      return;
    }
    pressure.forEach((values, microphone) => {
      for (const piece of this.#piecesOf(wave, index))
        this.#addBlast(piece, wave.seconds + piece.late + this.#delay(wave, microphone), wave, from, until, values);
    });
  }

  #delay(wave: RecordedWave, microphone: number): number {
    if (wave.backAzimuth === undefined) return 0;
    const { east, north } = this.#options.microphones[microphone]!;
    return -(east * Math.sin(wave.backAzimuth) + north * Math.cos(wave.backAzimuth)) / SOUND_SPEED;
  }

  /** Thunder is many fronts, the loudest somewhere among them. */
  #piecesOf(
    wave: RecordedWave,
    index: number,
  ): { readonly late: number; readonly part: number; readonly scatter: Scatter }[] {
    const scatter = this.#scatterOf(wave.path ?? `wave-${index}-${wave.seconds}`, wave.distanceMetres ?? 5000);
    if (wave.kind === "blast") return [{ late: 0, part: 1, scatter }];
    const random = this.#options.random(`claps-${wave.seconds}`);
    return Array.from({ length: 12 }, () => ({
      late: random.between(0, wave.durationSeconds),
      part: random.exponential(0.35),
      scatter,
    }));
  }

  #scatterOf(path: string, distanceMetres: number): Scatter {
    const known = this.#scatter.get(path);
    if (known) return known;
    const drawn = drawScatter(this.#options.random(`scatter-${path}`), distanceMetres);
    this.#scatter.set(path, drawn);
    return drawn;
  }

  #addBlast(
    piece: { readonly part: number; readonly scatter: Scatter },
    at: number,
    wave: RecordedWave,
    from: number,
    until: number,
    values: Float64Array,
  ): void {
    const { sampleRate } = this.#options;
    const peak = piece.part * pressureOf(wave.levelDecibel);
    const last = at + blastLength(wave.frequencyHertz, piece.scatter);
    const begin = Math.max(from, Math.floor(at * sampleRate));
    const end = Math.min(until, Math.ceil(last * sampleRate) + 1);
    for (let sample = begin; sample < end; sample++) {
      let sum = 0;
      for (let fine = 0; fine < FINE; fine++) {
        const seconds = (sample + (fine + 0.5) / FINE - 0.5) / sampleRate - at;
        sum += blastPressure(seconds, wave.frequencyHertz, piece.scatter);
      }
      values[sample - from]! += (peak * sum) / FINE;
    }
  }

  #addGust(wave: RecordedWave, from: number, until: number, values: Float64Array, microphone: number): void {
    const { sampleRate } = this.#options;
    const begin = Math.max(from, Math.floor(wave.seconds * sampleRate));
    const end = Math.min(until, Math.ceil((wave.seconds + wave.durationSeconds) * sampleRate));
    const level = pressureOf(wave.levelDecibel) / 2;
    for (let sample = begin; sample < end; sample++) {
      const part = (sample / sampleRate - wave.seconds) / wave.durationSeconds;
      values[sample - from]! += level * Math.sin(Math.PI * part) ** 2 * this.#gusts[microphone]!.next(0);
    }
  }
}
