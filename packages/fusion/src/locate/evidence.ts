/** How well amplitude, frequency and silence at the stations fit each class of source, as log likelihood ratios against false arrivals. */
import { type LocatorModels, PHASES, type PhaseModel } from "./configuration.ts";

const LOG_TWO_PI = Math.log(2 * Math.PI);
const STEP = 0.25;
const LOWEST_DETECTION = 0.004;
/** What is assumed of a source that fits no signature: level and log frequency, mean and standard deviation. */
const OTHER = { probability: 0.03, levelSpread: 10, logFrequency: 2.7, logFrequencySpread: 0.7 } as const;

/** Loss of amplitude along a path, decibels relative to one kilometre. */
export function pathLoss(phase: PhaseModel, distance: number): number {
  const kilometres = Math.max(distance, 10) / 1000;
  return phase.lossPerDecade * Math.log10(kilometres) + phase.lossPerKilometre * kilometres;
}

interface PhaseTable {
  readonly model: PhaseModel;
  readonly levels: Float64Array;
  readonly otherLevel: number;
  /** Log of detection and of missing by predicted amplitude above the table's start. */
  readonly start: number;
  readonly logDetect: Float64Array;
  readonly logMiss: Float64Array;
  readonly hasSpectrum: boolean;
}

/** Per-class log weights of one hypothesis; the last class is a source of unknown level and spectrum. */
export class ClassWeights {
  readonly weights: Float64Array;
  /** Unknown source: mean and variance of level relative to the phase's reference, mean and variance of log frequency. */
  readonly other = new Float64Array(4);

  constructor(count: number) {
    this.weights = new Float64Array(count);
  }

  copyFrom(from: ClassWeights): void {
    this.weights.set(from.weights);
    this.other.set(from.other);
  }

  best(): number {
    let best = 0;
    for (let index = 1; index < this.weights.length; index++)
      if (this.weights[index]! > this.weights[best]!) best = index;
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

export class Evidence {
  readonly classCount: number;
  readonly names: readonly string[];
  readonly #tables: (PhaseTable | undefined)[];
  readonly #models: LocatorModels;
  readonly #priors: Float64Array;
  readonly #logFrequency: Float64Array;
  readonly #frequencyVariance: Float64Array;
  readonly #amplitudeVariance: Float64Array;

  constructor(models: LocatorModels) {
    const signatures = models.signatures;
    this.#models = models;
    this.classCount = signatures.length + 1;
    this.names = [...signatures.map((signature) => signature.what), "undetermined"];
    this.#priors = Float64Array.from(
      [...signatures.map((signature) => signature.probability), OTHER.probability],
      (p) => Math.log(p),
    );
    this.#logFrequency = Float64Array.from(signatures, (signature) => Math.log(signature.frequency));
    this.#frequencyVariance = Float64Array.from(
      signatures,
      (signature) => models.frequencyScatter ** 2 + signature.frequencySpread ** 2,
    );
    this.#amplitudeVariance = Float64Array.from(
      signatures,
      (signature) => models.amplitudeScatter ** 2 + signature.levelSpread ** 2,
    );
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

