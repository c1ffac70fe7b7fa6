import type { Edition } from "./edition.ts";
import { type AsterixItems, recordObject } from "./record-object.ts";
import type { Tape } from "./tape.ts";

/**
 * One decoded record, lent for the length of a call. Its fields stand on the tape in `[from, to)`, every one already
 * in the standard's unit; `edition.fieldId` gives the ids to look for.
 */
export class AsterixRecord {
  edition: Edition;
  readonly tape: Tape;
  from = 0;
  to = 0;
  /** Where the record begins in the stream, and its length there. */
  offset = 0;
  streamLength = 0;
  /** Spare bits set, codes without a meaning and values beyond their limits in the record's block. */
  suspicions = 0;

  constructor(edition: Edition, tape: Tape) {
    this.edition = edition;
    this.tape = tape;
  }

  /** A number by the id of its field; NaN where the record has none. Of repeats, the first. */
  number(id: number): number {
    const { ids, values } = this.tape;
    for (let index = this.from; index < this.to; index += 1) if (ids[index] === id) return values[index]!;
    return Number.NaN;
  }

  /** A text by the id of its field; "" where the record has none. */
  text(id: number): string {
    const index = this.number(id);
    return Number.isNaN(index) ? "" : this.tape.texts[index]!;
  }

  /** The whole record as plain data. */
  toObject(): AsterixItems {
    return recordObject(this.edition, this.tape, this.from, this.to);
  }
}
