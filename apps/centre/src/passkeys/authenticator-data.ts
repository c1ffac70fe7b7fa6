/** What an authenticator signs of itself: authenticator data (Web Authentication Level 2, 6.1). */
import type { KeyObject } from "node:crypto";
import { readCoseKey } from "./cose-key.ts";

const FIXED_BYTES = 37;
const AAGUID_BYTES = 16;
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;
const LONGEST_ID = 1023;

export interface AuthenticatorData {
  /** SHA-256 of the domain that the credential is for. */
  readonly domainHash: Buffer;
  /** Somebody was there, and was known to the authenticator: by a finger, a face or a number. */
  readonly isVerified: boolean;
  /** How often the credential has been used; 0 where the authenticator does not count. */
  readonly count: number;
  /** Of a new credential. */
  readonly credential?: { readonly id: Buffer; readonly key: KeyObject };
}

/** Undefined for bytes that are none, and for a new credential whose key is not of a kind that is taken. */
export function readAuthenticatorData(bytes: Buffer): AuthenticatorData | undefined {
  if (bytes.length < FIXED_BYTES) return undefined;
  const flags = bytes[32]!;
  const data = {
    domainHash: bytes.subarray(0, 32),
    isVerified: (flags & USER_PRESENT) !== 0 && (flags & USER_VERIFIED) !== 0,
    count: bytes.readUInt32BE(33),
  };
  if ((flags & ATTESTED) === 0) return data;
  const start = FIXED_BYTES + AAGUID_BYTES + 2;
  if (bytes.length < start) return undefined;
  const length = bytes.readUInt16BE(start - 2);
  const id = bytes.subarray(start, start + length);
  const key = length > 0 && length <= LONGEST_ID ? readCoseKey(bytes.subarray(start + length)) : undefined;
  return key && id.length === length ? { ...data, credential: { id, key } } : undefined;
}
