/** Signature questions in one piece of memory, which goes from thread to thread without being copied again. */
import type { KeyObject } from "node:crypto";
import type { SignatureQuestion } from "@openjmc/record";

export interface SignatureBatch {
  /** The distinct keys that signed; undefined for bytes that are none. */
  readonly keys: readonly (KeyObject | undefined)[];
  /** Of each question: place of its key, lengths of message and signature. */
  readonly layout: Uint32Array<ArrayBuffer>;
  /** Messages and signatures in turn. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Numbers of the layout for each question. */
export const LAYOUT_FIELDS = 3;

export function packQuestions(
  questions: readonly SignatureQuestion[],
  keyOf: (question: SignatureQuestion) => KeyObject | undefined,
): SignatureBatch {
  const places = new Map<KeyObject | undefined, number>();
  const layout = new Uint32Array(questions.length * LAYOUT_FIELDS);
  const bytes = new Uint8Array(questions.reduce((sum, one) => sum + one.message.length + one.signature.length, 0));
  let offset = 0;
  questions.forEach((question, index) => {
    const { message, signature } = question;
    const key = keyOf(question);
    if (!places.has(key)) places.set(key, places.size);
    layout.set([places.get(key)!, message.length, signature.length], index * LAYOUT_FIELDS);
    bytes.set(message, offset);
    bytes.set(signature, offset + message.length);
    offset += message.length + signature.length;
  });
  return { keys: [...places.keys()], layout, bytes };
}
