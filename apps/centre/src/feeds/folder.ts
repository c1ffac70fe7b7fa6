/**
 * A feed that takes files out of a folder: whoever cannot send lays them there. A file is one connection. It is taken once it has not
 * grown between two looks, its bytes go to the journal, and it is moved to `taken` beside it, never deleted.
 * A recording of sound (`NAME.wav`) is taken with its sidecar (`NAME.wav.json`), as one block behind its sidecar.
 */
import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { decodeSidecar, encodeBlockMessage } from "@openjmc/formats";
import { FaultError, type SourceFormat } from "@openjmc/model";
import type { Feed, FeedSink } from "./feed.ts";

const LOOK_MILLISECONDS = 500;
const CHUNK_BYTES = 64 * 1024;
/** While the lane takes nothing the same chunk is offered again after this. */
const AGAIN_MILLISECONDS = 100;
/** A recording with its sidecar is read whole. */
const LARGEST_RECORDING = 64 * 1024 * 1024;
/** Written by others, moved by us; names that begin with a dot are on their way still. */
const TAKEN = "taken";

export interface FolderFeedOptions {
  readonly id: string;
  readonly folder: string;
  readonly format: SourceFormat;
  readonly sink: FeedSink;
  readonly nextConnection: () => number;
}

/** Makes the feed. Error at start: `feed.folder`. */
export function createFolderFeed(options: FolderFeedOptions): Feed {
  return new FolderFeed(options);
}

class FolderFeed implements Feed {
  readonly id: string;
  readonly #options: FolderFeedOptions;
  /** Sizes at the last look. */
  #seen = new Map<string, number>();
  /** Recordings whose sidecar was no good, with its size then: another one is tried. */
  readonly #refused = new Map<string, number | undefined>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: FolderFeedOptions) {
    this.id = options.id;
    this.#options = options;
  }

  address(): string {
    return this.#options.folder;
  }

  async start(): Promise<void> {
    try {
      await mkdir(join(this.#options.folder, TAKEN), { recursive: true });
    } catch (error) {
      throw new FaultError({
        ...{ code: "feed.folder", what: `folder of ${this.id}`, where: { file: this.#options.folder } },
        ...{ expected: "a folder that can be written", cause: String(error) },
      });
    }
    this.#plan();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  #plan(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => this.#plan());
    }, LOOK_MILLISECONDS);
  }

  async #look(): Promise<void> {
    try {
      for (const name of await this.#settled()) if (!this.#stopped) await this.#take(name);
    } catch (error) {
      this.#trouble("feed.folder", this.#options.folder, String(error));
    }
  }

  /** Names of files that have not grown since the last look, in order. */
  async #settled(): Promise<string[]> {
    const { folder } = this.#options;
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith(".")).map((entry) => entry.name);
    const sizes = new Map<string, number>();
    for (const name of names.sort()) sizes.set(name, (await stat(join(folder, name))).size);
    const isSettled = (name: string): boolean => this.#seen.get(name) === sizes.get(name);
    const isRefused = (name: string): boolean =>
      this.#refused.has(name) && this.#refused.get(name) === sizes.get(`${name}.json`);
    const settled = names.filter((name) => isSettled(name) && !isRefused(name));
    this.#seen = sizes;
    return settled.filter((name) => !isSidecar(name) || !names.includes(recordingOf(name)));
  }

  async #take(name: string): Promise<void> {
    const isRecording = this.#options.format === "pcm" && name.toLowerCase().endsWith(".wav");
    if (!isRecording) return this.#send([name], this.#chunksOf(name));
    // The sidecar may come after the recording.
    if (!this.#seen.has(`${name}.json`)) return;
    const block = await this.#blockOf(name);
    if (block !== undefined) await this.#send([name, `${name}.json`], chunks(block));
  }

  async #blockOf(name: string): Promise<Uint8Array | undefined> {
    const file = join(this.#options.folder, name);
    const sidecar = decodeSidecar(await readFile(`${file}.json`, "utf8"));
    if (sidecar.ok && this.#seen.get(name)! <= LARGEST_RECORDING)
      return encodeBlockMessage({ ...sidecar.value, encoding: "wav" }, await readFile(file));
    this.#refused.set(name, this.#seen.get(`${name}.json`));
    if (sidecar.ok) this.#trouble("feed.file-too-large", file, `more than ${LARGEST_RECORDING} bytes`);
    else this.#options.sink.trouble(this.id, sidecar.fault);
    return undefined;
  }

  async *#chunksOf(name: string): AsyncGenerator<Uint8Array> {
    yield* createReadStream(join(this.#options.folder, name), { highWaterMark: CHUNK_BYTES });
  }

  /** One file is one connection. A stop in the middle leaves the file where it is: it is taken again, and decoders know doubles. */
  async #send(names: readonly string[], bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
    const { sink, folder } = this.#options;
    const connection = this.#options.nextConnection();
    sink.connected(this.id, connection, names[0]!);
    for await (const chunk of bytes) {
      while (!this.#stopped && !sink.bytes(this.id, connection, chunk))
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLISECONDS));
      if (this.#stopped) break;
    }
    sink.disconnected(this.id, connection, this.#stopped ? "the centre stops" : "the file's end");
    if (this.#stopped) return;
    for (const name of names) {
      await rename(join(folder, name), join(folder, TAKEN, `${connection}.${name}`));
      this.#seen.delete(name);
    }
  }

  #trouble(code: string, file: string, cause: string): void {
    const { sink } = this.#options;
    sink.trouble(this.id, { code, what: `file of ${this.id}`, where: { source: this.id, file }, cause });
  }
}

function isSidecar(name: string): boolean {
  return name.toLowerCase().endsWith(".wav.json");
}

function recordingOf(sidecar: string): string {
  return sidecar.slice(0, -".json".length);
}

function* chunks(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) yield bytes.subarray(from, from + CHUNK_BYTES);
}
