/** How well amplitude, frequency and silence at the stations fit each class of source, as log likelihood ratios against false arrivals. */
import { type LocatorModels, PHASES, type Phase, type PhaseModel } from "./configuration.ts";

const LOG_TWO_PI = Math.log(2 * Math.PI);
const DECIBEL_STEP = 0.25;
const DISTANCE_STEP = 32;
const LOWEST_DETECTION = 0.004;
const LONGEST_TABLE = 4096;
/** Classes whose log weight is so far behind the best are left out of account; margin for a source of unknown level. */
const UNLIKELY = 10;
const OTHER_MARGIN = 6;
/** What is assumed of a source that fits no signature. */
const OTHER = { probability: 0.03, levelSpread: 10, logFrequency: 2.7, logFrequencySpread: 0.7 } as const;

/** Per-class log weights of one hypothesis; the last class is a source of unknown level and spectrum. */
export class ClassWeights {
  readonly weights: Float64Array;
  /** Unknown source: level above the phases' middle, number of amplitudes, mean log frequency, number of frequencies. */
  readonly other = new Float64Array(4);

  constructor(count: number) {
    this.weights = new Float64Array(count);
  }

  copyFrom(from: ClassWeights): void {
    this.weights.set(from.weights);
    this.other.set(from.other);
  }

  best(): number {
    const { weights } = this;
    let best = 0;
    for (let index = 1; index < weights.length; index++) if (weights[index]! > weights[best]!) best = index;
    return best;
  }

  /** Log of the summed weights. */
  total(): number {
    const top = this.weights[this.best()]!;
    let sum = 0;
    for (const weight of this.weights) sum += Math.exp(weight - top);
    return top + Math.log(sum);
  }
}

interface PhaseTable {
  readonly model: PhaseModel;
  readonly levels: Float64Array;
  readonly otherLevel: number;
  readonly hasSpectrum: boolean;
  /** Loss in decibels by distance. */
  readonly loss: Float64Array;
  /** Log of detection and of missing by predicted amplitude above `start`. */
  readonly start: number;
  readonly logDetect: Float64Array;
  readonly logMiss: Float64Array;
  /** Per class: where its amplitude falls below what can be detected, metres. */
  readonly audible: Float64Array;
}

/** Scalar estimate of an unknown from n measurements: weights and log variances, known beforehand for every n. */
class Counted {
  readonly gain: Float64Array;
  readonly variance: Float64Array;
  readonly logVariance: Float64Array;

  constructor(prior: number, noise: number) {
    const total = (count: number): number => 1 / (1 / prior + count / noise) + noise;
    const counts = Array.from({ length: 130 }, (_, count) => count);
    this.variance = Float64Array.from(counts, total);
    this.logVariance = Float64Array.from(this.variance, Math.log);
    this.gain = Float64Array.from(this.variance, (variance) => (variance - noise) / variance);
  }
}

export class Evidence {
  readonly classCount: number;
  readonly names: readonly string[];
  readonly #tables: (PhaseTable | undefined)[];
  readonly #models: LocatorModels;
  readonly #priors: Float64Array;
  readonly #logFrequency: Float64Array;
  readonly #amplitudePrecision: Float64Array;
  readonly #amplitudeConstant: Float64Array;
  readonly #frequencyVariance: Float64Array;
  readonly #otherLevel: Counted;
  readonly #otherFrequency: Counted;

