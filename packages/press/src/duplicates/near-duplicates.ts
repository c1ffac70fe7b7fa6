/** Texts that are one report told twice: shingles of words, MinHash to find candidates (Broder 1997), exact shares to judge. */
import { soundsOf } from "../script/sound.ts";
import { transliterate } from "../script/transliterate.ts";
import type { PressLanguage } from "../text.ts";
import { wordsOf } from "../words.ts";

/** Words of one shingle. */
const SHINGLE = 4;
const BANDS = 24;
const ROWS = 2;

/** A text as the hashes of its shingles, and its signature. */
export interface Fingerprint {
  /** In rising order, each once: a hundred thousand texts' are kept. */
  readonly shingles: Uint32Array;
  /** One key for each band: texts that share one are compared. */
  readonly bands: readonly number[];
}

export function fingerprintOf(text: string, language: PressLanguage): Fingerprint {
  const words = wordsOf(text).map((word) => hashOf(soundsOf(transliterate(word.word, language)) || word.word));
  const shingles = new Set<number>();
  for (let place = 0; place + SHINGLE <= words.length; place += 1)
    shingles.add(words.slice(place, place + SHINGLE).reduce((hash, word) => mix(hash ^ word), 0x9e3779b9) >>> 0);
  return { shingles: Uint32Array.from(shingles).sort(), bands: bandsOf(shingles) };
}

/** Share of the smaller text's shingles that stand in the other, and of both together (Jaccard). */
export function likenessOf(
  left: Pick<Fingerprint, "shingles">,
  right: Pick<Fingerprint, "shingles">,
): { readonly contained: number; readonly common: number } {
  const smaller = Math.min(left.shingles.length, right.shingles.length);
  const shared = sharedBy(left.shingles, right.shingles);
  const all = left.shingles.length + right.shingles.length - shared;
  return { contained: shared / Math.max(1, smaller), common: shared / Math.max(1, all) };
}

function sharedBy(left: Uint32Array, right: Uint32Array): number {
  let [shared, one, other] = [0, 0, 0];
  while (one < left.length && other < right.length) {
    const difference = left[one]! - right[other]!;
    if (difference === 0) shared += 1;
    if (difference <= 0) one += 1;
    if (difference >= 0) other += 1;
  }
  return shared;
}

/** A reprint keeps this much of the shorter text. */
export const LEAST_CONTAINED = 0.5;

export function isReprint(left: Fingerprint, right: Fingerprint): boolean {
  return likenessOf(left, right).contained >= LEAST_CONTAINED;
}

function bandsOf(shingles: ReadonlySet<number>): number[] {
  const least = new Uint32Array(BANDS * ROWS).fill(0xffffffff);
  for (const shingle of shingles)
    for (let row = 0; row < least.length; row += 1) {
      const hash = mix(shingle ^ Math.imul(row + 1, 0x85ebca6b)) >>> 0;
      if (hash < least[row]!) least[row] = hash;
    }
  return Array.from(
    { length: BANDS },
    (_, band) => mix(mix(least[band * ROWS]!) ^ least[band * ROWS + 1]! ^ band) >>> 0,
  );
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return mix(hash);
}

/** The finaliser of MurmurHash3. */
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Fingerprints of many texts: finds those of which a new one is a reprint, without comparing it with all. */
export class ReprintIndex {
  readonly #byBand = Array.from({ length: BANDS }, () => new Map<number, string[]>());
  readonly #prints = new Map<string, Fingerprint>();

  get size(): number {
    return this.#prints.size;
  }

  /** Codes of the texts it repeats or that repeat it, the likest first. */
  reprintsOf(print: Fingerprint): string[] {
    const candidates = new Set(print.bands.flatMap((key, band) => this.#byBand[band]!.get(key) ?? []));
    return [...candidates]
      .map((code) => ({ code, share: likenessOf(print, this.#prints.get(code)!).contained }))
      .filter((one) => one.share >= LEAST_CONTAINED)
      .sort((left, right) => right.share - left.share || (left.code < right.code ? -1 : 1))
      .map((one) => one.code);
  }

  add(code: string, print: Fingerprint): void {
    this.#prints.set(code, print);
    print.bands.forEach((key, band) => {
      const codes = this.#byBand[band]!.get(key);
      if (codes === undefined) this.#byBand[band]!.set(key, [code]);
      else codes.push(code);
    });
  }
}
