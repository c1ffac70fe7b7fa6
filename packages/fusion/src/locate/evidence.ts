/** How well amplitude, frequency and silence at the stations fit each class of source, as log likelihood ratios against false arrivals. */
import { type LocatorModels, PHASES, type Phase, type PhaseModel } from "./configuration.ts";

const LOG_TWO_PI = Math.log(2 * Math.PI);
const DECIBEL_STEP = 0.25;
const DISTANCE_STEP = 32;
const LOWEST_DETECTION = 0.004;
const LONGEST_TABLE = 4096;
const MOST_COUNTED = 200;
/** Classes whose log weight is so far behind the best are left out of account. */
const UNLIKELY = 10;
/** Classes so far behind the best are no longer followed. */
const HOPELESS = 40;
/** Decibels by which a source is taken to be louder than it seems when asked how far it may be heard. */
const LOUDER = 3;
/** What is assumed of a source that fits no signature. */
const OTHER = { probability: 0.03, levelSpread: 10, frequency: 15, frequencySpread: 0.7 } as const;

/**
 * Per-class log weights of one hypothesis; the last class is a source that fits no signature. A source may be louder or of
 * other pitch than its class's middle: each class keeps its own estimate of that departure, common to all stations.
 */
export class ClassWeights {
  readonly weights: Float64Array;
  /** Estimated departure of level (decibels) and of log frequency, per class. */
  readonly level: Float64Array;
  readonly pitch: Float64Array;
  /** Amplitudes and frequencies folded in so far. */
  levels = 0;
  pitches = 0;

  constructor(count: number) {
    this.weights = new Float64Array(count);
    this.level = new Float64Array(count);
    this.pitch = new Float64Array(count);
  }

