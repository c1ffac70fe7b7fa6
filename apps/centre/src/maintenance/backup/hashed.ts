/** Counts and hashes a file's bytes as they pass. */
import { createHash } from "node:crypto";
import type { ManifestFile } from "./manifest.ts";
import type { Chunks } from "./target.ts";

/** Passes the chunks on and says at the end what they were; `done` throws before they have all passed. */
export function hashed(path: string, chunks: Chunks): { readonly chunks: Chunks; done(): ManifestFile } {
  const hash = createHash("sha256");
  let bytes = 0;
  let file: ManifestFile | undefined;
  async function* pass(): Chunks {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
    file = { path, bytes, sha256: hash.digest("hex") };
  }
  return {
    chunks: pass(),
    done: () => {
      if (file === undefined) throw new Error(`${path} was not read to its end`);
      return file;
    },
  };
}
