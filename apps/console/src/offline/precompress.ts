/** Build step: puts every text of the bundle beside itself in packed form, so that a poor link carries a third and the server need not pack. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const TEXTS = /\.(js|mjs|css|html|json|svg)$/;
/** Read once or by few: not worth the seconds that the tighter form takes to make. */
const GZIP_ALONE = /^(basemap\/(e|w)|verify)/;
/** Smaller files gain less than their headers cost. */
const LEAST_BYTES = 1400;

/** Gzip for every browser; Brotli, an eighth smaller, for those that ask for it, as they do over TLS. */
export function precompressPlugin(): Plugin {
  return {
    name: "openjmc-precompress",
    apply: "build",
    writeBundle({ dir = "dist" }) {
      for (const name of readdirSync(dir, { recursive: true, encoding: "utf8" })) {
        const path = join(dir, name);
        if (!TEXTS.test(name) || statSync(path).size < LEAST_BYTES) continue;
        const bytes = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        if (!GZIP_ALONE.test(name)) writeFileSync(`${path}.br`, brotliCompressSync(bytes, brotliOf(bytes.length)));
      }
    },
  };
}

const brotliOf = (bytes: number) => ({
  params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes },
});
