/** Public keys of authenticators: COSE_Key (RFC 9052, 7) as far as P-256 with ECDSA and Ed25519 need it. */
import { createPublicKey, type KeyObject } from "node:crypto";

/** Algorithms that are taken (IANA COSE): ES256 and EdDSA. */
export const ALGORITHMS = [-7, -8] as const;

const KEY_TYPE = 1;
const ALGORITHM = 3;
const CURVE = -1;
const X = -2;
const Y = -3;
const COORDINATE_BYTES = 32;

/** Reads a key; undefined where it is none of the two. What follows the map (extensions) is not read. */
export function readCoseKey(bytes: Uint8Array): KeyObject | undefined {
  const map = readMap(bytes);
  const [x, y] = [coordinate(map?.get(X)), coordinate(map?.get(Y))];
  if (!map || x === undefined) return undefined;
  const isOf = (type: number, algorithm: number, curve: number): boolean =>
    map.get(KEY_TYPE) === type && map.get(ALGORITHM) === algorithm && map.get(CURVE) === curve;
  if (isOf(2, -7, 1) && y !== undefined) return imported({ kty: "EC", crv: "P-256", x, y });
  return isOf(1, -8, 6) ? imported({ kty: "OKP", crv: "Ed25519", x }) : undefined;
}

function imported(key: { readonly kty: string; readonly crv: string; readonly x: string; readonly y?: string }) {
  try {
    return createPublicKey({ format: "jwk", key });
  } catch {
    // A point that does not lie on its curve.
    return undefined;
  }
}

function coordinate(value: number | Uint8Array | undefined): string | undefined {
  if (!(value instanceof Uint8Array) || value.length !== COORDINATE_BYTES) return undefined;
  return Buffer.from(value).toString("base64url");
}

/** A CBOR map (RFC 8949) whose keys are integers and whose values are integers or byte strings, as a COSE_Key is. */
function readMap(bytes: Uint8Array): ReadonlyMap<number, number | Uint8Array> | undefined {
  const reader = { bytes, at: 0 };
  const head = readHead(reader);
  if (head?.major !== 5 || head.value > 16) return undefined;
  const map = new Map<number, number | Uint8Array>();
  for (let entry = 0; entry < head.value; entry++) {
    const key = readValue(reader);
    const value = readValue(reader);
    if (typeof key !== "number" || value === undefined || map.has(key)) return undefined;
    map.set(key, value);
  }
  return map;
}

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

function readValue(reader: Reader): number | Uint8Array | undefined {
  const head = readHead(reader);
  if (head?.major === 0) return head.value;
  if (head?.major === 1) return -1 - head.value;
  if (head?.major !== 2 || reader.at + head.value > reader.bytes.length) return undefined;
  reader.at += head.value;
  return reader.bytes.slice(reader.at - head.value, reader.at);
}

/** Major type and argument, of at most two bytes. */
function readHead(reader: Reader): { readonly major: number; readonly value: number } | undefined {
  const first = reader.bytes[reader.at++];
  if (first === undefined) return undefined;
  const [major, short] = [first >> 5, first & 31];
  if (short < 24) return { major, value: short };
  const width = short === 24 ? 1 : short === 25 ? 2 : 0;
  if (width === 0 || reader.at + width > reader.bytes.length) return undefined;
  let value = 0;
  for (let index = 0; index < width; index++) value = value * 256 + reader.bytes[reader.at++]!;
  return { major, value };
}
