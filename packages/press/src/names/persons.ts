/**
 * Persons by what stands around them: a rank or an office before capitalised words, a family name's ending behind a given name,
 * and afterwards the family name alone.
 */
import { LEXICONS, type Lexicon } from "../lexicon/index.ts";
import { isOfStem, whole } from "../lexicon/stems.ts";
import { lowerKeepingPlaces } from "../script/lower.ts";
import { lowerCase } from "../script/transliterate.ts";
import { SpanSet, withinEach, withoutOverlaps } from "../spans.ts";
import type { PressText, Span } from "../text.ts";
import { firstFrom, type Word } from "../words.ts";
import { familyNamesAlone, hasFamilyEnding, withoutEnding } from "./family-names.ts";
import type { NameMention } from "./names.ts";

const MOST_WORDS = 3;

/** Persons: those of the gazetteer with their given names joined, and those it does not know. */
export function personsOf(text: PressText, words: readonly Word[], known: readonly NameMention[]): NameMention[] {
  const lexicon = LEXICONS[text.language];
  const others = new SpanSet(known.filter((one) => one.kind !== "person"));
  const free = (word: Word): boolean => !others.overlaps(word);
  const found = [
    ...known.filter((one) => one.kind === "person").map((one) => withGivenName(one, words, text, lexicon, free)),
    ...afterTitles(text, words, lexicon, free),
    ...byFamilyName(text, words, lexicon, free),
  ];
  const full = joined(found);
  return withoutOverlaps([...full, ...familyNamesAlone(full, words, text, free)]);
}

/** Of overlapping mentions the one that is known gives its code to the longest. */
function joined(found: readonly NameMention[]): NameMention[] {
  const coded = found.filter((one) => one.id !== undefined);
  const kept = withoutOverlaps(found);
  return withinEach(kept, coded).map((own, place) => {
    const id = kept[place]!.id ?? own[0]?.id;
    return id === undefined ? kept[place]! : { ...kept[place]!, id };
  });
}

function mayBeName(word: Word | undefined, text: PressText, lexicon: Lexicon): word is Word {
  if (word === undefined || !word.isCapital || word.end - word.start < 2) return false;
  const lower = lowerCase(word.word, text.language);
  return (
    !lexicon.notNames.some((stem) => isOfStem(lower, stem)) &&
    !isMonth(lower, lexicon) &&
    !/^\p{Lu}{2,}$/u.test(word.word)
  );
}

function isMonth(lower: string, lexicon: Lexicon): boolean {
  return lexicon.months.some((stems) => stems.some((stem) => isOfStem(lower, stem)));
}

const adjoins = (text: PressText, left: Span, right: Span): boolean =>
  /^[ \u00a0]+$/.test(text.text.slice(left.end, right.start));

/** A family name that is known takes the given name before it: "Vəliyev" and "Anar Vəliyev" are one person. */
function withGivenName(
  one: NameMention,
  words: readonly Word[],
  text: PressText,
  lexicon: Lexicon,
  free: (word: Word) => boolean,
): NameMention {
  const place = firstFrom(words, one.start);
  const before = words[place - 1];
  if (
    !mayBeName(before, text, lexicon) ||
    !free(before) ||
    !adjoins(text, before, words[place]!) ||
    isTitle(before, text, lexicon)
  )
    return one;
  if (isSentenceStart(text, before)) return one;
  return { ...one, start: before.start, name: text.text.slice(before.start, one.end) };
}

function isSentenceStart(text: PressText, word: Word): boolean {
  return /(?:^|[.!?։:«“"\n])\s*$/.test(text.text.slice(Math.max(0, word.start - 4), word.start));
}

function isTitle(word: Word, text: PressText, lexicon: Lexicon): boolean {
  const lower = lowerCase(word.word, text.language);
  return lexicon.titles.some((title) => new RegExp(`^(?:${title})$`, "u").test(lower));
}

function afterTitles(
  text: PressText,
  words: readonly Word[],
  lexicon: Lexicon,
  free: (word: Word) => boolean,
): NameMention[] {
  const lower = lowerKeepingPlaces(text.text, text.language);
  const titles = new RegExp(whole(lexicon.titles.join("|")), "gu");
  return [...lower.matchAll(titles)].flatMap((match) => {
    const end = match.index + match[0].length;
    const first = firstFrom(words, end);
    if (first === words.length || !/^\.?[ \u00a0]+$/.test(text.text.slice(end, words[first]!.start))) return [];
    const run = runOfNames(text, words, first, lexicon, free);
    return run.length === 0 ? [] : [mentionOf(text, run)];
  });
}

function runOfNames(
  text: PressText,
  words: readonly Word[],
  first: number,
  lexicon: Lexicon,
  free: (word: Word) => boolean,
): Word[] {
  const run: Word[] = [];
  for (let place = first; place < words.length && run.length < MOST_WORDS; place += 1) {
    const word = words[place]!;
    if (!mayBeName(word, text, lexicon) || !free(word) || isTitle(word, text, lexicon)) break;
    if (run.length > 0 && !adjoins(text, run.at(-1)!, word)) break;
    run.push(word);
    // An ending behind an apostrophe closes a name.
    if (/[’'ʼ]\p{L}/u.test(word.word)) break;
  }
  return run;
}

function mentionOf(text: PressText, run: readonly Word[]): NameMention {
  const [start, end] = [run[0]!.start, run.at(-1)!.end];
  const last = withoutEnding(run.at(-1)!, text);
  return { kind: "person", start, end, name: text.text.slice(start, run.at(-1)!.start) + last };
}

/** Two capitalised words of which the second ends as family names do. */
function byFamilyName(
  text: PressText,
  words: readonly Word[],
  lexicon: Lexicon,
  free: (word: Word) => boolean,
): NameMention[] {
  return words.flatMap((word, place) => {
    const before = words[place - 1];
    if (!mayBeName(word, text, lexicon) || !free(word) || !mayBeName(before, text, lexicon) || !free(before)) return [];
    if (!adjoins(text, before, word) || isTitle(before, text, lexicon) || !hasFamilyEnding(word, text, lexicon))
      return [];
    return [mentionOf(text, [before, word])];
  });
}
