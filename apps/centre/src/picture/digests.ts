/** Digests of one run of journal records after another: each begins to read where the one before it ended. */
import type { PictureDigest, PictureReader } from "./picture.ts";

export class PictureDigests {
  readonly #picture: Pick<PictureReader, "digestFrom" | "positionFor">;
  #next = 1;
  #lastSequence = Number.POSITIVE_INFINITY;

  constructor(picture: Pick<PictureReader, "digestFrom" | "positionFor">) {
    this.#picture = picture;
  }

  /** As `PictureReader.digestOf`; runs in any order, but quickly only where each follows the one before. */
  async of(firstSequence: number, lastSequence: number): Promise<PictureDigest | undefined> {
    const isNext = firstSequence > this.#lastSequence;
    const position = isNext ? this.#next : await this.#picture.positionFor(firstSequence);
    const { digest, next } = await this.#picture.digestFrom(position, firstSequence, lastSequence);
    this.#next = next;
    this.#lastSequence = lastSequence;
    return digest;
  }
}