  copyFrom(from: ClassWeights): void {
    this.weights.set(from.weights);
    this.level.set(from.level);
    this.pitch.set(from.pitch);
    this.levels = from.levels;
    this.pitches = from.pitches;
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

/** Arrivals that a seed rests on. */
const SEED_ARRIVALS = 3;

/** What is known of them, one entry each. */
export interface SeedArrivals {
  readonly phase: Int32Array;
  readonly distance: Float64Array;
  readonly amplitude: Float64Array;
  readonly logFrequency: Float64Array;
  readonly clutter: Float64Array;
}

interface PhaseTable {
  readonly model: PhaseModel;
  readonly levels: Float64Array;
  readonly hasSpectrum: boolean;
  /** Loss in decibels by distance. */
  readonly loss: Float64Array;
  /** Log of detection and of missing by predicted amplitude above `start`. */
  readonly start: number;
  readonly logDetect: Float64Array;
  readonly logMiss: Float64Array;
}

/** Estimation of one departure from n measurements: all weights are known beforehand, entry n per class at `n * classes`. */
class Counted {
  readonly gain: Float64Array;
  readonly precision: Float64Array;
  readonly constant: Float64Array;
  /** Inverse of the noise's variance; per entry the share of the squared sum that the offset takes, and the log determinant's part. */
  readonly #own: number;
  readonly #shared: Float64Array;
  readonly #determinant: Float64Array;
  readonly #classes: number;

  constructor(spreads: readonly number[], noise: number) {
    this.#own = 1 / noise ** 2;
    this.#classes = spreads.length;
    this.#shared = new Float64Array(spreads.length * MOST_COUNTED);
    this.#determinant = new Float64Array(spreads.length * MOST_COUNTED);
    const size = spreads.length * MOST_COUNTED;
    this.gain = new Float64Array(size);
    this.precision = new Float64Array(size);
    this.constant = new Float64Array(size);
    for (let count = 0; count < MOST_COUNTED; count++)
      spreads.forEach((spread, index) => {
        const known = 1 / (1 / spread ** 2 + count / noise ** 2);
        const total = known + noise ** 2;
        const place = count * spreads.length + index;
        this.gain[place] = known / total;
        this.precision[place] = 1 / total;
        this.constant[place] = -0.5 * (Math.log(total) + LOG_TWO_PI);
        const whole = noise ** 2 + count * spread ** 2;
        this.#shared[place] = spread ** 2 / whole;
        this.#determinant[place] =
          count === 0 ? 0 : -0.5 * (count * LOG_TWO_PI + (count - 1) * Math.log(noise ** 2) + Math.log(whole));
      });
  }

  /**
   * Log likelihood of departures that share one unknown offset (nought, give or take the class's spread), each with its own noise,
   * from their sum and the sum of their squares: the joint normal density by the matrix determinant lemma.
   */
  together(index: number, count: number, sum: number, squares: number): number {
    const place = count * this.#classes + index;
    return this.#determinant[place]! - 0.5 * (squares - sum * sum * this.#shared[place]!) * this.#own;
  }
}

export class Evidence {
  readonly classCount: number;
  readonly names: readonly string[];
  readonly #tables: (PhaseTable | undefined)[];
  readonly #models: LocatorModels;
  readonly #priors: Float64Array;
  readonly #logFrequency: Float64Array;
  readonly #levelSpread: readonly number[];
  readonly #pitchSpread: readonly number[];
  readonly #level: Counted;
  readonly #pitch: Counted;
  readonly #seedLoss = new Float64Array(SEED_ARRIVALS);

  constructor(models: LocatorModels) {
    const { signatures } = models;
    this.#models = models;
    this.classCount = signatures.length + 1;
    this.names = [...signatures.map((signature) => signature.what), "undetermined"];
    this.#priors = Float64Array.from(
      [...signatures.map(({ probability }) => probability), OTHER.probability],
      Math.log,
    );
    this.#logFrequency = Float64Array.from(
      [...signatures.map(({ frequency }) => frequency), OTHER.frequency],
      Math.log,
    );
    this.#levelSpread = [...signatures.map(({ levelSpread }) => levelSpread), OTHER.levelSpread];
    this.#pitchSpread = [...signatures.map(({ frequencySpread }) => frequencySpread), OTHER.frequencySpread];
    this.#level = new Counted(this.#levelSpread, models.amplitudeScatter);
    this.#pitch = new Counted(this.#pitchSpread, models.frequencyScatter);
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

  /** Starts afresh; `mask` has a bit for each class that is in question at all. */
  reset(classes: ClassWeights, mask = -1): void {
    for (let index = 0; index < this.classCount; index++)
      classes.weights[index] = (mask >> index) & 1 ? this.#priors[index]! : Number.NEGATIVE_INFINITY;
    classes.level.fill(0);
    classes.pitch.fill(0);
    classes.levels = 0;
    classes.pitches = 0;
  }

  /** Log likelihood of an amplitude and a frequency under the assumption that the arrival is false; NaN says nothing. */
  clutter(phase: number, amplitude: number, logFrequency: number): number {
    const table = this.#tables[phase]!;
    const [meanAmplitude, spreadAmplitude] = table.model.falseAmplitude;
    const [meanFrequency, spreadFrequency] = this.#models.falseFrequency;
    let sum = 0;
    if (!Number.isNaN(amplitude)) sum += logNormal(amplitude - meanAmplitude, spreadAmplitude);
    if (table.hasSpectrum && !Number.isNaN(logFrequency))
      sum += logNormal(logFrequency - meanFrequency, spreadFrequency);
    return sum;
  }

  /** Adds an arrival's evidence to every class; `clutter` as the method of that name gave it. */
  addHit(
    classes: ClassWeights,
    phase: number,
    distance: number,
    amplitude: number,
    logFrequency: number,
    clutter: number,
  ): void {
    const table = this.#tables[phase]!;
    const loss = lossAt(table, distance);
    const { weights, level, pitch } = classes;
    const count = this.classCount;
    const { levels } = table;
    const floor = weights[classes.best()]! - HOPELESS;
    for (let index = 0; index < count; index++)
      if (weights[index]! > floor)
        weights[index]! += table.logDetect[decibelIndex(table, levels[index]! + level[index]! - loss)]! - clutter;
    if (!Number.isNaN(amplitude)) {
      const row = classes.levels * count;
      const { gain, precision, constant } = this.#level;
      for (let index = 0; index < count; index++) {
        if (weights[index]! <= floor) continue;
        const innovation = amplitude - levels[index]! - level[index]! + loss;
        weights[index]! += constant[row + index]! - 0.5 * innovation * innovation * precision[row + index]!;
        level[index]! += gain[row + index]! * innovation;
      }
      if (classes.levels < MOST_COUNTED - 1) classes.levels++;
    }
    if (!table.hasSpectrum || Number.isNaN(logFrequency)) return;
    const row = classes.pitches * count;
    const { gain, precision, constant } = this.#pitch;
    for (let index = 0; index < count; index++) {
      if (weights[index]! <= floor) continue;
      const innovation = logFrequency - this.#logFrequency[index]! - pitch[index]!;
      weights[index]! += constant[row + index]! - 0.5 * innovation * innovation * precision[row + index]!;
      pitch[index]! += gain[row + index]! * innovation;
    }
    if (classes.pitches < MOST_COUNTED - 1) classes.pitches++;
  }

  /**
   * Log likelihood of a seed's arrivals under the best of the classes in `mask`, its prior included, without following them up one by
   * one: their common departures of level and pitch are integrated out at once. Detection is taken at the level that was measured,
   * so that the answer hardly falls below what following up would give.
   */
  seedLook(mask: number, seed: SeedArrivals): number {
    const loss = this.#seedLoss;
    let clutter = 0;
    let levels = 0;
    let pitches = 0;
    let pitchSum = 0;
    let pitchSquares = 0;
    for (let each = 0; each < SEED_ARRIVALS; each++) {
      const table = this.#tables[seed.phase[each]!]!;
      loss[each] = lossAt(table, seed.distance[each]!);
      clutter += seed.clutter[each]!;
      if (!Number.isNaN(seed.amplitude[each]!)) levels++;
      const logFrequency = seed.logFrequency[each]!;
      if (!table.hasSpectrum || Number.isNaN(logFrequency)) continue;
      pitches++;
      pitchSum += logFrequency;
      pitchSquares += logFrequency * logFrequency;
    }
    let best = Number.NEGATIVE_INFINITY;
    for (let rest = mask & ((1 << this.classCount) - 1); rest !== 0; rest &= rest - 1) {
      const index = 31 - Math.clz32(rest & -rest);
      const middle = this.#logFrequency[index]!;
      const departure = pitchSum - pitches * middle;
      const squares = pitchSquares - middle * (2 * pitchSum - pitches * middle);
      const gain =
        this.#priors[index]! +
        this.#pitch.together(index, pitches, departure, squares) +
        this.#seedLevel(index, seed, levels);
      if (gain > best) best = gain;
    }
    return best - clutter;
  }

  /** What the levels of a seed's arrivals say under one class, and that they were heard at all. */
  #seedLevel(index: number, seed: SeedArrivals, levels: number): number {
    let gain = 0;
    let sum = 0;
    let squares = 0;
    for (let each = 0; each < SEED_ARRIVALS; each++) {
      const table = this.#tables[seed.phase[each]!]!;
      const amplitude = seed.amplitude[each]!;
      const departure = amplitude - table.levels[index]! + this.#seedLoss[each]!;
      if (departure > 0) gain += table.logDetect[decibelIndex(table, amplitude)]!;
      else gain += table.logDetect[decibelIndex(table, table.levels[index]! - this.#seedLoss[each]!)]!;
      if (Number.isNaN(departure)) continue;
      sum += departure;
      squares += departure * departure;
    }
    return gain + this.#level.together(index, levels, sum, squares);
  }

  /** Adds the evidence of a watching channel's silence. */
  addMiss(classes: ClassWeights, phase: number, distance: number): void {
    const table = this.#tables[phase]!;
    const loss = lossAt(table, distance);
    const { weights, level } = classes;
    const floor = weights[classes.best()]! - HOPELESS;
    for (let index = 0; index < this.classCount; index++)
      if (weights[index]! > floor)
        weights[index]! += table.logMiss[decibelIndex(table, table.levels[index]! + level[index]! - loss)]!;
  }

  /** What one arrival would add under one class: for choosing between arrivals. */
  gain(
    classes: ClassWeights,
    index: number,
    phase: number,
    distance: number,
    amplitude: number,
    logFrequency: number,
    clutter: number,
  ): number {
    const table = this.#tables[phase]!;
    const predicted = table.levels[index]! + classes.level[index]! - lossAt(table, distance);
    let gain = table.logDetect[decibelIndex(table, predicted)]! - clutter;
    if (!Number.isNaN(amplitude)) {
      const place = classes.levels * this.classCount + index;
      const innovation = amplitude - predicted;
      gain += this.#level.constant[place]! - 0.5 * innovation * innovation * this.#level.precision[place]!;
    }
    if (table.hasSpectrum && !Number.isNaN(logFrequency)) {
      const place = classes.pitches * this.classCount + index;
      const innovation = logFrequency - this.#logFrequency[index]! - classes.pitch[index]!;
      gain += this.#pitch.constant[place]! - 0.5 * innovation * innovation * this.#pitch.precision[place]!;
    }
    return gain;
  }

  /** Log probability that a watching channel misses the event, for one class: at most zero. */
  missCost(classes: ClassWeights, index: number, phase: number, distance: number): number {
    const table = this.#tables[phase]!;
    const predicted = table.levels[index]! + classes.level[index]! - lossAt(table, distance);
    return table.logMiss[decibelIndex(table, predicted)]!;
  }

  /** Distance within which any class that is still likely may be heard, metres. */
  reach(classes: ClassWeights, phase: number): number {
    const table = this.#tables[phase];
    if (table === undefined) return 0;
    const { weights } = classes;
    const floor = weights[classes.best()]! - UNLIKELY;
    let reach = 0;
    for (let index = 0; index < this.classCount; index++) {
      if (weights[index]! < floor) continue;
      const level = table.levels[index]! + classes.level[index]! + Math.min(LOUDER, this.#levelSpread[index]!);
      reach = Math.max(reach, audibleRange(table.loss, level - table.model.detectionFloor));
    }
    return Math.min(reach, table.model.maximumRange);
  }

  /** Distances between which an amplitude can come from a class, within so many deviations; metres. */
  distancesOf(
    index: number,
    phase: number,
    amplitude: number,
    deviations: number,
  ): readonly [nearest: number, farthest: number] {
    const table = this.#tables[phase]!;
    const spread = deviations * Math.hypot(this.#models.amplitudeScatter, this.#levelSpread[index]!);
    const nearest = audibleRange(table.loss, table.levels[index]! - amplitude - spread);
    return [
      Math.max(0, nearest - DISTANCE_STEP),
      audibleRange(table.loss, table.levels[index]! - amplitude + spread) + DISTANCE_STEP,
    ];
  }

  /** Log frequency of a class and its one-sigma scatter. */
  spectrumOf(index: number): readonly [number, number] {
    return [this.#logFrequency[index]!, Math.hypot(this.#models.frequencyScatter, this.#pitchSpread[index]!)];
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

function logNormal(difference: number, deviation: number): number {
  return -0.5 * ((difference / deviation) ** 2 + LOG_TWO_PI) - Math.log(deviation);
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
  const known = models.signatures.map((signature) => signature.level[name] ?? model.falseAmplitude[0]);
  const middle = known.length > 0 ? known.reduce((sum, level) => sum + level, 0) / known.length : 120;
  const levels = Float64Array.from([...known, middle]);
  const entries = Math.min(LONGEST_TABLE, Math.ceil(model.maximumRange / DISTANCE_STEP) + 2);
  const loss = Float64Array.from({ length: entries }, (_, index) => pathLoss(model, (index + 0.5) * DISTANCE_STEP));
  return {
    model,
    levels,
    hasSpectrum: name !== "P",
    loss,
    start,
    logDetect: detection.map(Math.log),
    logMiss: detection.map((probability) => Math.log(1 - probability)),
  };
}