  reset(weights: ClassWeights): void {
    weights.weights.set(this.#priors);
    weights.other.set([0, OTHER.levelSpread ** 2, OTHER.logFrequency, OTHER.logFrequencySpread ** 2]);
  }

  /** Adds an arrival's evidence. NaN amplitude or frequency says nothing. */
  addHit(weights: ClassWeights, phase: number, distance: number, amplitude: number, logFrequency: number): void {
    const table = this.#tables[phase]!;
    const loss = pathLoss(table.model, distance);
    const useAmplitude = !Number.isNaN(amplitude);
    const useFrequency = table.hasSpectrum && !Number.isNaN(logFrequency);
    const clutter = this.#clutter(
      table,
      useAmplitude ? amplitude : Number.NaN,
      useFrequency ? logFrequency : Number.NaN,
    );
    const classes = this.classCount - 1;
    for (let index = 0; index < classes; index++) {
      const predicted = table.levels[index]! - loss;
      let gain = table.logDetect[tableIndex(table, predicted)]! - clutter;
      if (useAmplitude) gain += logNormal(amplitude - predicted, this.#amplitudeVariance[index]!);
      if (useFrequency) gain += logNormal(logFrequency - this.#logFrequency[index]!, this.#frequencyVariance[index]!);
      weights.weights[index]! += gain;
    }
    this.#addOther(
      weights,
      table,
      loss,
      useAmplitude ? amplitude : Number.NaN,
      useFrequency ? logFrequency : Number.NaN,
      clutter,
    );
  }

  /** Adds the evidence of a watching channel's silence. */
  addMiss(weights: ClassWeights, phase: number, distance: number): void {
    const table = this.#tables[phase]!;
    const loss = pathLoss(table.model, distance);
    const classes = this.classCount - 1;
    for (let index = 0; index < classes; index++)
      weights.weights[index]! += table.logMiss[tableIndex(table, table.levels[index]! - loss)]!;
    weights.weights[classes]! += table.logMiss[tableIndex(table, table.otherLevel + weights.other[0]! - loss)]!;
  }

  /** What one arrival's amplitude and frequency would add under one class: for choosing between arrivals. */
  gain(
    weights: ClassWeights,
    index: number,
    phase: number,
    distance: number,
    amplitude: number,
    logFrequency: number,
  ): number {
    const table = this.#tables[phase]!;
    const loss = pathLoss(table.model, distance);
    const useFrequency = table.hasSpectrum && !Number.isNaN(logFrequency);
    const clutter = this.#clutter(table, amplitude, useFrequency ? logFrequency : Number.NaN);
    const other = index === this.classCount - 1;
    const predicted = (other ? table.otherLevel + weights.other[0]! : table.levels[index]!) - loss;
    let gain = table.logDetect[tableIndex(table, predicted)]! - clutter;
    const amplitudeVariance = other
      ? this.#models.amplitudeScatter ** 2 + weights.other[1]!
      : this.#amplitudeVariance[index]!;
    const frequencyVariance = other
      ? this.#models.frequencyScatter ** 2 + weights.other[3]!
      : this.#frequencyVariance[index]!;
    const frequency = other ? weights.other[2]! : this.#logFrequency[index]!;
    if (!Number.isNaN(amplitude)) gain += logNormal(amplitude - predicted, amplitudeVariance);
    if (useFrequency) gain += logNormal(logFrequency - frequency, frequencyVariance);
    return gain;
  }

  /** Log odds of missing against detecting nothing, for one class: always at most zero. */
  missCost(weights: ClassWeights, index: number, phase: number, distance: number): number {
    const table = this.#tables[phase]!;
    const level = index === this.classCount - 1 ? table.otherLevel + weights.other[0]! : table.levels[index]!;
    return table.logMiss[tableIndex(table, level - pathLoss(table.model, distance))]!;
  }

  #clutter(table: PhaseTable, amplitude: number, logFrequency: number): number {
    let sum = 0;
    const [meanAmplitude, spreadAmplitude] = table.model.falseAmplitude;
    if (!Number.isNaN(amplitude)) sum += logNormal(amplitude - meanAmplitude, spreadAmplitude ** 2);
    const [meanFrequency, spreadFrequency] = this.#models.falseFrequency;
    if (!Number.isNaN(logFrequency)) sum += logNormal(logFrequency - meanFrequency, spreadFrequency ** 2);
    return sum;
  }

  #addOther(
    weights: ClassWeights,
    table: PhaseTable,
    loss: number,
    amplitude: number,
    logFrequency: number,
    clutter: number,
  ): void {
    const other = weights.other;
    let gain = table.logDetect[tableIndex(table, table.otherLevel + other[0]! - loss)]! - clutter;
    if (!Number.isNaN(amplitude)) {
      const innovation = amplitude - (table.otherLevel + other[0]! - loss);
      gain += fold(other, 0, innovation, this.#models.amplitudeScatter ** 2);
    }
    if (!Number.isNaN(logFrequency))
      gain += fold(other, 2, logFrequency - other[2]!, this.#models.frequencyScatter ** 2);
    weights.weights[this.classCount - 1]! += gain;
  }
}

/** Scalar Kalman update of (mean, variance) at `place`; returns the innovation's log likelihood. */
function fold(state: Float64Array, place: number, innovation: number, noise: number): number {
  const variance = state[place + 1]!;
  const total = variance + noise;
  state[place]! += (variance / total) * innovation;
  state[place + 1] = (variance * noise) / total;
  return logNormal(innovation, total);
}

function logNormal(difference: number, variance: number): number {
  return -0.5 * ((difference * difference) / variance + Math.log(variance) + LOG_TWO_PI);
}

function tableIndex(table: PhaseTable, amplitude: number): number {
  const index = ((amplitude - table.start) / STEP) | 0;
  return index < 0 ? 0 : index >= table.logDetect.length ? table.logDetect.length - 1 : index;
}

function makeTable(model: PhaseModel, models: LocatorModels, name: "A" | "P" | "I"): PhaseTable {
  const start = model.detectionFloor - 2;
  const size = Math.ceil((model.detectionFull + 2 - start) / STEP);
  const logDetect = new Float64Array(size);
  const logMiss = new Float64Array(size);
  for (let index = 0; index < size; index++) {
    const ramp = (start + index * STEP - model.detectionFloor) / (model.detectionFull - model.detectionFloor);
    const probability = Math.max(LOWEST_DETECTION, models.detectionProbability * Math.min(1, Math.max(0, ramp)));
    logDetect[index] = Math.log(probability);
    logMiss[index] = Math.log(1 - probability);
  }
  const levels = Float64Array.from(models.signatures, (signature) => signature.level[name] ?? model.falseAmplitude[0]);
  const otherLevel = levels.length > 0 ? levels.reduce((sum, level) => sum + level, 0) / levels.length : 120;
  return { model, levels, otherLevel, start, logDetect, logMiss, hasSpectrum: name !== "P" };
}
