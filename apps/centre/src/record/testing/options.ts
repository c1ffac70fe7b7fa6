/** A log with a made-up key, for tests of the keeper. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ED25519_NOTE, noteKey } from "@openjmc/record";
import { ed25519Signer, nodePrimitives } from "../../primitives.ts";
import type { KeeperOptions } from "../options.ts";

export function testOptions(folder: string): KeeperOptions {
  const signer = ed25519Signer(createHash("sha256").update("a log for tests").digest());
  return {
    recordFolder: join(folder, "record"),
    keeperFolder: join(folder, "keeper"),
    logKey: noteKey(nodePrimitives.sha256, "exercise.test/log", ED25519_NOTE, signer.publicKey),
    signer,
    primitives: nodePrimitives,
  };
}

/** A leaf that says which it is; 1 to 400 bytes. */
export function testLeaf(number: number): Uint8Array {
  return Buffer.from(`leaf ${number} ${"x".repeat(Math.abs(number * 37) % 400)}`);
}
