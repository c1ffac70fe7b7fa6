import { encodeArrival, type StationMessage } from "@openjmc/formats";
import type { Instant } from "@openjmc/model";
import type { Actor, DueItem } from "../play/actor.ts";
import { instantOf } from "../play/time.ts";
import type { Random } from "../random/random.ts";
import type { Arrival } from "./arrival.ts";
import type { Atmosphere } from "./atmosphere.ts";
import { noiseAt } from "./hearing.ts";
import type { Station } from "./station.ts";

/** A station's part in one episode. It starts anew with every episode: `boot` counts its starts, lines count from 1. */
export interface StationPart {
  readonly startsAt: Instant;
  readonly boot: number;
  readonly fromSeconds: number;
  /** End of the episode, or the second of the station's death. */
  readonly untilSeconds: number;
  readonly station: Station;
  readonly arrivals: readonly Arrival[];
  readonly atmosphere: Atmosphere;
  /** Between two signs of life; ten where it is not given. */
  readonly heartbeatSeconds?: number;
}

const HEARTBEAT_SECONDS = 10;
/** The sun charges it again. */
const LEAST_BATTERY = 20;
const text = new TextEncoder();

/** Sends a station's lines: an arrival some tenths of a second after it was heard, and again and again a sign of life. */
export class StationActor implements Actor {
  readonly #part: StationPart;
  readonly #random: Random;
  readonly #battery: number;
  #index = 0;
  readonly #period: number;
  #heartbeat: number;
  #sequence = 0;
  #lastOutput = Number.NEGATIVE_INFINITY;
  nextSeconds: number;

  constructor(part: StationPart, random: Random) {
    this.#part = part;
    this.#random = random;
    this.#battery = random.between(60, 98);
    this.#period = part.heartbeatSeconds ?? HEARTBEAT_SECONDS;
    this.#heartbeat = part.fromSeconds + random.between(0, this.#period);
    this.nextSeconds = this.#next();
  }

  step(put: (item: DueItem) => void): void {
    const seconds = this.nextSeconds;
    const arrival = this.#part.arrivals[this.#index];
    if (arrival && arrival.seconds === seconds) {
      this.#index++;
      this.#send(seconds, (sequence) => this.#arrival(arrival, sequence), put);
    } else {
      this.#heartbeat += this.#period;
      this.#send(seconds, (sequence) => this.#sign(seconds, sequence), put);
    }
    this.nextSeconds = this.#next();
  }

  #next(): number {
    const next = Math.min(this.#heartbeat, this.#part.arrivals[this.#index]?.seconds ?? Number.POSITIVE_INFINITY);
    return next < this.#part.untilSeconds ? next : Number.POSITIVE_INFINITY;
  }

  /** A station processes one thing after the other: lines leave in the order of their sequence. */
  #send(seconds: number, compose: (sequence: number) => StationMessage, put: (item: DueItem) => void): void {
    const { station, startsAt } = this.#part;
    const latency = station.latencyLeast + this.#random.exponential(station.latencyMean);
    this.#lastOutput = Math.max(this.#lastOutput + 0.001, seconds + latency);
    const sequence = ++this.#sequence;
    const at = instantOf(startsAt, this.#lastOutput);
    const make = () => text.encode(`${encodeArrival(compose(sequence))}\n`);
    put({ at, make: () => ({ kind: "bytes", at, source: station.id, bytes: make() }) });
  }

  #shown(seconds: number): Instant {
    return instantOf(this.#part.startsAt, seconds + this.#part.station.clock.error(seconds));
  }

  #arrival(arrival: Arrival, sequence: number): StationMessage {
    const { station, boot } = this.#part;
    const bearing =
      arrival.backAzimuth === undefined || station.bearingError === undefined
        ? {}
        : { backAzimuth: fullTurn(arrival.backAzimuth), backAzimuthError: round(station.bearingError, 1000) };
    return {
      kind: "arrival",
      station: station.id,
      sequence,
      boot,
      at: this.#shown(arrival.seconds),
      clock: { source: station.clock.source, errorMicroseconds: station.clock.claimMicroseconds },
      phase: "acoustic",
      amplitudeDecibels: round(arrival.levelDecibel, 10),
      frequency: round(arrival.frequencyHertz, 10),
      duration: round(arrival.durationMilliseconds / 1000, 1000),
      signalToNoiseDecibels: round(arrival.signalToNoise, 10),
      ...bearing,
    };
  }

  #sign(seconds: number, sequence: number): StationMessage {
    const { station, atmosphere, boot, fromSeconds } = this.#part;
    return {
      kind: "heartbeat",
      station: station.id,
      sequence,
      boot,
      at: this.#shown(seconds),
      noiseDecibels: round(noiseAt(station, atmosphere, seconds), 10),
      batteryPercent: Math.max(LEAST_BATTERY, Math.round(this.#battery - (seconds - fromSeconds) / 3600)),
    };
  }
}

function fullTurn(azimuth: number): number {
  const turn = 2 * Math.PI;
  const full = azimuth - turn * Math.floor(azimuth / turn);
  // Rounding to a millionth of a degree must not carry it up to the full circle.
  return full > turn - 1e-7 ? 0 : full;
}

function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
