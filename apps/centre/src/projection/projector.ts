/** Writes changes to the store in batches, off the path of whoever made them; it remembers how far it has come. */
import type { RowChange } from "@openjmc/desk";
import { FaultError, type TrackPoint } from "@openjmc/model";
import type { Store, ViewChange } from "../store/index.ts";
import { changeOfRow, changesOfLine, type PictureLine } from "./rows.ts";

const BATCH_MILLISECONDS = 100;
const RETRY_MILLISECONDS = 1_000;
/** Changes that may wait for a store that refuses; beyond that only a new start, which reads record and picture, brings the views up to date. */
const MOST_WAITING = 200_000;

/** Changes that belong together, with the position that the store has reached once it holds them. */
interface Batch {
  readonly changes: readonly ViewChange[];
  readonly points: readonly TrackPoint[];
  readonly logIndex: number;
  readonly picturePosition: number;
}

/**
 * The store's position never passes a change that the store does not hold: a refused batch is tried again before all others,
 * and when too much waits nothing more is written at all.
 */
export class Projector {
  readonly #store: Store;
  readonly #onTrouble: (fault: FaultError) => void;
  #changes: ViewChange[] = [];
  #points: TrackPoint[] = [];
  #logIndex = -1;
  #picturePosition = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #refused: Batch | undefined;
  #hasGivenUp = false;

  /** `onTrouble` is told when the store refuses; the views then lag behind. */
  constructor(store: Store, onTrouble: (fault: FaultError) => void) {
    this.#store = store;
    this.#onTrouble = onTrouble;
  }

  entry(index: number, changes: readonly RowChange[]): void {
    for (const change of changes) this.#changes.push(changeOfRow(change, index));
    this.#logIndex = Math.max(this.#logIndex, index);
    this.#arm();
  }

  line(position: number, line: PictureLine): void {
    const { changes, point } = changesOfLine(line);
    this.#changes.push(...changes);
    if (point) this.#points.push(point);
    this.#picturePosition = Math.max(this.#picturePosition, position);
    this.#arm();
  }

  /** Resolves when everything given so far is in the store. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#write();
    await this.#writing;
  }

  /** Changes not yet in the store. */
  get waiting(): number {
    return this.#changes.length + (this.#refused?.changes.length ?? 0);
  }

  #arm(): void {
    const wait = this.#refused ? RETRY_MILLISECONDS : BATCH_MILLISECONDS;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#write();
    }, wait);
    this.#timer.unref();
  }

  #write(): void {
    this.#writing = this.#writing.then(() => this.#writeNext());
  }

  /** What was refused and what has come since go in together, so that the order stays. */
  async #writeNext(): Promise<void> {
    const batch = this.#takeBatch();
    if (!batch) return;
    try {
      await this.#store.apply({ changes: batch.changes, trackPoints: batch.points, position: positionOf(batch) });
    } catch (error) {
      this.#onTrouble(faultErrorOf(error));
      this.#keep(batch);
    }
  }

  #takeBatch(): Batch | undefined {
    const [refused, changes, points] = [this.#refused, this.#changes, this.#points];
    this.#refused = undefined;
    this.#changes = [];
    this.#points = [];
    if (this.#hasGivenUp || (!refused && changes.length === 0 && points.length === 0)) return undefined;
    return {
      changes: refused ? [...refused.changes, ...changes] : changes,
      points: refused ? [...refused.points, ...points] : points,
      logIndex: this.#logIndex,
      picturePosition: this.#picturePosition,
    };
  }

  #keep(batch: Batch): void {
    if (batch.changes.length + batch.points.length > MOST_WAITING) {
      this.#hasGivenUp = true;
      this.#onTrouble(
        new FaultError({
          code: "store.behind",
          what: "views",
          expected: `at most ${MOST_WAITING} changes waiting`,
          cause: "the views stand still until the centre is started again",
        }),
      );
      return;
    }
    this.#refused = batch;
    this.#arm();
  }
}

function positionOf({ logIndex, picturePosition }: Batch) {
  return { ...(logIndex >= 0 ? { logIndex } : {}), ...(picturePosition > 0 ? { picturePosition } : {}) };
}

function faultErrorOf(error: unknown): FaultError {
  return error instanceof FaultError
    ? error
    : new FaultError({ code: "store.failed", what: "projection", cause: String(error) });
}
