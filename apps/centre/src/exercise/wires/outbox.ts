/** Messages that wait for a wire: bounded, oldest lost first, and every loss counted. */
export class Outbox {
  readonly #limit: number;
  #queue: Uint8Array[] = [];
  #size = 0;
  lostMessages = 0;
  lostBytes = 0;

  /** `limit`: bytes held at most. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0;
  }

  put(message: Uint8Array): void {
    this.#queue.push(message);
    this.#size += message.length;
    let lost = 0;
    while (this.#size > this.#limit && lost < this.#queue.length) this.#lose(this.#queue[lost++]!);
    if (lost > 0) this.#queue.splice(0, lost);
  }

  /** All that waits, in order; the box is empty then. */
  takeAll(): Uint8Array[] {
    const all = this.#queue;
    this.#queue = [];
    this.#size = 0;
    return all;
  }

  /** Gives up what waits. */
  loseAll(): void {
    for (const message of this.takeAll()) {
      this.lostMessages += 1;
      this.lostBytes += message.length;
    }
  }

  #lose(message: Uint8Array): void {
    this.#size -= message.length;
    this.lostMessages += 1;
    this.lostBytes += message.length;
  }
}
