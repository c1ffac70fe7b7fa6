/**
 * Words as a search looks for them: by sound, in one alphabet, whatever language and spelling. A text gives terms for each of its
 * words as it stands; a question takes endings off and asks for all terms that begin so.
 */

import { plainText } from "../script/plain.ts";
import { skeletonOf, soundsOf } from "../script/sound.ts";
import { lowerCase, transliterate } from "../script/transliterate.ts";
import { PRESS_LANGUAGES, type PressLanguage } from "../text.ts";
import { wordsOf } from "../words.ts";
import { ENDINGS } from "./endings.ts";

/** A term begins so where only its consonants are told; no sound is written with this letter. */
const SKELETON = "q";
/** Fewer consonants say too little. */
const LEAST_CONSONANTS = 4;
/** A stem as short as this may be another word's beginning: it is looked for whole. */
const LEAST_PREFIX = 4;
/** More words than this of one text add nothing to finding it, and a file may hold nothing else. */
export const MOST_TERMS = 20_000;
/** Longer words are none. */
const LONGEST_WORD = 40;

/** Terms of a text, each once: `a` to `z` and digits only. */
export function termsOf(text: string, language: string): string[] {
  const own = languagesOf(language)[0] ?? "en";
  const terms = new Set<string>();
  for (const word of new Set(searchedWords(text))) {
    if (terms.size >= MOST_TERMS) break;
    for (const term of termsOfWord(word, scriptOf(word, own))) terms.add(term);
  }
  return [...terms];
}

/** One word of a question: a text answers it with any of these terms, whole or, where so marked, beginning so. */
export type WantedTerm = { readonly term: string; readonly isPrefix: boolean };

/** What a text must have to answer a question: one of each group. Empty where the question has no word in it. */
export function wantedTerms(question: string): WantedTerm[][] {
  return [...new Set(searchedWords(question))].slice(0, MOST_WORDS).map((word) => {
    const wanted = new Map<string, WantedTerm>();
    const add = (term: string, isPrefix: boolean): void => void (term !== "" && wanted.set(term, { term, isPrefix }));
    if (/^\d/.test(word)) return [{ term: termsOfWord(word, "en")[0] ?? word, isPrefix: false }];
    for (const language of languagesOfWord(word))
      for (const stem of new Set([word, stemOf(word, language)])) {
        const sounds = soundsOf(transliterate(stem, language));
        const folded = foldedVowels(sounds);
        add(folded, folded.length >= LEAST_PREFIX);
        const bones = consonantsOf(sounds);
        if (bones.length >= LEAST_CONSONANTS) add(SKELETON + bones, true);
      }
    return [...wanted.values()];
  });
}

const MOST_WORDS = 12;

function termsOfWord(word: string, language: PressLanguage): string[] {
  if (/^\d/.test(word)) return [word.replace(/[^a-z0-9]/g, "")].filter(Boolean);
  const sounds = soundsOf(transliterate(word, language));
  const folded = foldedVowels(sounds);
  if (folded === "") return [];
  const bones = consonantsOf(sounds);
  return bones.length >= LEAST_CONSONANTS ? [folded, SKELETON + bones] : [folded];
}

/** Words without the endings behind an apostrophe; numbers without the marks between their thousands. */
function searchedWords(text: string): string[] {
  const joined = plainText(text).text.replace(/(?<=\d)[,. ](?=\d{3}(?!\d))/g, "");
  return wordsOf(joined).flatMap(({ word }) =>
    word
      .split(/[-‑]/)
      .map((part) => part.split(/[’'ʼ`]/)[0]!)
      .filter((part) => part.length > 1 && part.length <= LONGEST_WORD),
  );
}

/** Vowels are heard and spelt in many ways: any run of them is one, and what is voiced is not told apart. */
function foldedVowels(sounds: string): string {
  return lettersOf(sounds.replace(/[aeiouy]+/g, "a"));
}

function consonantsOf(sounds: string): string {
  return lettersOf(skeletonOf(sounds).replace(/^A/, "a"));
}

/** The signs of sounds as small letters that no other sound has. */
function lettersOf(sounds: string): string {
  const LETTERS: Readonly<Record<string, string>> = { J: "j", S: "x", K: "k", d: "t", b: "p" };
  return sounds.replace(/[JSKdb]/g, (sign) => LETTERS[sign]!).replace(/[^a-z0-9]/g, "");
}

/** The word without its ending, and without what stood before that; never shorter than a stem. */
function stemOf(word: string, language: PressLanguage): string {
  let stem = lowerCase(word, language);
  for (let time = 0; time < 2; time += 1) {
    const ending = ENDINGS[language].find((one) => stem.endsWith(one) && stem.length - one.length >= LEAST_PREFIX);
    if (ending === undefined) break;
    stem = stem.slice(0, -ending.length);
  }
  return stem;
}

function languagesOf(language: string): PressLanguage[] {
  return PRESS_LANGUAGES.filter((one) => one === language);
}

/** A word in other letters than its text's language has is read as their language reads it. */
function scriptOf(word: string, language: PressLanguage): PressLanguage {
  if (/\p{Script=Cyrillic}/u.test(word)) return "ru";
  if (/\p{Script=Armenian}/u.test(word)) return "hy";
  return language === "ru" || language === "hy" ? "en" : language;
}

/** A question does not say in which language it is asked. */
function languagesOfWord(word: string): readonly PressLanguage[] {
  if (/\p{Script=Cyrillic}/u.test(word)) return ["ru"];
  if (/\p{Script=Armenian}/u.test(word)) return ["hy"];
  return ["en", "tr", "az"];
}
