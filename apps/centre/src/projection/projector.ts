/** Writes changes to the store in batches, off the path of whoever made them; it remembers how far it has come. */
import type { RowChange } from "@openjmc/desk";
import { FaultError, type TrackPoint } from "@openjmc/model";
import type { Store, ViewChange } from "../store/index.ts";
import { changeOfRow, changesOfLine, type PictureLine } from "./rows.ts";

const BATCH_MILLISECONDS = 100;

export class Projector {
  readonly #store: Store;
  readonly #onTrouble: (fault: FaultError) => void;
  #changes: ViewChange[] = [];
  #points: TrackPoint[] = [];
  #logIndex = -1;
  #picturePosition = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** `onTrouble` is told when the store refuses; the views then lag behind and are made again at the next start. */
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
    if (this.#changes.length > 0 || this.#points.length > 0) this.#write();
    await this.#writing;
  }

  /** Changes not yet in the store. */
  get waiting(): number {
    return this.#changes.length;
  }

  #arm(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#write();
    }, BATCH_MILLISECONDS);
  }

  #write(): void {
    const batch = {
      changes: this.#changes,
      trackPoints: this.#points,
      position: {
        ...(this.#logIndex >= 0 ? { logIndex: this.#logIndex } : {}),
        ...(this.#picturePosition > 0 ? { picturePosition: this.#picturePosition } : {}),
      },
    };
    this.#changes = [];
    this.#points = [];
    this.#writing = this.#writing
      .then(() => this.#store.apply(batch))
      .catch((error: unknown) => {
        this.#onTrouble(
          error instanceof FaultError
            ? error
            : new FaultError({ code: "store.failed", what: "projection", cause: String(error) }),
        );
      });
  }
}
