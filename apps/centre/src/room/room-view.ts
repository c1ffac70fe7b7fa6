/** A room's entries in the memory of its node, opened and searchable. Nothing of this is written to a disk. */
import type { RoomEntry } from "./room-entry.ts";

const MOST_ANSWERED = 200;

export class RoomView {
  readonly #entries = new Map<string, RoomEntry>();
  /** Words of an entry, folded, by statement. */
  readonly #texts = new Map<string, string>();

  put(entry: RoomEntry): void {
    this.#entries.set(entry.statement, entry);
    this.#texts.delete(entry.statement);
    if (entry.content) this.#texts.set(entry.statement, fold(JSON.stringify(entry.content.body)));
  }

  get(statement: string): RoomEntry | undefined {
    return this.#entries.get(statement);
  }

  all(): readonly RoomEntry[] {
    return [...this.#entries.values()];
  }

  /** Entries that hold every word asked for, newest first. Without words: all. */
  search(words: string): readonly RoomEntry[] {
    const wanted = fold(words)
      .split(/\s+/u)
      .filter((word) => word !== "");
    return this.all()
      .filter((entry) => wanted.every((word) => this.#texts.get(entry.statement)?.includes(word)))
      .sort((left, right) => right.index - left.index)
      .slice(0, MOST_ANSWERED);
  }
}

/** One form for one text: without accents of composition and without case. */
function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase();
}
