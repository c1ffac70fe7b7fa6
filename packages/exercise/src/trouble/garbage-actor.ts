import type { Instant } from "@openjmc/model";
import type { Actor, DueItem } from "../play/actor.ts";
import { instantOf } from "../play/time.ts";
import type { Random } from "../random/random.ts";
import type { Jamming } from "./jamming.ts";

/** A jammed receiver that sends what its front end makes of noise: blocks of random bytes, some of which look like frames. */
export class GarbageActor implements Actor {
  readonly #jamming: Jamming;
  readonly #startsAt: Instant;
  readonly #random: Random;
  nextSeconds: number;

  constructor(jamming: Jamming, startsAt: Instant, random: Random) {
    this.#jamming = jamming;
    this.#startsAt = startsAt;
    this.#random = random;
    this.nextSeconds = jamming.habit === "garbage" ? jamming.silentSeconds : Number.POSITIVE_INFINITY;
  }

  step(put: (item: DueItem) => void): void {
    const random = this.#random;
    const at = instantOf(this.#startsAt, this.nextSeconds);
    const bytes = Uint8Array.from({ length: random.integer(40, 400) }, () => random.integer(0, 255));
    for (let mark = random.integer(0, 3); mark > 0; mark--)
      bytes.set([0x1a, 0x33], random.integer(0, bytes.length - 2));
    put({ at, make: () => ({ kind: "bytes", at, source: this.#jamming.source, bytes }) });
    const next = this.nextSeconds + random.between(0.2, 0.8);
    this.nextSeconds = next < this.#jamming.endSeconds ? next : Number.POSITIVE_INFINITY;
  }
}
