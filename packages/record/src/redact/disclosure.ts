/**
 * Members of a signed object that may later be withheld: the object holds salted digests, the values travel beside it
 * (the disclosures of SD-JWT, RFC 9901 section 4.2). Withholding or destroying a disclosure leaves the signature good.
 */
import { base64UrlToBytes, bytesToBase64Url } from "../bytes/base64.ts";
import { utf8 } from "../bytes/bytes.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import { canonicalize, type Json } from "../json/canonical.ts";
import { parseCanonical } from "../json/strict.ts";
import type { Primitives } from "../primitives.ts";

export const SALT_BYTES = 16;
export const DIGESTS = "_sd";
export const ALGORITHM = "_sd_alg";
const MAXIMUM_DISCLOSURE_BYTES = 65_535;

export type JsonObject = { readonly [name: string]: Json };

/** One member that can be shown or withheld. */
export interface Disclosure {
  /** base64url of the JSON list salt, name, value: the text whose digest is in the object. */
  readonly text: string;
  readonly name: string;
  readonly value: Json;
}

/** base64url(SHA-256(ASCII of the disclosure's text)). */
export function disclosureDigest(sha256: Primitives["sha256"], text: string): string {
  return bytesToBase64Url(sha256(utf8(text)));
}

/** Makes the disclosure of one member. `salt`: 16 random bytes, used for nothing else. */
export function makeDisclosure(salt: Uint8Array, name: string, value: Json): Result<Disclosure> {
  return attempt(() => {
    if (salt.length !== SALT_BYTES) refuse("disclosure.salt", "disclosure", { expected: `${SALT_BYTES} bytes` });
    checkName(name);
    const list = unwrap(canonicalize([bytesToBase64Url(salt), name, value]));
    return { text: bytesToBase64Url(utf8(list)), name, value };
  });
}

/** Errors: `disclosure.malformed`, `base64.malformed`, `json.*`. */
export function readDisclosure(text: string): Result<Disclosure> {
  return attempt(() => {
    const list = unwrap(parseCanonical(unwrap(base64UrlToBytes(text)), MAXIMUM_DISCLOSURE_BYTES));
    if (!Array.isArray(list) || list.length !== 3 || !list.slice(0, 2).every((part) => typeof part === "string")) {
      return refuse("disclosure.malformed", "disclosure", { expected: "salt, name and value", got: shown(text) });
    }
    const [salt, name, value] = list as [string, string, Json];
    if (unwrap(base64UrlToBytes(salt)).length < SALT_BYTES) {
      refuse("disclosure.salt", "disclosure", { expected: `at least ${SALT_BYTES} bytes of salt` });
    }
    checkName(name);
    return { text, name, value };
  });
}

function checkName(name: string): void {
  if (name === DIGESTS || name === ALGORITHM || name === "...") {
    refuse("disclosure.name", "disclosure", { expected: "a name of the object's own", got: name });
  }
}
