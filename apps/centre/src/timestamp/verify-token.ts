/** Verifies a time-stamp token offline, with Node's own cryptography. */
import { createHash, createPublicKey, verify } from "node:crypto";
import type { Fault } from "@openjmc/model";
import {
  type Certificate,
  judgeTokenNow,
  type TimestampToken,
  type TokenAnswer,
  type TokenQuestion,
} from "@openjmc/record";

/** Undefined if the token is good and leads to one of the authorities. Faults: those of `judgeToken`. */
export function verifyToken(token: TimestampToken, authorities: readonly Certificate[]): Fault | undefined {
  return judgeTokenNow(token, authorities, answer);
}

function answer(question: TokenQuestion): TokenAnswer {
  if (question.ask === "digest") return new Uint8Array(createHash(question.digest).update(question.bytes).digest());
  const { kind, digest, publicKey, message, signature } = question;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" });
    return verify(kind === "ed25519" ? null : digest, message, key, signature);
  } catch {
    return false;
  }
}
