/** Build step: puts a gzip beside every text of the bundle, so that a poor link carries a third and the server need not pack. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const TEXTS = /\.(js|mjs|css|html|json|svg)$/;
/** Smaller files gain less than their headers cost. */
const LEAST_BYTES = 1400;

export function precompressPlugin(): Plugin {
  return {
    name: "openjmc-precompress",
    apply: "build",
    writeBundle({ dir = "dist" }) {
      for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
        const path = join(dir, name);
        if (!TEXTS.test(name) || statSync(path).size < LEAST_BYTES) continue;
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
      }
    },
  };
}
