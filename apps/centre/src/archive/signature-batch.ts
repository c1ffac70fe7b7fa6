/** Signature questions in one piece of memory, which goes from thread to thread without being copied again. */
import type { KeyObject } from "node:crypto";
import type { SignatureQuestion } from "@openjmc/record";

export interface SignatureBatch {
  readonly count: number;
  /** Keys that the thread has not been told yet; undefined for bytes that are none. They take the next places. */
  readonly newKeys: readonly (KeyObject | undefined)[];
  /** The places that the thread knows are given up, and begin again with the new keys. */
  readonly forget: boolean;
  /** Of each question the place of its key and the lengths of message and signature; then messages and signatures in turn. */
  readonly memory: ArrayBuffer;
}

/** Numbers of the layout for each question. */
export const LAYOUT_FIELDS = 3;
/** More keys than any mission has; a record made to hurt may name a new one in every entry. */
const MOST_KEYS = 1_000;

/** Which keys a thread has been told, so that each goes over once and not with every batch. */
export class ToldKeys {
  readonly #places = new Map<KeyObject | undefined, number>();
  #new: (KeyObject | undefined)[] = [];

  placeOf(key: KeyObject | undefined): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#places.size;
    this.#places.set(key, place);
    this.#new.push(key);
    return place;
  }

  /** Before a batch: whether it begins anew. */
  makeRoom(): boolean {
    const isFull = this.#places.size >= MOST_KEYS;
    if (isFull) this.#places.clear();
    return isFull;
  }

  takeNew(): readonly (KeyObject | undefined)[] {
    const keys = this.#new;
    this.#new = [];
    return keys;
  }
}

export function packQuestions(
  questions: readonly SignatureQuestion[],
  keyOf: (question: SignatureQuestion) => KeyObject | undefined,
  told: ToldKeys,
): SignatureBatch {
  const forget = told.makeRoom();
  const { layout, bytes, memory } = memoryFor(questions);
  let [field, offset] = [0, 0];
  for (const question of questions) {
    const { message, signature } = question;
    layout[field++] = told.placeOf(keyOf(question));
    layout[field++] = message.length;
    layout[field++] = signature.length;
    bytes.set(message, offset);
    bytes.set(signature, offset + message.length);
    offset += message.length + signature.length;
  }
  return { count: questions.length, newKeys: told.takeNew(), forget, memory };
}

/** The two parts of a batch's memory. */
export function partsOf(
  memory: ArrayBuffer,
  count: number,
): { readonly layout: Uint32Array; readonly bytes: Uint8Array } {
  const layout = new Uint32Array(memory, 0, count * LAYOUT_FIELDS);
  return { layout, bytes: new Uint8Array(memory, layout.byteLength) };
}

function memoryFor(questions: readonly SignatureQuestion[]) {
  let length = questions.length * LAYOUT_FIELDS * Uint32Array.BYTES_PER_ELEMENT;
  for (const { message, signature } of questions) length += message.length + signature.length;
  const memory = new ArrayBuffer(length);
  return { memory, ...partsOf(memory, questions.length) };
}
