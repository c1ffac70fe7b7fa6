/** What the benchmarks of formats give: a rate on one core, and a checksum over everything decoded. */
export interface FormatBench {
  readonly name: string;
  /** Units a second with every decoded field folded into the checksum. */
  readonly value: number;
  /** The same work without the folding. */
  readonly withoutChecksum: number;
  readonly unit: string;
  readonly reference: number;
  readonly ratio: number;
  readonly checksum: string;
}

/** Items a second of processor time, all threads counted, so that other work on the machine does not show; after a second of warming up. */
export function measure(seconds: number, work: () => number): number {
  const until = (limit: number) => {
    const start = process.cpuUsage();
    let items = 0;
    let elapsed = 0;
    while (elapsed < limit) {
      items += work();
      const { user, system } = process.cpuUsage(start);
      elapsed = (user + system) / 1e6;
    }
    return items / elapsed;
  };
  until(1);
  return until(seconds);
}

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);

/** Folds numbers and texts, in order, into eight hexadecimal digits. */
export class FieldChecksum {
  #state = 0x811c9dc5;

  get value(): string {
    return (this.#state >>> 0).toString(16).padStart(8, "0");
  }

  word(value: number): void {
    this.#state = Math.imul(this.#state ^ value, 0x01000193);
  }

  number(value: number): void {
    float[0] = value;
    this.word(words[0]!);
    this.word(words[1]!);
  }

  text(value: string): void {
    for (let index = 0; index < value.length; index += 1) this.word(value.charCodeAt(index));
  }
}
