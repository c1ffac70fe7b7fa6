/** Places that the gazetteer does not know, by the words for a village, a town or a district beside them. */
import { LEXICONS } from "../lexicon/index.ts";
import { isOfStem, whole } from "../lexicon/stems.ts";
import { lowerKeepingPlaces } from "../script/lower.ts";
import { lowerCase } from "../script/transliterate.ts";
import { SpanSet } from "../spans.ts";
import type { PressText, Span } from "../text.ts";
import { firstFrom, type Word } from "../words.ts";
import type { NameMention } from "./names.ts";

/** Capitalised words next to a word for a place, outside the spans that are other names. */
export function placesOf(text: PressText, words: readonly Word[], taken: readonly Span[]): NameMention[] {
  const others = new SpanSet(taken);
  return [...behind(text, words), ...before(text, words)].filter((one) => !others.overlaps(one));
}

function isFree(word: Word | undefined, text: PressText): word is Word {
  if (word === undefined || !word.isCapital || word.end - word.start < 3) return false;
  const { notNames, placeBehind } = LEXICONS[text.language];
  const lower = lowerCase(word.word, text.language);
  return ![...notNames, ...placeBehind].some((stem) => isOfStem(lower, stem)) && !/^\p{Lu}{2,}$/u.test(word.word);
}

/** "X village". */
function behind(text: PressText, words: readonly Word[]): NameMention[] {
  const { placeBehind } = LEXICONS[text.language];
  return words.flatMap((word, place) => {
    const name = words[place - 1];
    if (word.isCapital || !isFree(name, text)) return [];
    const lower = lowerCase(word.word, text.language);
    if (!placeBehind.some((stem) => lower.startsWith(stem))) return [];
    if (!/^[ \u00a0]+$/.test(text.text.slice(name.end, word.start))) return [];
    return [{ kind: "place" as const, start: name.start, end: name.end, name: name.word }];
  });
}

/** "the village of X". */
function before(text: PressText, words: readonly Word[]): NameMention[] {
  const { placeBefore } = LEXICONS[text.language];
  if (placeBefore.length === 0) return [];
  const lower = lowerKeepingPlaces(text.text, text.language);
  return [...lower.matchAll(new RegExp(whole(placeBefore.join("|")), "gu"))].flatMap((match) => {
    const end = match.index + match[0].length;
    const name = words[firstFrom(words, end)];
    if (!isFree(name, text) || !/^[ \u00a0]+$/.test(text.text.slice(end, name.start))) return [];
    return [{ kind: "place" as const, start: name.start, end: name.end, name: name.word }];
  });
}
