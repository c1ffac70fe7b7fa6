/** How old what each update shows is when the console's store has it: the age of the newest plot behind it. */
import type { PictureStore } from "../../apps/console/src/picture/store.ts";
import { quantile, rounded } from "./quantile.ts";

export class PictureAges {
  readonly #seenAt = new Map<string, number>();
  readonly #ages: number[] = [];
  #from = Number.POSITIVE_INFINITY;

  /** `moment`: of `performance.now`; what is applied before does not count. */
  countFrom(moment: number): void {
    this.#from = moment;
  }

  /** Tell it of every message that the store has applied. */
  applied(store: PictureStore): void {
    const now = performance.now();
    for (let slot = 0; slot < store.count; slot++) {
      const id = store.idOf(slot);
      const seenAt = store.columns.seenAt[slot]!;
      if (seenAt === this.#seenAt.get(id)) continue;
      this.#seenAt.set(id, seenAt);
      if (now >= this.#from) this.#ages.push(performance.timeOrigin + now - seenAt / 1000);
    }
  }

  /** Milliseconds. */
  result() {
    return {
      updatesFollowed: this.#ages.length,
      p50: rounded(quantile(this.#ages, 0.5)),
      p99: rounded(quantile(this.#ages, 0.99)),
      longest: rounded(quantile(this.#ages, 1)),
    };
  }
}
