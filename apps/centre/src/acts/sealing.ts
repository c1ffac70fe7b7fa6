/** Sealing: every minute of the journal, and the picture made of it, by hash into the record. */
import { formatInstant, type SignedMinuteBody } from "@openjmc/model";
import type { Journal } from "../journal/index.ts";
import { type MinuteDigest, sealedBodyOf } from "../journal/index.ts";
import type { SourceTap } from "../lane/source-proof.ts";
import { type Picture, PictureDigests } from "../picture/index.ts";
import type { MachineAct, Registrar } from "../registrar/registrar.ts";

/** More than these wait for the next seal, so that an entry stays short enough to be taken. */
const MOST_TAPS = 60;
/** Minutes whose seals become durable at once. */
const MOST_TOGETHER = 24;

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

  /** Minutes that have waited, after a stop or beside other work, go into the record by the dozen. */
  async #sealNow(): Promise<void> {
    const waiting = await this.#journal.minutesAfter(this.#lastSequence);
    for (let from = 0; from < waiting.length; from += MOST_TOGETHER)
      await this.#sealThese(waiting.slice(from, from + MOST_TOGETHER));
  }

  async #sealThese(minutes: readonly MinuteDigest[]): Promise<void> {
    const acts: MachineAct[] = [];
    const taps = this.#taps;
    for (const [at, minute] of minutes.entries())
      acts.push(await this.#sealOf(minute, taps.slice(at * MOST_TAPS, (at + 1) * MOST_TAPS)));
    const { taken, refused } = await this.#registrar.actInOrder(acts);
    // Others may have come meanwhile: only those that were told go.
    this.#taps = this.#taps.slice(Math.min(taken * MOST_TAPS, taps.length));
    this.#lastSequence = minutes[taken - 1]?.lastSequence ?? this.#lastSequence;
    if (refused) throw refused;
  }

  async #sealOf(minute: MinuteDigest, taps: readonly SourceTap[]): Promise<MachineAct> {
    const picture = await this.#digests.of(minute.firstSequence, minute.lastSequence);
    const signed = taps.length === 0 ? {} : { signed: taps.map(signedMinute) };
    const body = { ...sealedBodyOf(minute, picture), ...signed };
    return { kind: "recordings.sealed", subject: `minute-${minute.firstSequence}`, body };
  }
}
