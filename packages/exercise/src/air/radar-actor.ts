import type { Instant } from "@openjmc/model";
import type { Actor, DueItem } from "../play/actor.ts";
import { instantOf } from "../play/time.ts";
import type { Random } from "../random/random.ts";
import { antennaAt, nextPass, type Radar } from "./radar.ts";
import { RadarWire } from "./radar-wire.ts";

/** What a radar says by itself: that its antenna points north, and plots of nothing. */
export class RadarActor implements Actor {
  readonly #radar: Radar;
  readonly #startsAt: Instant;
  readonly #untilSeconds: number;
  readonly #random: Random;
  readonly #wire: RadarWire;
  #nextNorth: number;
  #nextFalse: number;
  nextSeconds: number;

  constructor(
    radar: Radar,
    part: { readonly startsAt: Instant; readonly fromSeconds: number; readonly untilSeconds: number },
    random: Random,
  ) {
    this.#radar = radar;
    this.#startsAt = part.startsAt;
    this.#untilSeconds = part.untilSeconds;
    this.#random = random;
    this.#wire = new RadarWire(radar);
    this.#nextNorth = nextPass(radar, 0, part.fromSeconds);
    this.#nextFalse = part.fromSeconds + this.#pause();
    this.nextSeconds = this.#next();
  }

  step(put: (item: DueItem) => void): void {
    const seconds = this.nextSeconds;
    if (seconds === this.#nextNorth) {
      const { at, out } = this.#times(seconds);
      this.#put(out, () => this.#wire.northMarker(at), put);
      this.#nextNorth = nextPass(this.#radar, 0, seconds + this.#radar.periodSeconds / 2);
    } else {
      this.#makeFalse(seconds, put);
      this.#nextFalse = seconds + this.#pause();
    }
    this.nextSeconds = this.#next();
  }

  #makeFalse(seconds: number, put: (item: DueItem) => void): void {
    const { at, out } = this.#times(seconds);
    const range = this.#random.between(this.#radar.minimumRangeMetres, this.#radar.rangeMetres);
    const azimuth = antennaAt(this.#radar, seconds);
    this.#put(out, () => this.#wire.plot({ at, range, azimuth }), put);
  }

  #put(at: Instant, bytes: () => Uint8Array, put: (item: DueItem) => void): void {
    put({ at, make: () => ({ kind: "bytes", at, source: this.#radar.id, bytes: bytes() }) });
  }

  /** The time that is stamped on what happens at `seconds`, and when it leaves. */
  #times(seconds: number): { readonly at: Instant; readonly out: Instant } {
    const { timeBias, latencySeconds } = this.#radar;
    return {
      at: instantOf(this.#startsAt, seconds + timeBias),
      out: instantOf(this.#startsAt, seconds + latencySeconds),
    };
  }

  #pause(): number {
    const { periodSeconds, falsePlotsPerPeriod } = this.#radar;
    return falsePlotsPerPeriod > 0
      ? this.#random.exponential(periodSeconds / falsePlotsPerPeriod)
      : Number.POSITIVE_INFINITY;
  }

  #next(): number {
    const next = Math.min(this.#nextNorth, this.#nextFalse);
    return next < this.#untilSeconds ? next : Number.POSITIVE_INFINITY;
  }
}
