import type { AsterixRecord } from "@openjmc/formats";

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);

/** A checksum over every decoded field of every ASTERIX record that is folded in. */
export class TapeChecksum {
  #state = 0x811c9dc5;
  #edition: AsterixRecord["edition"] | undefined;
  #isText = new Uint8Array(0);

  /** Eight hexadecimal digits. */
  get value(): string {
    return (this.#state >>> 0).toString(16).padStart(8, "0");
  }

  fold(record: AsterixRecord): void {
    const { ids, values, texts } = record.tape;
    if (record.edition !== this.#edition) this.#learn(record.edition);
    for (let index = record.from; index < record.to; index += 1) {
      const id = ids[index]!;
      this.#add(id);
      if (this.#isText[id] === 1) this.#text(texts[values[index]!]!);
      else this.#measure(values[index]!);
    }
  }

  #learn(edition: AsterixRecord["edition"]): void {
    this.#edition = edition;
    this.#isText = Uint8Array.from(edition.fields, ({ kind }) => (kind === "text" || kind === "hex" ? 1 : 0));
  }

  #add(value: number): void {
    this.#state = Math.imul(this.#state ^ value, 0x01000193);
  }

  #measure(value: number): void {
    float[0] = value;
    this.#add(words[0]!);
    this.#add(words[1]!);
  }

  #text(value: string): void {
    for (let index = 0; index < value.length; index += 1) this.#add(value.charCodeAt(index));
  }
}
