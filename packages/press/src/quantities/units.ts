/** What a number counts: the unit behind it, or before it in a table. */
import type { Lexicon, QuantityUnit } from "../lexicon/index.ts";
import { isOfStem } from "../lexicon/stems.ts";

export interface UnitFound {
  readonly unit: QuantityUnit;
  /** Offsets in the words that were searched. */
  readonly start: number;
  readonly end: number;
}

/** The unit that words behind a number begin with, or come to; in lower case. */
export function unitIn(behind: string, lexicon: Lexicon): UnitFound | undefined {
  const percent = /^\s?%/.exec(behind);
  if (percent !== null) return { unit: "percent", start: 0, end: percent[0].length };
  let best: UnitFound | undefined;
  for (const match of behind.matchAll(/[\p{L}][\p{L}\p{M}]*/gu)) {
    if (isOtherHead(match[0], lexicon)) return best;
    const found = unitAt(behind, match.index, match[0], lexicon);
    if (found !== undefined && isModifier(behind, found, lexicon)) return undefined;
    if (found !== undefined && (best === undefined || preferred(found, best))) best = found;
    if (best !== undefined && !isSoft(best.unit)) break;
  }
  return best;
}

function unitAt(words: string, start: number, word: string, lexicon: Lexicon): UnitFound | undefined {
  const rest = words.slice(start);
  for (const [unit, stems] of lexicon.units) {
    const stem = stems.find((one) => startsWithStem(rest, word, one));
    if (stem !== undefined) return { unit, start, end: start + Math.max(word.length, wordsLength(rest, stem)) };
  }
  return undefined;
}

const isOtherHead = (word: string, lexicon: Lexicon): boolean =>
  lexicon.otherHeads.some((stem) => isOfStem(word, stem));

/** "Four drone strikes" are strikes: what stands before another noun only says of what kind it is. */
function isModifier(behind: string, found: UnitFound, lexicon: Lexicon): boolean {
  if (!KINDS.has(found.unit)) return false;
  const next = /^[ \u00a0]([\p{L}]+)/u.exec(behind.slice(found.end));
  return next !== null && isOtherHead(next[1]!, lexicon);
}

/** What another noun may be of; hours and kilometres are counted whatever stands behind. */
const KINDS: ReadonlySet<QuantityUnit> = new Set(["uncrewed-aircraft", "gun", "tank", "round", "vehicle"]);

/** "60 people killed", "three wounded soldiers": the sharper word wins over the plain one beside it. */
function preferred(found: UnitFound, best: UnitFound): boolean {
  return isSoft(best.unit) && !isSoft(found.unit) && SHARPER.has(found.unit);
}

const isSoft = (unit: QuantityUnit): boolean => unit === "person" || unit === "equipment";
const SHARPER: ReadonlySet<QuantityUnit> = new Set(["killed", "wounded", "missing", "service-member"]);

function startsWithStem(rest: string, word: string, stem: string): boolean {
  if (stem.startsWith("=")) return isOfStem(word, stem);
  return rest.startsWith(stem);
}

/** A unit of two words ends with the second. */
function wordsLength(rest: string, stem: string): number {
  if (!stem.includes(" ")) return 0;
  return /^[\p{L}\p{M} ]*?(?=[^\p{L}\p{M}]|$)/u.exec(rest.slice(stem.length))![0].length + stem.length;
}

/** Most words of a table's row head: "unmanned aerial vehicles (destroyed): 3". */
const MOST_HEAD = 4;

/** "Tanks: 28", "бронетранспортёров — 6": a row of a table, where the unit stands before the number. */
export function unitBefore(before: string, lexicon: Lexicon): UnitFound | undefined {
  const head = /(?:^|[\n.,;:•*-])\s*(?<words>[\p{L}\p{M}][\p{L}\p{M} -]*?)\s*[:—–]\s*$/u.exec(before);
  if (head === null) return undefined;
  const words = head.groups!.words!;
  if (words.split(/\s+/).length > MOST_HEAD) return undefined;
  const found = unitIn(words, lexicon);
  const start = head.index + head[0].indexOf(words);
  return found === undefined ? undefined : { ...found, start: start + found.start, end: start + found.end };
}
