import type { Instant } from "@openjmc/model";
import type { Actor, DueItem } from "../play/actor.ts";
import { instantOf } from "../play/time.ts";
import type { Random } from "../random/random.ts";
import type { Aircraft } from "./aircraft.ts";
import { STATE_LENGTH } from "./flight-path.ts";
import { lookAt, nextPass, type Radar, type RadarLook } from "./radar.ts";
import { type MeasuredPlot, RadarWire } from "./radar-wire.ts";
import type { AirReference } from "./squitter.ts";

/** Share of detections to which the transponder's reply is missing. */
const REPLY_MISSED = 0.05;

/** One aircraft in one radar's beam: a plot for each turn of the antenna that detects it. */
export class EchoActor implements Actor {
  readonly #aircraft: Aircraft;
  readonly #radar: Radar;
  readonly #reference: AirReference;
  readonly #startsAt: Instant;
  readonly #random: Random;
  readonly #wire: RadarWire;
  readonly #state = new Float64Array(STATE_LENGTH);
  readonly #look: RadarLook = { range: 0, azimuth: 0, isVisible: false };
  nextSeconds: number;

  constructor(
    aircraft: Aircraft,
    radar: Radar,
    setting: { readonly startsAt: Instant; readonly reference: AirReference },
    random: Random,
  ) {
    this.#aircraft = aircraft;
    this.#radar = radar;
    this.#reference = setting.reference;
    this.#startsAt = setting.startsAt;
    this.#random = random;
    this.#wire = new RadarWire(radar);
    this.#lookAt(aircraft.path.startSeconds);
    this.nextSeconds = this.#passAfter(aircraft.path.startSeconds);
  }

  step(put: (item: DueItem) => void): void {
    const seconds = this.nextSeconds;
    this.#lookAt(seconds);
    // Half a turn on: the target moves, and must be met once in each turn.
    this.nextSeconds = this.#passAfter(seconds + this.#radar.periodSeconds / 2);
    if (!this.#look.isVisible || !this.#random.chance(this.#radar.detectionProbability)) return;
    const plot = this.#measure(seconds);
    const at = instantOf(this.#startsAt, seconds + this.#radar.latencySeconds);
    put({ at, make: () => ({ kind: "bytes", at, source: this.#radar.id, bytes: this.#wire.plot(plot) }) });
  }

  #lookAt(seconds: number): void {
    this.#aircraft.path.stateAt(seconds, this.#state);
    const height = this.#state[2]! + this.#reference.ellipsoidMinusSea;
    lookAt(this.#radar, this.#state[0]!, this.#state[1]!, height, this.#look);
  }

  #passAfter(seconds: number): number {
    const next = nextPass(this.#radar, this.#look.azimuth, seconds);
    return next > this.#aircraft.path.endSeconds ? Number.POSITIVE_INFINITY : next;
  }

  #measure(seconds: number): MeasuredPlot {
    const random = this.#random;
    const { rangeBias, rangeDeviation, azimuthBias, azimuthDeviation, timeBias } = this.#radar;
    const { icao, squawk, callsign, transponder } = this.#aircraft;
    const pressureMetres = this.#state[2]! + this.#reference.pressureMinusSea + transponder.altitudeError;
    const measured = {
      at: instantOf(this.#startsAt, seconds + timeBias),
      range: Math.max(1, this.#look.range + rangeBias + random.normal(0, rangeDeviation)),
      azimuth: this.#look.azimuth + azimuthBias + random.normal(0, azimuthDeviation),
    };
    return random.chance(REPLY_MISSED) ? measured : { ...measured, reply: { icao, squawk, callsign, pressureMetres } };
  }
}
