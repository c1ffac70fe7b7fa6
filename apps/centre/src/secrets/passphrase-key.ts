/** A cipher's key made from a passphrase: argon2id (RFC 9106), for every file of a machine that people open. */
import { argon2Sync, randomBytes } from "node:crypto";

/** RFC 9106's second recommended choice is 64 MiB and three passes. */
export const MEMORY_KIB = 65_536;
const PASSES = 3;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** What was used besides the passphrase; it lies beside the ciphertext. */
export interface Derivation {
  readonly memoryKiB: number;
  readonly passes: number;
  /** Hexadecimal. */
  readonly salt: string;
}

/** A fresh one. `memoryKiB` may be lowered for demonstration keys and tests only. */
export function newDerivation(memoryKiB = MEMORY_KIB): Derivation {
  return { memoryKiB, passes: PASSES, salt: randomBytes(SALT_BYTES).toString("hex") };
}

/** The 32-byte key. A passphrase is the same in every normal form that a keyboard gives it. Throws where the settings are none. */
export function keyFromPassphrase(passphrase: string, { memoryKiB, passes, salt }: Derivation): Buffer {
  return argon2Sync("argon2id", {
    message: Buffer.from(passphrase.normalize("NFC")),
    nonce: Buffer.from(salt, "hex"),
    parallelism: 1,
    tagLength: KEY_BYTES,
    memory: memoryKiB,
    passes,
  });
}
