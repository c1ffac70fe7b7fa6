/** What Node brings to the verification of an archive. */
import { createHash } from "node:crypto";
import type { ArchiveOptions } from "@openjmc/record";
import { nodePrimitives, verifyMany } from "../primitives.ts";

export function nodeVerification(): Pick<ArchiveOptions, "sha256" | "verifyMany" | "hash"> {
  return {
    sha256: nodePrimitives.sha256,
    verifyMany,
    hash: (algorithm, bytes) => createHash(algorithm).update(bytes).digest("hex"),
  };
}
