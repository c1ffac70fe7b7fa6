/** HMAC and HKDF with SHA-256 (RFC 2104, RFC 5869), over whatever SHA-256 is brought in. */
import type { Primitives } from "../primitives.ts";
import { concat } from "./bytes.ts";

const BLOCK_BYTES = 64;

export function hmacSha256(sha256: Primitives["sha256"], key: Uint8Array, message: Uint8Array): Uint8Array {
  const short = key.length > BLOCK_BYTES ? sha256(key) : key;
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(short);
  const inner = sha256(
    concat(
      block.map((byte) => byte ^ 0x36),
      message,
    ),
  );
  return sha256(
    concat(
      block.map((byte) => byte ^ 0x5c),
      inner,
    ),
  );
}

/** One block of key: 32 bytes derived from a secret, a salt and a text that names the use. */
export function hkdfSha256(
  sha256: Primitives["sha256"],
  secret: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
): Uint8Array {
  const extracted = hmacSha256(sha256, salt, secret);
  return hmacSha256(sha256, extracted, concat(info, Uint8Array.of(1)));
}
