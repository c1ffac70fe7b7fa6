/** Keeps the index of texts as new as the record: in the order of the log, some at a time, made again where it is behind. */
import type { TextReceivedBody } from "@openjmc/model";
import { termsOf } from "@openjmc/press";
import type { IndexedText, TextIndex } from "../store/index.ts";
import type { Folded } from "./reader-protocol.ts";

/** A text as its entry tells of it. */
export interface ReceivedText {
  readonly id: string;
  readonly index: number;
  readonly publishedAt: number;
  readonly body: TextReceivedBody;
}

export interface TextIndexerOptions {
  readonly index: TextIndex;
  /** Folds texts by their hash; undefined where a file is gone. */
  readonly fold: (texts: readonly ReceivedText[]) => Promise<readonly (Folded | undefined)[]>;
  /** Other names of an outlet, by which it is looked for. */
  readonly namesOf: (outlet: string) => string;
  readonly onTrouble: (error: unknown) => void;
}

const AT_ONCE = 32;
const RETRY_MILLISECONDS = 2_000;

export class TextIndexer {
  readonly #options: TextIndexerOptions;
  readonly #queue: ReceivedText[] = [];
  readonly #askers = new Set<{ readonly upTo: number; readonly tell: () => void }>();
  #done = -1;
  #working: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: TextIndexerOptions) {
    this.#options = options;
  }

  /** Takes what the index does not hold yet of texts in the order of the log. */
  async catchUp(texts: readonly ReceivedText[]): Promise<void> {
    const position = await this.#options.index.position();
    for (const text of texts) if (text.index > position) this.take(text);
  }

  take(text: ReceivedText): void {
    this.#queue.push(text);
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** Waits until everything taken so far is found, but no longer than that. */
  async settled(milliseconds: number): Promise<void> {
    const last = this.#queue.at(-1);
    if (last === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const asker = { upTo: last.index, tell: resolve };
    this.#askers.add(asker);
    const timer = setTimeout(resolve, milliseconds);
    await promise;
    clearTimeout(timer);
    this.#askers.delete(asker);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0 && !this.#isClosed) {
      const texts = this.#queue.slice(0, AT_ONCE);
      try {
        await this.#put(texts);
        this.#queue.splice(0, texts.length);
        this.#done = texts.at(-1)!.index;
        for (const { upTo, tell } of this.#askers) if (upTo <= this.#done) tell();
      } catch (error) {
        this.#options.onTrouble(error);
        if (!this.#isClosed) await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
      }
    }
  }

  async #put(texts: readonly ReceivedText[]): Promise<void> {
    const folded = await this.#options.fold(texts);
    const indexed = texts.map((text, place) => this.#indexed(text, folded[place]));
    await this.#options.index.put(indexed, texts.at(-1)!.index);
  }

  /** A text whose file is gone is still found by its title and outlet. */
  #indexed({ id, index, publishedAt, body }: ReceivedText, folded: Folded | undefined): IndexedText {
    const { title, outlet, language } = body;
    const beside = termsOf(`${title} ${outlet} ${this.#options.namesOf(outlet)}`, language);
    return {
      key: id,
      at: publishedAt,
      logIndex: index,
      terms: [...new Set([...beside, ...(folded?.terms ?? [])])],
      bands: folded?.bands ?? [],
      shingles: folded?.shingles ?? new Uint32Array(),
    };
  }
}
