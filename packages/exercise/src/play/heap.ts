/** A queue that gives the least entry first; entries of equal order come out as they went in. */
export class Heap<T> {
  readonly #entries: { readonly order: number; readonly turn: number; readonly value: T }[] = [];
  #turn = 0;

  get size(): number {
    return this.#entries.length;
  }

  /** Order of the first entry; infinite when empty. */
  get firstOrder(): number {
    return this.#entries[0]?.order ?? Number.POSITIVE_INFINITY;
  }

  push(order: number, value: T): void {
    const entries = this.#entries;
    const entry = { order, turn: this.#turn++, value };
    let index = entries.length;
    entries.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(entry, entries[parent]!)) break;
      entries[index] = entries[parent]!;
      index = parent;
    }
    entries[index] = entry;
  }

  pop(): T | undefined {
    const entries = this.#entries;
    const first = entries[0];
    const last = entries.pop();
    if (first === undefined || last === undefined || first === last) return first?.value;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= entries.length) break;
      if (child + 1 < entries.length && isBefore(entries[child + 1]!, entries[child]!)) child++;
      if (!isBefore(entries[child]!, last)) break;
      entries[index] = entries[child]!;
      index = child;
    }
    entries[index] = last;
    return first.value;
  }
}

function isBefore(
  a: { readonly order: number; readonly turn: number },
  b: { readonly order: number; readonly turn: number },
): boolean {
  return a.order < b.order || (a.order === b.order && a.turn < b.turn);
}
