/** Makes the views again from what is true: the record's entries and the picture's lines. */
import type { RowChange } from "@openjmc/desk";
import type { TrackPoint } from "@openjmc/model";
import { VIEW_NAMES } from "@openjmc/model";
import { itemOf, type PictureReader } from "../picture/index.ts";
import type { Store, StoreTable, ViewChange } from "../store/index.ts";
import { changeOfRow, changesOfLine, type PictureLine } from "./rows.ts";

/** Changes of one entry, as the desk's projection gives them. */
export interface EntryChanges {
  readonly index: number;
  readonly changes: readonly RowChange[];
}

/** Where lines come from: the picture as it was written, or as a replay of the journal gives it. */
export type LineSource = Pick<PictureReader, "readFromPosition">;

const LINES_PER_BATCH = 2_000;
const ENTRIES_PER_BATCH = 1_000;

/**
 * Applies every entry and every picture line beyond the store's position. Give a reset store to rebuild everything.
 * Answers how many of each were applied.
 */
export async function catchUp(
  store: Store,
  entries: readonly EntryChanges[],
  picture: LineSource,
): Promise<{ readonly entries: number; readonly lines: number }> {
  const position = await store.position();
  const missing = new MissingEntries(store, position.logIndex);
  for (const entry of entries) await missing.take(entry);
  await missing.flush();
  const lines = await applyLines(store, picture, position.picturePosition + 1);
  return { entries: missing.count, lines };
}

/** Applies those of the entries that the store lacks, a batch at a time. Give them in log order, then `flush`. */
export class MissingEntries {
  readonly #store: Store;
  readonly #after: number;
  #batch: EntryChanges[] = [];
  /** How many the store lacked. */
  count = 0;

  /** `after`: last index that the store holds. */
  constructor(store: Store, after: number) {
    this.#store = store;
    this.#after = after;
  }

  async take(entry: EntryChanges): Promise<void> {
    if (entry.index <= this.#after) return;
    this.#batch.push(entry);
    if (this.#batch.length >= ENTRIES_PER_BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    this.count += batch.length;
    const changes = batch.flatMap((entry) => entry.changes.map((change) => changeOfRow(change, entry.index)));
    await this.#store.apply({ changes, position: { logIndex: batch.at(-1)!.index } });
  }
}

async function applyLines(store: Store, picture: LineSource, from: number): Promise<number> {
  let changes: ViewChange[] = [];
  let points: TrackPoint[] = [];
  let count = 0;
  let last = 0;
  const write = async (): Promise<void> => {
    await store.apply({ changes, trackPoints: points, position: { picturePosition: last } });
    changes = [];
    points = [];
  };
  for await (const line of picture.readFromPosition(from)) {
    const result = changesOfLine(itemOf(line) as PictureLine);
    changes.push(...result.changes);
    if (result.point) points.push(result.point);
    last = line.position;
    count += 1;
    if (count % LINES_PER_BATCH === 0) await write();
  }
  if (changes.length > 0 || points.length > 0) await write();
  return count;
}

/** SHA-256 of every view, by name. */
export async function viewHashes(store: Store): Promise<Readonly<Record<string, string>>> {
  const tables: readonly StoreTable[] = [...VIEW_NAMES, "track-points"];
  const hashes: Record<string, string> = {};
  for (const table of tables) hashes[table] = await store.hash(table);
  return hashes;
}
