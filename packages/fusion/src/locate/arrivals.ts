/** Arrivals held for association: structure of arrays in a growing ring, and per channel a list sorted by time. */

import { plainNumbers, realNumbers } from "./plain.ts";

export interface ChannelSnapshot {
  readonly times: readonly number[];
  readonly numbers: readonly number[];
  readonly rate: number;
  readonly rateAt: number | null;
  readonly lastTime: number | null;
}

/** Held arrivals: first number, then field by field. */
export interface ArrivalsSnapshot {
  readonly first: number;
  readonly fields: readonly (readonly (number | null)[])[];
}

/** One station's arrivals of one phase, sorted by time. */
export class Channel {
  readonly station: number;
  readonly phase: number;
  times = new Float64Array(64);
  numbers = new Int32Array(64);
  head = 0;
  tail = 0;
  /** Arrivals a second, decaying average, and the instant of its last update. */
  rate = 0;
  rateAt = Number.NaN;
  /** Log of false arrivals a second. */
  logClutter = -6;
  lastTime = Number.NEGATIVE_INFINITY;

  constructor(station: number, phase: number) {
    this.station = station;
    this.phase = phase;
  }

  /** Index of the first arrival at or after `time`. */
  lowerBound(time: number): number {
    let low = this.head;
    let high = this.tail;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Puts an arrival in its place by time; late ones shift their successors. */
  insert(time: number, number: number): void {
    if (this.tail === this.times.length) this.#makeRoom();
    let place = this.tail++;
    while (place > this.head && this.times[place - 1]! > time) {
      this.times[place] = this.times[place - 1]!;
      this.numbers[place] = this.numbers[place - 1]!;
      place--;
    }
    this.times[place] = time;
    this.numbers[place] = number;
    if (time > this.lastTime) this.lastTime = time;
  }

  /** Moves all held times by so many seconds. */
  shift(seconds: number): void {
    for (let index = this.head; index < this.tail; index++) this.times[index]! += seconds;
    this.lastTime += seconds;
  }

  /** Forgets what is older than `time`. */
  dropBefore(time: number): void {
    while (this.head < this.tail && this.times[this.head]! < time) this.head++;
  }

  snapshot(): ChannelSnapshot {
    return {
      times: [...this.times.subarray(this.head, this.tail)],
      numbers: [...this.numbers.subarray(this.head, this.tail)],
      rate: this.rate,
      rateAt: Number.isNaN(this.rateAt) ? null : this.rateAt,
      lastTime: Number.isFinite(this.lastTime) ? this.lastTime : null,
    };
  }

  restore(saved: ChannelSnapshot): void {
    this.head = 0;
    this.tail = 0;
    saved.times.forEach((time, index) => {
      this.insert(time, saved.numbers[index]!);
    });
    this.rate = saved.rate;
    this.rateAt = saved.rateAt ?? Number.NaN;
    this.lastTime = saved.lastTime ?? Number.NEGATIVE_INFINITY;
  }

  #makeRoom(): void {
    const held = this.tail - this.head;
    const size = held * 2 > this.times.length ? this.times.length * 2 : this.times.length;
    const times = new Float64Array(size);
    const numbers = new Int32Array(size);
    times.set(this.times.subarray(this.head, this.tail));
    numbers.set(this.numbers.subarray(this.head, this.tail));
    this.times = times;
    this.numbers = numbers;
    this.head = 0;
    this.tail = held;
  }
}

/** Entries per arrival in `nearest` and `farthest`: no more classes than this. */
export const CLASS_STRIDE = 16;

/** Fields of every held arrival; arrival number `n` stands at `n & mask`. Times in seconds, frequency as natural logarithm. */
export class ArrivalStore {
  mask = 1023;
  first = 0;
  next = 0;
  time = new Float64Array(1024);
  timeVariance = new Float64Array(1024);
  amplitude = new Float64Array(1024);
  logFrequency = new Float64Array(1024);
  backAzimuth = new Float64Array(1024);
  bearingVariance = new Float64Array(1024);
  channel = new Int32Array(1024);
  /** Key of the owning event, or -1. */
  owner = new Int32Array(1024);
  frame = new Float64Array(1024);
  /** Sine and cosine of the back-azimuth. */
  bearingEast = new Float64Array(1024);
  bearingNorth = new Float64Array(1024);
  /** Log likelihood of amplitude and frequency if the arrival is false. */
  clutter = new Float64Array(1024);
  /** What it costs to take it from its owner, log odds; worked out where it is asked for. */
  price = new Float64Array(1024);
  /** Per class: distances between which the amplitude can have been heard, metres; farthest below nearest excludes the class. */
  nearest = new Float64Array(1024 * CLASS_STRIDE);
  farthest = new Float64Array(1024 * CLASS_STRIDE);

  /** Makes room for one arrival and returns its number; the caller fills the fields. */
  add(): number {
    if (this.next - this.first > this.mask) this.#grow();
    return this.next++;
  }

  #fields(): (Float64Array | Int32Array)[] {
    return [
      this.time,
      this.timeVariance,
      this.amplitude,
      this.logFrequency,
      this.backAzimuth,
      this.bearingVariance,
      this.channel,
      this.owner,
      this.frame,
      this.bearingEast,
      this.bearingNorth,
    ];
  }

  snapshot(): ArrivalsSnapshot {
    const numbers: number[] = [];
    for (let number = this.first; number < this.next; number++) numbers.push(number & this.mask);
    return { first: this.first, fields: this.#fields().map((field) => plainNumbers(numbers.map((at) => field[at]!))) };
  }

  restore(saved: ArrivalsSnapshot): void {
    this.first = saved.first;
    this.next = saved.first;
    const count = saved.fields[0]!.length;
    for (let index = 0; index < count; index++) this.add();
    this.#fields().forEach((field, index) => {
      realNumbers(saved.fields[index]!).forEach((value, offset) => {
        field[(saved.first + offset) & this.mask] = value;
      });
    });
  }

  #grow(): void {
    const size = (this.mask + 1) * 2;
    const move = <T extends Float64Array | Int32Array>(from: T, to: T, stride: number): T => {
      for (let number = this.first; number < this.next; number++)
        for (let index = 0; index < stride; index++)
          to[(number & (size - 1)) * stride + index] = from[(number & this.mask) * stride + index]!;
      return to;
    };
    this.time = move(this.time, new Float64Array(size), 1);
    this.timeVariance = move(this.timeVariance, new Float64Array(size), 1);
    this.amplitude = move(this.amplitude, new Float64Array(size), 1);
    this.logFrequency = move(this.logFrequency, new Float64Array(size), 1);
    this.backAzimuth = move(this.backAzimuth, new Float64Array(size), 1);
    this.bearingVariance = move(this.bearingVariance, new Float64Array(size), 1);
    this.channel = move(this.channel, new Int32Array(size), 1);
    this.owner = move(this.owner, new Int32Array(size), 1);
    this.frame = move(this.frame, new Float64Array(size), 1);
    this.bearingEast = move(this.bearingEast, new Float64Array(size), 1);
    this.bearingNorth = move(this.bearingNorth, new Float64Array(size), 1);
    this.price = new Float64Array(size);
    this.clutter = move(this.clutter, new Float64Array(size), 1);
    this.nearest = move(this.nearest, new Float64Array(size * CLASS_STRIDE), CLASS_STRIDE);
    this.farthest = move(this.farthest, new Float64Array(size * CLASS_STRIDE), CLASS_STRIDE);
    this.mask = size - 1;
  }
}
