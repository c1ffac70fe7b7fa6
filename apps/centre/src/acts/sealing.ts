/** Sealing: every minute of the journal, and the picture made of it, by hash into the record. */
import { formatInstant, type SignedMinuteBody } from "@openjmc/model";
import type { Journal } from "../journal/index.ts";
import { sealedBodyOf } from "../journal/index.ts";
import type { SourceTap } from "../lane/source-proof.ts";
import { type Picture, PictureDigests } from "../picture/index.ts";
import type { Registrar } from "../registrar/registrar.ts";

/** More than these wait for the next seal, so that an entry stays short enough to be taken. */
const MOST_TAPS = 60;

function signedMinute({ minute, ...tap }: SourceTap): SignedMinuteBody {
  return { ...tap, minute: formatInstant(minute) };
}

export class Sealer {
  readonly #journal: Journal;
  readonly #digests: PictureDigests;
  readonly #registrar: Registrar;
  #lastSequence: number;
  #taps: readonly SourceTap[] = [];
  #running: Promise<void> = Promise.resolve();

  /** `lastSequence`: last journal record that an earlier seal covers, 0 if none. */
  constructor(journal: Journal, picture: Picture, registrar: Registrar, lastSequence: number) {
    this.#journal = journal;
    this.#digests = new PictureDigests(picture);
    this.#registrar = registrar;
    this.#lastSequence = lastSequence;
  }

  /** Minutes of signed batches that the next seal tells. */
  addTaps(taps: readonly SourceTap[]): void {
    if (taps.length > 0) this.#taps = [...this.#taps, ...taps];
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
      const picture = await this.#digests.of(minute.firstSequence, minute.lastSequence);
      const taps = this.#taps.slice(0, MOST_TAPS);
      const body = {
        ...sealedBodyOf(minute, picture),
        ...(taps.length === 0 ? {} : { signed: taps.map(signedMinute) }),
      };
      await this.#registrar.act([{ kind: "recordings.sealed", subject: `minute-${minute.firstSequence}`, body }]);
      this.#taps = this.#taps.slice(taps.length);
      this.#lastSequence = minute.lastSequence;
    }
  }
}
