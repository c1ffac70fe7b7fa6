/** The open-source desk's side of the centre: files taken in, texts found, read and compared. States nothing: people do. */
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Mission } from "@openjmc/agreement";
import { originOf, type PressState } from "@openjmc/desk";
import {
  FaultError,
  type TextContent,
  type TextIntake,
  type TextReading,
  type TextRow,
  type TextSearch,
} from "@openjmc/model";
import { LEAST_CONTAINED, likenessOf, wantedTerms } from "@openjmc/press";
import type { AttachmentStore } from "../attachments/attachment-store.ts";
import type { TextIndex } from "../store/index.ts";
import { Kept } from "./kept.ts";
import { clocksOf, factsOf, gazetteerOf } from "./mission-names.ts";
import { Reader } from "./reader.ts";
import type { Folded, ReaderData, ReadText } from "./reader-protocol.ts";
import { type ReceivedText, TextIndexer } from "./text-indexer.ts";

export interface PressDeskOptions {
  readonly attachments: AttachmentStore;
  readonly index: TextIndex;
  readonly press: () => PressState;
  readonly mission: () => Mission;
  readonly onTrouble: (error: unknown) => void;
}

/** Texts are read whole; a book has a few of these millions. Any file can be named as a text. */
const MOST_TEXT_BYTES = 32_000_000;

/** Candidates that share a band are compared in full; the rest have little in common. */
const MOST_CANDIDATES = 150;
const MOST_ALIKE = 10;
const MOST_FOUND = 100;
/** An act that was just answered is found; a centre that is indexing years of texts does not wait for it. */
const SETTLE_MILLISECONDS = 1_000;

export class PressDesk {
  readonly #options: PressDeskOptions;
  readonly #reader: Reader;
  readonly #indexer: TextIndexer;
  readonly #folded = new Kept<Folded>(512);
  readonly #texts = new Kept<string>(32);
  readonly #read = new Kept<ReadText>(64);
  #mission: Mission;

