import type { Instant } from "@openjmc/model";
import type { Actor, DueItem } from "../play/actor.ts";
import { instantOf } from "../play/time.ts";
import type { Random } from "../random/random.ts";
import { type Jamming, silences } from "../trouble/jamming.ts";
import type { Receiver } from "./receiver.ts";
import { ReceiverWire } from "./receiver-wire.ts";

/** Mean seconds between frames that a receiver makes out of noise. */
const PAUSE = 3;

/** A raw receiver's own noise: frames of the right length that no aircraft sent. Receivers that decode drop theirs. */
export class NoiseActor implements Actor {
  readonly #receiver: Receiver;
  readonly #wire: ReceiverWire;
  readonly #setting: {
    readonly startsAt: Instant;
    readonly untilSeconds: number;
    readonly jammings: readonly Jamming[];
  };
  readonly #random: Random;
  nextSeconds: number;

  constructor(
    receiver: Receiver,
    setting: {
      readonly startsAt: Instant;
      readonly fromSeconds: number;
      readonly untilSeconds: number;
      readonly jammings: readonly Jamming[];
    },
    random: Random,
  ) {
    this.#receiver = receiver;
    this.#wire = new ReceiverWire(receiver);
    this.#setting = setting;
    this.#random = random;
    const isRaw = receiver.format !== "sbs";
    this.nextSeconds = isRaw ? setting.fromSeconds + random.exponential(PAUSE) : Number.POSITIVE_INFINITY;
  }

  step(put: (item: DueItem) => void): void {
    const { startsAt, untilSeconds, jammings } = this.#setting;
    const random = this.#random;
    const seconds = this.nextSeconds;
    const message = Uint8Array.from({ length: random.chance(0.5) ? 7 : 14 }, () => random.integer(0, 255));
    // A receiver takes the length from the first bit.
    message[0] = (message[0]! & 0x7f) | (message.length === 14 ? 0x80 : 0);
    const at = instantOf(startsAt, seconds + this.#receiver.latencyLeast);
    if (!jammings.some((jamming) => silences(jamming, this.#receiver.id, seconds)))
      put({ at, make: () => this.#item(message, seconds, at) });
    const next = seconds + random.exponential(PAUSE);
    this.nextSeconds = next < untilSeconds ? next : Number.POSITIVE_INFINITY;
  }

  #item(message: Uint8Array, seconds: number, at: Instant) {
    const bytes = this.#wire.write(message, seconds, at, 6);
    return bytes && ({ kind: "bytes", at, source: this.#receiver.id, bytes } as const);
  }
}
