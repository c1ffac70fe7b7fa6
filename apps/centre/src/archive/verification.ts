/** What Node brings to the verification of an archive. */
import { createHash } from "node:crypto";
import type { ArchiveOptions } from "@openjmc/record";
import { nodePrimitives } from "../primitives.ts";
import { nodeCipher } from "../room/cipher.ts";
import { SignatureThreads } from "./signature-threads.ts";

/** Threads are made with the first large record, and keep no process alive. */
const threads = new SignatureThreads();

export const sha512Hex = (bytes: Uint8Array): string => createHash("sha512").update(bytes).digest("hex");

export function nodeVerification(): Pick<ArchiveOptions, "sha256" | "sha512" | "verifyMany" | "hash" | "decrypt"> {
  return {
    sha256: nodePrimitives.sha256,
    sha512: sha512Hex,
    verifyMany: threads.verifyMany,
    decrypt: nodeCipher.decrypt,
    hash: (algorithm, bytes) => createHash(algorithm).update(bytes).digest("hex"),
  };
}
