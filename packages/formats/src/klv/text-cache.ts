const LONGEST = 127;
const decoder = new TextDecoder();

/** Remembers the last text of each item, since most are the same in every packet. */
export class TextCache {
  readonly #bytes: Uint8Array[];
  readonly #lengths: Int32Array;
  readonly #texts: string[];

  constructor(items: number) {
    this.#bytes = Array.from({ length: items }, () => new Uint8Array(LONGEST));
    this.#lengths = new Int32Array(items).fill(-1);
    this.#texts = new Array<string>(items).fill("");
  }

  /** The text of `bytes[start, start + length)`, UTF-8, without what is padded behind a zero. */
  read(item: number, bytes: Uint8Array, start: number, length: number): string {
    if (length > LONGEST) return decode(bytes, start, length);
    const known = this.#bytes[item]!;
    if (this.#lengths[item] === length && isSame(known, bytes, start, length)) return this.#texts[item]!;
    known.set(bytes.subarray(start, start + length));
    this.#lengths[item] = length;
    const text = decode(bytes, start, length);
    this.#texts[item] = text;
    return text;
  }
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, length: number): boolean {
  for (let index = 0; index < length; index += 1) if (known[index] !== bytes[start + index]) return false;
  return true;
}

function decode(bytes: Uint8Array, start: number, length: number): string {
  const zero = bytes.subarray(start, start + length).indexOf(0);
  return decoder.decode(bytes.subarray(start, start + (zero < 0 ? length : zero)));
}
