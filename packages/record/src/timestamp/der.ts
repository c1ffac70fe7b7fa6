/** The little of DER (ITU-T X.690) that time-stamp tokens need: definite lengths, single-byte tags, nothing guessed. */
import { concat } from "../bytes/bytes.ts";
import { refuse } from "../fault.ts";

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One element: its tag, its content, and the bytes that it takes with its head. */
export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly whole: Uint8Array;
}

const MAXIMUM_DEPTH_BYTES = 4;

/** The elements that stand one behind the other. For use below `attempt`. Errors: `der.malformed`. */
export function readElements(bytes: Uint8Array): Element[] {
  const elements: Element[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const element = readElement(bytes, offset);
    elements.push(element);
    offset += element.whole.length;
  }
  return elements;
}

/** The one element that the bytes are. Errors: `der.malformed`. */
export function readOne(bytes: Uint8Array, tag?: number): Element {
  const [element, ...more] = readElements(bytes);
  if (!element || more.length > 0) return malformed("one element", `${more.length + 1}`);
  if (tag !== undefined && element.tag !== tag) malformed(`tag ${tag}`, `${element.tag}`);
  return element;
}

/** Takes elements in order; what is optional is asked for by its tag. */
export class ElementReader {
  readonly #elements: readonly Element[];
  #place = 0;

  constructor(content: Uint8Array) {
    this.#elements = readElements(content);
  }

  /** Errors: `der.malformed`. */
  take(tag?: number): Element {
    const element = this.#elements[this.#place];
    if (!element || (tag !== undefined && element.tag !== tag)) {
      return malformed(tag === undefined ? "an element" : `tag ${tag}`, element ? `${element.tag}` : "the end");
    }
    this.#place += 1;
    return element;
  }

  takeIf(tag: number): Element | undefined {
    return this.#elements[this.#place]?.tag === tag ? this.take(tag) : undefined;
  }

  /** The rest, whatever it is. */
  rest(): readonly Element[] {
    return this.#elements.slice(this.#place);
  }
}

/** Object identifier as dotted decimals. Errors: `der.malformed`. */
export function readOid({ tag, content }: Element): string {
  if (tag !== TAG.oid || content.length === 0) return malformed("an object identifier", `tag ${tag}`);
  const parts: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER / 128) return malformed("a shorter identifier", "a number too large");
    if (byte & 0x80) continue;
    parts.push(value);
    value = 0;
  }
  const [head = 0, ...others] = parts;
  const first = Math.min(2, Math.floor(head / 40));
  return [first, head - first * 40, ...others].join(".");
}

/** One element's bytes. */
export function encodeElement(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = concat(...contents);
  return concat(Uint8Array.of(tag), encodeLength(content.length), content);
}

/** A non-negative integer from its big-endian bytes. */
export function encodeInteger(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const trimmed = bytes.subarray(start);
  return encodeElement(TAG.integer, ...(trimmed[0]! & 0x80 ? [Uint8Array.of(0), trimmed] : [trimmed]));
}

function readElement(bytes: Uint8Array, offset: number): Element {
  const tag = bytes[offset]!;
  if ((tag & 0x1f) === 0x1f) malformed("a tag of one byte", `${tag}`);
  const { length, start } = readLength(bytes, offset + 1);
  const end = start + length;
  if (end > bytes.length) malformed(`${length} bytes`, `${bytes.length - start}`);
  return { tag, content: bytes.subarray(start, end), whole: bytes.subarray(offset, end) };
}

function readLength(bytes: Uint8Array, offset: number): { readonly length: number; readonly start: number } {
  const first = bytes[offset];
  if (first === undefined) return malformed("a length", "the end");
  if (first < 0x80) return { length: first, start: offset + 1 };
  const count = first & 0x7f;
  if (count === 0 || count > MAXIMUM_DEPTH_BYTES) malformed("a definite length", `${first}`);
  let length = 0;
  for (let place = 1; place <= count; place++) length = length * 256 + (bytes[offset + place] ?? 0);
  return { length, start: offset + 1 + count };
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.of(0x80 | bytes.length, ...bytes);
}

function malformed(expected: string, got: string): never {
  return refuse("der.malformed", "time stamp", { expected, got });
}
