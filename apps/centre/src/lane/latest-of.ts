/** The last that was heard of each of many, the longest unheard forgotten: anybody can send under ever new names. */
const MOST = 10_000;

export class LatestOf<Key, Value> {
  readonly #values = new Map<Key, Value>();
  readonly #most: number;

  constructor(most = MOST) {
    this.#most = most;
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: Key): Value | undefined {
    return this.#values.get(key);
  }

  set(key: Key, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.#most) return;
    for (const oldest of this.#values.keys()) {
      this.#values.delete(oldest);
      return;
    }
  }
}
