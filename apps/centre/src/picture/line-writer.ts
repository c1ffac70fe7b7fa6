/** Writes lines into the picture; what the disk refuses is kept and goes before anything newer. */
import { FaultError, type Instant } from "@openjmc/model";
import type { PictureLine } from "../projection/rows.ts";
import type { Picture } from "./picture.ts";

/** A line as it stands in the picture. */
export interface PlacedLine {
  readonly position: number;
  readonly line: PictureLine;
}

interface OwedLine {
  readonly line: PictureLine;
  readonly at: Instant;
  readonly journalSequence: number;
}

export class LineWriter {
  readonly #picture: Pick<Picture, "append" | "flush">;
  readonly #onPlaced: (placed: PlacedLine) => void;
  #owed: OwedLine[] = [];

  constructor(picture: Pick<Picture, "append" | "flush">, onPlaced: (placed: PlacedLine) => void) {
    this.#picture = picture;
    this.#onPlaced = onPlaced;
  }

  /** Lines that one journal record caused. They are with the operating system when this returns, unless the disk refuses. */
  write(lines: readonly PictureLine[], at: Instant, journalSequence: number): void {
    for (const line of lines) this.#owed.push({ line, at, journalSequence });
    try {
      for (let next = this.#owed[0]; next !== undefined; next = this.#owed[0]) {
        const position = this.#picture.append(next.at, next.journalSequence, next.line);
        this.#owed.shift();
        this.#onPlaced({ position, line: next.line });
      }
      this.#picture.flush();
    } catch (error) {
      // The picture tells of its fault itself; nothing is lost while it lasts.
      if (!(error instanceof FaultError)) throw error;
    }
  }

  /** Lines that the disk has not taken yet. */
  get owed(): number {
    return this.#owed.length;
  }
}