  constructor(models: LocatorModels) {
    const { signatures } = models;
    this.#models = models;
    this.classCount = signatures.length + 1;
    this.names = [...signatures.map((signature) => signature.what), "undetermined"];
    const probabilities = [...signatures.map((signature) => signature.probability), OTHER.probability];
    this.#priors = Float64Array.from(probabilities, Math.log);
    this.#logFrequency = Float64Array.from(signatures, (signature) => Math.log(signature.frequency));
    this.#frequencyVariance = Float64Array.from(
      signatures,
      (signature) => models.frequencyScatter ** 2 + signature.frequencySpread ** 2,
    );
    const amplitudeVariance = signatures.map((signature) => models.amplitudeScatter ** 2 + signature.levelSpread ** 2);
    this.#amplitudePrecision = Float64Array.from(amplitudeVariance, (variance) => 1 / variance);
    this.#amplitudeConstant = Float64Array.from(
      amplitudeVariance,
      (variance) => -0.5 * (Math.log(variance) + LOG_TWO_PI),
    );
    this.#otherLevel = new Counted(OTHER.levelSpread ** 2, models.amplitudeScatter ** 2);
    this.#otherFrequency = new Counted(OTHER.logFrequencySpread ** 2, models.frequencyScatter ** 2);
    this.#tables = PHASES.map((name) => {
      const model = models.phases[name];
      return model && makeTable(model, models, name);
    });
  }

  newWeights(): ClassWeights {
    const weights = new ClassWeights(this.classCount);
    this.reset(weights);
    return weights;
  }

  reset(classes: ClassWeights): void {
    classes.weights.set(this.#priors);
    classes.other[0] = 0;
    classes.other[1] = 0;
    classes.other[2] = OTHER.logFrequency;
    classes.other[3] = 0;
  }

  /**
   * What an arrival says before its distance is known: per class the log likelihood of its frequency against a false
   * arrival's amplitude and frequency, written to `out[offset …]`; the last entry holds the false arrival's part alone.
   */
  prepare(phase: number, amplitude: number, logFrequency: number, out: Float64Array, offset: number): void {
    const table = this.#tables[phase]!;
    const heard = table.hasSpectrum && !Number.isNaN(logFrequency);
    let clutter = 0;
    if (!Number.isNaN(amplitude))
      clutter += logNormal(amplitude - table.model.falseAmplitude[0], table.model.falseAmplitude[1] ** 2);
    if (heard) clutter += logNormal(logFrequency - this.#models.falseFrequency[0], this.#models.falseFrequency[1] ** 2);
    const classes = this.classCount - 1;
    for (let index = 0; index < classes; index++) {
      const spectrum = heard
        ? logNormal(logFrequency - this.#logFrequency[index]!, this.#frequencyVariance[index]!)
        : 0;
      out[offset + index] = spectrum - clutter;
    }
    out[offset + classes] = -clutter;
  }

  /** Adds an arrival's evidence to every class. `prepared[offset …]` as written by `prepare`; NaN amplitude says nothing. */
  addHit(
    classes: ClassWeights,
    phase: number,
    distance: number,
    amplitude: number,
    logFrequency: number,
    prepared: Float64Array,
    offset: number,
  ): void {
    const table = this.#tables[phase]!;
    const loss = lossAt(table, distance);
    const { weights, other } = classes;
    const last = this.classCount - 1;
    const loud = !Number.isNaN(amplitude);
    for (let index = 0; index < last; index++) {
      const predicted = table.levels[index]! - loss;
      let gain = table.logDetect[decibelIndex(table, predicted)]! + prepared[offset + index]!;
      if (loud) {
        const difference = amplitude - predicted;
        gain += this.#amplitudeConstant[index]! - 0.5 * difference * difference * this.#amplitudePrecision[index]!;
      }
      weights[index]! += gain;
    }
    const predicted = table.otherLevel + other[0]! - loss;
    let gain = table.logDetect[decibelIndex(table, predicted)]! + prepared[offset + last]!;
    if (loud) gain += learn(other, 0, amplitude - predicted, this.#otherLevel);
    if (table.hasSpectrum && !Number.isNaN(logFrequency))
      gain += learn(other, 2, logFrequency - other[2]!, this.#otherFrequency);
    weights[last]! += gain;
  }

  /** Adds the evidence of a watching channel's silence. */
  addMiss(classes: ClassWeights, phase: number, distance: number): void {
    const table = this.#tables[phase]!;
    const loss = lossAt(table, distance);
    const { weights } = classes;
    const last = this.classCount - 1;
    for (let index = 0; index < last; index++)
      weights[index]! += table.logMiss[decibelIndex(table, table.levels[index]! - loss)]!;
    weights[last]! += table.logMiss[decibelIndex(table, table.otherLevel + classes.other[0]! - loss)]!;
  }

  /** What one arrival would add under one class: for choosing between arrivals. */
  gain(
    classes: ClassWeights,
    index: number,
    phase: number,
    distance: number,
    amplitude: number,
    logFrequency: number,
    prepared: Float64Array,
    offset: number,
  ): number {
    const table = this.#tables[phase]!;
    const loud = !Number.isNaN(amplitude);
    if (index < this.classCount - 1) {
      const predicted = table.levels[index]! - lossAt(table, distance);
      const known = table.logDetect[decibelIndex(table, predicted)]! + prepared[offset + index]!;
      if (!loud) return known;
      const difference = amplitude - predicted;
      return known + this.#amplitudeConstant[index]! - 0.5 * difference * difference * this.#amplitudePrecision[index]!;
    }
    const { other } = classes;
    const predicted = table.otherLevel + other[0]! - lossAt(table, distance);
    let gain = table.logDetect[decibelIndex(table, predicted)]! + prepared[offset + index]!;
    if (loud) gain += likelihood(other[1]!, amplitude - predicted, this.#otherLevel);
    if (table.hasSpectrum && !Number.isNaN(logFrequency))
      gain += likelihood(other[3]!, logFrequency - other[2]!, this.#otherFrequency);
    return gain;
  }

  /** Log probability that a watching channel misses the event, for one class: at most zero. */
  missCost(classes: ClassWeights, index: number, phase: number, distance: number): number {
    const table = this.#tables[phase]!;
    const level = index === this.classCount - 1 ? table.otherLevel + classes.other[0]! : table.levels[index]!;
    return table.logMiss[decibelIndex(table, level - lossAt(table, distance))]!;
  }

  /** Distance within which any class that is still likely may be heard, metres. */
  reach(classes: ClassWeights, phase: number): number {
    const table = this.#tables[phase];
    if (table === undefined) return 0;
    const { weights } = classes;
    const floor = weights[classes.best()]! - UNLIKELY;
    const last = this.classCount - 1;
    let reach = 0;
    for (let index = 0; index < last; index++)
      if (weights[index]! > floor && table.audible[index]! > reach) reach = table.audible[index]!;
    if (weights[last]! > floor) {
      const level = table.otherLevel + classes.other[0]! + OTHER_MARGIN;
      reach = Math.max(reach, audibleRange(table.loss, level - table.model.detectionFloor));
    }
    return Math.min(reach, table.model.maximumRange);
  }

  /** Distance at which a class, so many decibels away from its level, is heard with the given amplitude; metres. */
  distanceOf(index: number, phase: number, amplitude: number): number {
    const table = this.#tables[phase]!;
    return audibleRange(table.loss, table.levels[index]! - amplitude);
  }

  /** Log frequency of a class and its one-sigma scatter. */
  spectrumOf(index: number): readonly [number, number] {
    return [this.#logFrequency[index]!, Math.sqrt(this.#frequencyVariance[index]!)];
  }
}

/** Distance at which the loss reaches so many decibels, metres. */
function audibleRange(loss: Float64Array, decibels: number): number {
  let low = 0;
  let high = loss.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (loss[middle]! < decibels) low = middle + 1;
    else high = middle;
  }
  return low === loss.length - 1 ? Number.POSITIVE_INFINITY : low * DISTANCE_STEP;
}

function learn(state: Float64Array, place: number, innovation: number, table: Counted): number {
  const count = Math.min(state[place + 1]!, table.gain.length - 1);
  state[place]! += table.gain[count]! * innovation;
  state[place + 1] = count + 1;
  return -0.5 * ((innovation * innovation) / table.variance[count]! + table.logVariance[count]! + LOG_TWO_PI);
}

function likelihood(count: number, innovation: number, table: Counted): number {
  const index = Math.min(count, table.gain.length - 1);
  return -0.5 * ((innovation * innovation) / table.variance[index]! + table.logVariance[index]! + LOG_TWO_PI);
}

function logNormal(difference: number, variance: number): number {
  return -0.5 * ((difference * difference) / variance + Math.log(variance) + LOG_TWO_PI);
}

function lossAt(table: PhaseTable, distance: number): number {
  const index = (distance / DISTANCE_STEP) | 0;
  return table.loss[index < table.loss.length ? index : table.loss.length - 1]!;
}

function decibelIndex(table: PhaseTable, amplitude: number): number {
  const index = ((amplitude - table.start) / DECIBEL_STEP) | 0;
  return index < 0 ? 0 : index >= table.logDetect.length ? table.logDetect.length - 1 : index;
}

/** Loss of amplitude along a path, decibels relative to one kilometre. */
export function pathLoss(phase: PhaseModel, distance: number): number {
  const kilometres = Math.max(distance, 30) / 1000;
  return phase.lossPerDecade * Math.log10(kilometres) + phase.lossPerKilometre * kilometres;
}

function makeTable(model: PhaseModel, models: LocatorModels, name: Phase): PhaseTable {
  const start = model.detectionFloor - 2;
  const size = Math.ceil((model.detectionFull + 2 - start) / DECIBEL_STEP);
  const detection = Float64Array.from({ length: size }, (_, index) => {
    const ramp = (start + index * DECIBEL_STEP - model.detectionFloor) / (model.detectionFull - model.detectionFloor);
    return Math.max(LOWEST_DETECTION, models.detectionProbability * Math.min(1, Math.max(0, ramp)));
  });
  const levels = Float64Array.from(models.signatures, (signature) => signature.level[name] ?? model.falseAmplitude[0]);
  const entries = Math.min(LONGEST_TABLE, Math.ceil(model.maximumRange / DISTANCE_STEP) + 2);
  const loss = Float64Array.from({ length: entries }, (_, index) => pathLoss(model, (index + 0.5) * DISTANCE_STEP));
  return {
    model,
    levels,
    otherLevel: levels.length > 0 ? levels.reduce((sum, level) => sum + level, 0) / levels.length : 120,
    hasSpectrum: name !== "P",
    loss,
    audible: levels.map((level) => audibleRange(loss, level - model.detectionFloor)),
    start,
    logDetect: detection.map(Math.log),
    logMiss: detection.map((probability) => Math.log(1 - probability)),
  };
}