  constructor(options: PressDeskOptions) {
    this.#options = options;
    this.#mission = options.mission();
    this.#reader = new Reader({ data: () => readerData(options.mission()) });
    this.#indexer = new TextIndexer({
      index: options.index,
      fold: (texts) => this.#foldAll(texts),
      namesOf: (outlet) => namesOf(options.mission(), outlet),
      onTrouble: options.onTrouble,
    });
  }

  /** Takes the texts that the record held at the start; gives no answer until the first are on their way. */
  async begin(texts: readonly ReceivedText[]): Promise<void> {
    await this.#indexer.catchUp(texts);
  }

  take(text: ReceivedText): void {
    this.#indexer.take(text);
  }

  /** Texts that are not found by their words yet. */
  get waiting(): number {
    return this.#indexer.waiting;
  }

  /** Stores a file and what was read out of it, each by its hash. Errors: those of `extract`, of the reader and of the attachments. */
  async intake(bytes: Uint8Array, said: string, name: string): Promise<TextIntake> {
    // A copy goes to the thread: the original is written as it came.
    const extracted = await this.#reader.run({ job: "extract", bytes: new Uint8Array(bytes), said });
    const { attachments } = this.#options;
    const { mediaType, text, folded } = extracted;
    const words = Buffer.from(text);
    const original = await attachments.put(Readable.from([bytes]), mediaType, name);
    // A plain text that needed no mending is one file: the device is waited for once.
    const isSame = words.equals(bytes);
    const kept = isSame ? original : await attachments.put(Readable.from([words]), "text/plain", "text");
    this.#folded.put(kept.sha256, folded);
    this.#texts.put(kept.sha256, text);
    const { outlet, publishedAt, address, retrievedAt, language, neutralised } = extracted;
    return {
      ...{ original: original.sha256, bytes: bytes.byteLength, mediaType, text: kept.sha256, characters: text.length },
      ...{ language, title: extracted.title ?? titleOf(text), neutralised },
      ...(outlet === undefined ? {} : { outlet }),
      ...(publishedAt === undefined ? {} : { publishedAt }),
      ...(address === undefined ? {} : { address }),
      ...(retrievedAt === undefined ? {} : { retrievedAt }),
      alike: await this.#alike(folded, undefined),
    };
  }

  /** Errors: `page.cursor-unknown`. */
  async search(question: string, page: { readonly limit: number; readonly after?: string }): Promise<TextSearch> {
    await this.#indexer.settled(SETTLE_MILLISECONDS);
    const groups = wantedTerms(question);
    // Letters that make no word are found nowhere; nothing at all asks for everything.
    if (groups.length === 0 && question.trim() !== "") return { rows: [] };
    const limit = Math.min(page.limit, MOST_FOUND);
    const found = await this.#options.index.search(groups, { ...page, limit });
    const { texts } = this.#options.press();
    const rows = found.keys.flatMap((key) => texts.get(key) ?? []);
    return { rows, ...(found.next === undefined ? {} : { next: found.next }) };
  }

  /** Errors: `text.unknown`, `attachment.missing`. */
  async content(id: string): Promise<TextContent> {
    const press = this.#options.press();
    const row = this.#row(id);
    const origin = originOf(press, id);
    return {
      row,
      origin,
      text: await this.#text(row),
      chain: chainOf(press, id),
      claims: (press.claimsOfText.get(id) ?? []).flatMap((claim) => press.claims.get(claim) ?? []),
    };
  }

  /** Errors: those of `content` and of the reader. */
  async reading(id: string): Promise<TextReading> {
    const row = this.#row(id);
    const { suggestions, claims, cites } = await this.#readOne(row);
    const [folded] = await this.#foldAll([receivedOf(row)]);
    return {
      ...{ text: row.body.text, suggestions, claims },
      judged: [...(this.#options.press().judgements.get(id)?.values() ?? [])],
      alike: folded === undefined ? [] : await this.#alike(folded, id),
      ...(cites === undefined ? {} : { cites }),
    };
  }

  async close(): Promise<void> {
    await this.#reader.close();
    await this.#indexer.close();
  }

  async #readOne(row: TextRow): Promise<ReadText> {
    this.#followMission();
    const known = this.#read.get(row.id);
    if (known !== undefined) return known;
    const { language, timeZone, outlet } = row.body;
    const { publishedAt } = row;
    const text = { text: await this.#text(row), language, publishedAt, timeZone, outlet };
    const read = await this.#reader.run({ job: "read", text });
    this.#read.put(row.id, read);
    return read;
  }

  /** Another mission follows other facts and knows other names. */
  #followMission(): void {
    const mission = this.#options.mission();
    if (mission === this.#mission) return;
    this.#mission = mission;
    this.#read.clear();
    this.#reader.renew();
  }

  #row(id: string): TextRow {
    const row = this.#options.press().texts.get(id);
    if (row === undefined)
      throw new FaultError({
        code: "text.unknown",
        what: "text",
        expected: "a text of the record",
        got: id.slice(0, 40),
      });
    return row;
  }

  async #text({ body }: { readonly body: ReceivedText["body"] }): Promise<string> {
    const known = this.#texts.get(body.text);
    if (known !== undefined) return known;
    const file = await this.#options.attachments.get(body.text);
    if (!file) throw new FaultError({ code: "attachment.missing", what: "text", where: { file: body.text } });
    if (file.bytes > MOST_TEXT_BYTES) {
      file.stream.destroy();
      throw new FaultError({
        ...{ code: "attachment.too-large", what: "text", where: { file: body.text } },
        ...{ expected: `at most ${MOST_TEXT_BYTES} bytes`, got: String(file.bytes) },
      });
    }
    const text = (await buffer(file.stream)).toString("utf8");
    this.#texts.put(body.text, text);
    return text;
  }

  async #foldAll(texts: readonly ReceivedText[]): Promise<(Folded | undefined)[]> {
    const missing = texts.filter(({ body }) => this.#folded.get(body.text) === undefined);
    const read = await Promise.all(missing.map((text) => this.#textToFold(text)));
    const there = read.filter((text) => text !== undefined);
    const made = there.length === 0 ? [] : await this.#reader.run({ job: "fold", texts: there });
    for (const [place, { sha256 }] of there.entries()) this.#folded.put(sha256, made[place]!);
    return texts.map(({ body }) => this.#folded.get(body.text));
  }

  async #textToFold(text: ReceivedText) {
    try {
      return { text: await this.#text(text), language: text.body.language, beside: "", sha256: text.body.text };
    } catch (error) {
      this.#options.onTrouble(error);
      return undefined;
    }
  }

  async #alike(folded: Folded, self: string | undefined): Promise<TextIntake["alike"]> {
    if (folded.bands.length === 0) return [];
    await this.#indexer.settled(SETTLE_MILLISECONDS);
    const candidates = await this.#options.index.alike(folded.bands, MOST_CANDIDATES);
    return candidates
      .filter(({ key }) => key !== self)
      .map(({ key, shingles }) => ({ text: key, share: likenessOf({ shingles }, folded).contained }))
      .filter(({ share }) => share >= LEAST_CONTAINED)
      .sort((left, right) => right.share - left.share || (left.text < right.text ? -1 : 1))
      .slice(0, MOST_ALIKE)
      .map(({ text, share }) => ({ text, perMille: Math.round(share * 1_000) }));
  }
}

export function receivedOf(row: TextRow): ReceivedText {
  return { id: row.id, index: row.mark.index, publishedAt: row.publishedAt, body: row.body };
}

function readerData(mission: Mission): ReaderData {
  const { timeZone: localTimeZone } = mission.view;
  return { names: gazetteerOf(mission).entries, facts: factsOf(mission), clocks: clocksOf(mission), localTimeZone };
}

function namesOf(mission: Mission, outlet: string): string {
  const named = mission.openSource.names.find(({ id }) => id === outlet);
  return Object.values(named?.names ?? {})
    .flat()
    .join(" ");
}

/** Its first line or, where that is long, as many of its sentences as a title holds; where a file has no title of its own. */
function titleOf(text: string): string {
  const line = text.slice(0, 1_000).split("\n")[0]!.trim();
  if (line.length <= MOST_TITLE) return line;
  const room = line.slice(0, MOST_TITLE);
  const sentences = room.slice(0, Math.max(...[...room.matchAll(/[.!?։…](?=\s)/g)].map(({ index }) => index + 1), 0));
  return sentences.length >= LEAST_TITLE ? sentences : `${room.replace(/\s+\S*$/, "")}…`;
}

const LEAST_TITLE = 25;
const MOST_TITLE = 120;

function chainOf(press: PressState, id: string): TextRow[] {
  const linked = new Set<string>([id]);
  // A chain is followed both ways; it is short, but a record may bind texts in a circle.
  for (let grown = true; grown; ) {
    grown = false;
    for (const [from, to] of press.repeats)
      if (linked.has(from) !== linked.has(to)) {
        linked.add(from).add(to);
        grown = true;
      }
  }
  return [...linked]
    .flatMap((one) => press.texts.get(one) ?? [])
    .sort((left, right) => left.publishedAt - right.publishedAt || (left.id < right.id ? -1 : 1));
}
