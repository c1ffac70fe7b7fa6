/** Sealing: every minute of the journal, and the picture made of it, by hash into the record. */
import type { Journal } from "../journal/index.ts";
import { sealedBodyOf } from "../journal/index.ts";
import type { Picture } from "../picture/index.ts";
import type { Registrar } from "../registrar/registrar.ts";

export class Sealer {
  readonly #journal: Journal;
  readonly #picture: Picture;
  readonly #registrar: Registrar;
  #lastSequence: number;
  #running: Promise<void> = Promise.resolve();

  /** `lastSequence`: last journal record that an earlier seal covers, 0 if none. */
  constructor(journal: Journal, picture: Picture, registrar: Registrar, lastSequence: number) {
    this.#journal = journal;
    this.#picture = picture;
    this.#registrar = registrar;
    this.#lastSequence = lastSequence;
  }

  /** Last journal record that is sealed. */
  get sealedSequence(): number {
    return this.#lastSequence;
  }

  /** Seals every minute that is complete. Calls follow one another; what one could not seal, the next tries again. */
  seal(): Promise<void> {
    const sealing = this.#running.then(() => this.#sealNow());
    this.#running = sealing.catch(() => undefined);
    return sealing;
  }

  async #sealNow(): Promise<void> {
    for (const minute of await this.#journal.minutesAfter(this.#lastSequence)) {
      const picture = await this.#picture.digestOf(minute.firstSequence, minute.lastSequence);
      await this.#registrar.act([
        { kind: "recordings.sealed", subject: `minute-${minute.firstSequence}`, body: sealedBodyOf(minute, picture) },
      ]);
      this.#lastSequence = minute.lastSequence;
    }
  }
}
