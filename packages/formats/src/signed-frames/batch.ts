/**
 * Signed batches: what a gateway beside a sensor sends of the sensor's own bytes. Big endian:
 *
 *     0  4  magic "OJSF"
 *     4  1  version, 1
 *     5  1  flags, 0
 *     6  8  key id: the first 8 bytes of SHA-256 of the raw Ed25519 public key
 *    14  4  boot: how often the gateway has been started; only ever grows
 *    18  8  sequence of the batch in this boot, from 0, without gap
 *    26  8  time of the batch's last byte at the gateway, microseconds since 1970 UTC, signed
 *    34  4  length of the payload, at most 65,535
 *    38  n  payload: the next bytes of the sensor's stream, cut anywhere
 *  38+n 64  Ed25519 signature
 *
 * The signature is over "openjmc signed frames v1\n" and everything before it, so that it is good for nothing else. Payloads
 * in the order of (boot, sequence) are the sensor's stream. Numbers of 8 bytes stay below 2^53.
 */

export const SIGNED_MAGIC = 0x4f4a5346;
export const SIGNED_VERSION = 1;
export const SIGNED_HEADER_BYTES = 38;
export const SIGNED_SIGNATURE_BYTES = 64;
export const SIGNED_KEY_ID_BYTES = 8;
export const LARGEST_SIGNED_PAYLOAD = 65_535;

const DOMAIN = new TextEncoder().encode("openjmc signed frames v1\n");
const HIGH = 2 ** 32;

/** What a gateway says of a batch. */
export interface SignedBatchHead {
  /** 8 bytes. */
  readonly keyId: Uint8Array;
  readonly boot: number;
  readonly sequence: number;
  /** Microseconds since 1970. */
  readonly time: number;
}

/** A batch as it was read. Bytes are lent until the next push. */
export interface SignedBatch extends SignedBatchHead {
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** The whole batch as it came. */
  readonly bytes: Uint8Array;
  /** Offset of its first byte in the stream. */
  readonly offset: number;
}

/** The batch without its signature, and the message to be signed. Throws `RangeError` for what has no place in it. */
export function prepareSignedBatch(
  head: SignedBatchHead,
  payload: Uint8Array,
): { readonly unsigned: Uint8Array; readonly message: Uint8Array } {
  checkHead(head, payload);
  const unsigned = new Uint8Array(SIGNED_HEADER_BYTES + payload.length);
  const view = new DataView(unsigned.buffer);
  view.setUint32(0, SIGNED_MAGIC);
  view.setUint8(4, SIGNED_VERSION);
  unsigned.set(head.keyId, 6);
  view.setUint32(14, head.boot);
  setUint53(view, 18, head.sequence);
  setUint53(view, 26, head.time);
  view.setUint32(34, payload.length);
  unsigned.set(payload, SIGNED_HEADER_BYTES);
  return { unsigned, message: signedMessage(unsigned) };
}

/** A whole batch: what `prepareSignedBatch` gave, and its signature. */
export function finishSignedBatch(unsigned: Uint8Array, signature: Uint8Array): Uint8Array {
  if (signature.length !== SIGNED_SIGNATURE_BYTES) throw new RangeError("a signature of 64 bytes");
  const batch = new Uint8Array(unsigned.length + SIGNED_SIGNATURE_BYTES);
  batch.set(unsigned);
  batch.set(signature, unsigned.length);
  return batch;
}

/** The bytes whose signature a batch carries. `unsigned`: the batch up to its signature. */
export function signedMessage(unsigned: Uint8Array): Uint8Array {
  const message = new Uint8Array(DOMAIN.length + unsigned.length);
  message.set(DOMAIN);
  message.set(unsigned, DOMAIN.length);
  return message;
}

function checkHead(head: SignedBatchHead, payload: Uint8Array): void {
  const isCount = (value: number, most: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= most;
  if (head.keyId.length !== SIGNED_KEY_ID_BYTES) throw new RangeError("a key id of 8 bytes");
  if (!isCount(head.boot, HIGH - 1)) throw new RangeError("a boot counter of 32 bits");
  if (!isCount(head.sequence, Number.MAX_SAFE_INTEGER) || !isCount(head.time, Number.MAX_SAFE_INTEGER))
    throw new RangeError("a sequence and a time below 2^53");
  if (payload.length === 0 || payload.length > LARGEST_SIGNED_PAYLOAD) throw new RangeError("1 to 65,535 bytes");
}

function setUint53(view: DataView, place: number, value: number): void {
  view.setUint32(place, Math.floor(value / HIGH));
  view.setUint32(place + 4, value % HIGH);
}

/** Undefined where the number is not below 2^53. */
export function uint53(view: DataView, place: number): number | undefined {
  const value = view.getUint32(place) * HIGH + view.getUint32(place + 4);
  return Number.isSafeInteger(value) ? value : undefined;
}
