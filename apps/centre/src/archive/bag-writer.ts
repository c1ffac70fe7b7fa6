/** Writes a bag (RFC 8493) into a ZIP file by file, hashing what passes; the manifests come last. */
import { createHash } from "node:crypto";
import type { Instant } from "@openjmc/model";
import {
  BAG_ALGORITHMS,
  BAG_DECLARATION,
  checkBagPath,
  formatBagInfo,
  formatManifest,
  payloadOxum,
  unwrap,
  utf8,
} from "@openjmc/record";
import { ZipWriter } from "../maintenance/zip/writer.ts";

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export class BagWriter {
  readonly #zip: ZipWriter;
  readonly #digests = new Map(BAG_ALGORITHMS.map((algorithm) => [algorithm, new Map<string, string>()]));
  readonly #lengths = new Map<string, number>();

  private constructor(zip: ZipWriter) {
    this.#zip = zip;
  }

  /** Begins an archive. Throws if the file exists. */
  static async create(path: string, at: Instant): Promise<BagWriter> {
    const writer = new BagWriter(await ZipWriter.create(path, at));
    await writer.add("bagit.txt", utf8(BAG_DECLARATION));
    return writer;
  }

  /** Adds a file, whole or as it comes. */
  async add(path: string, content: Uint8Array | Chunks): Promise<void> {
    unwrap(checkBagPath(path));
    const hashes = BAG_ALGORITHMS.map((algorithm) => createHash(algorithm));
    let length = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const chunk of content instanceof Uint8Array ? [content] : content) {
        for (const hash of hashes) hash.update(chunk);
        length += chunk.length;
        yield chunk;
      }
    }
    await this.#zip.add(path, counted());
    this.#lengths.set(path, length);
    BAG_ALGORITHMS.forEach((algorithm, place) => {
      this.#digests.get(algorithm)!.set(path, hashes[place]!.digest("hex"));
    });
  }

  async addJson(path: string, value: unknown): Promise<void> {
    await this.add(path, utf8(`${JSON.stringify(value, null, 2)}\n`));
  }

  get lengths(): ReadonlyMap<string, number> {
    return this.#lengths;
  }

  /** Writes what describes the bag, and ends the file. `info`: fields of `bag-info.txt`. */
  async finish(info: Readonly<Record<string, string>>): Promise<void> {
    await this.add("bag-info.txt", formatBagInfo({ ...info, "Payload-Oxum": payloadOxum(this.#lengths) }));
    await this.#addManifests("manifest", (path) => path.startsWith("data/"));
    await this.#addManifests("tagmanifest", (path) => !path.startsWith("data/") && !path.startsWith("tagmanifest-"));
    await this.#zip.finish();
  }

  async abort(): Promise<void> {
    await this.#zip.abort();
  }

  async #addManifests(name: string, isListed: (path: string) => boolean): Promise<void> {
    const listed = BAG_ALGORITHMS.map((algorithm) => {
      const digests = [...this.#digests.get(algorithm)!].filter(([path]) => isListed(path));
      return { path: `${name}-${algorithm}.txt`, bytes: formatManifest(new Map(digests)) };
    });
    for (const { path, bytes } of listed) await this.add(path, bytes);
  }
}
