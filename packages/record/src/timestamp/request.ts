/** What is asked of a time-stamp authority (RFC 3161 section 2.4.1), and what of a log is stamped. */
import { utf8 } from "../bytes/bytes.ts";
import { formatCheckpoint } from "../note/checkpoint.ts";
import type { Primitives } from "../primitives.ts";
import { encodeElement, encodeInteger, TAG } from "./der.ts";

/** SHA-256, 2.16.840.1.101.3.4.2.1, as DER. */
const SHA256_OID = Uint8Array.of(0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01);

/**
 * What is stamped: SHA-256 of the checkpoint's text, which the log itself gives at any later time; not of the signed note,
 * whose signatures may be more tomorrow.
 */
export function stampedHash(
  sha256: Primitives["sha256"],
  checkpoint: { readonly origin: string; readonly size: number; readonly root: Uint8Array },
): Uint8Array {
  return sha256(utf8(formatCheckpoint(checkpoint)));
}

/** A request for a token over a SHA-256, with the authority's certificate in it. `nonce`: fresh random bytes. */
export function encodeTimestampRequest(hash: Uint8Array, nonce: Uint8Array): Uint8Array {
  const algorithm = encodeElement(TAG.sequence, SHA256_OID, encodeElement(TAG.null));
  return encodeElement(
    TAG.sequence,
    encodeInteger(Uint8Array.of(1)),
    encodeElement(TAG.sequence, algorithm, encodeElement(TAG.octets, hash)),
    encodeInteger(nonce),
    encodeElement(TAG.boolean, Uint8Array.of(0xff)),
  );
}
