/** What a word of a text may be when its ending is taken off. */
import { LEXICONS } from "../lexicon/index.ts";
import { lowerCase } from "../script/transliterate.ts";
import type { PressLanguage } from "../text.ts";

/** A stem shorter than this is left whole: its ending may be its own. */
const SHORTEST = 3;
const APOSTROPHE = /[’'ʼ`]/;

/** The word in lower case, whole first, then without each ending that its language puts on names. */
export function stemsOfName(word: string, language: PressLanguage): string[] {
  const whole = lowerCase(word, language);
  const [before] = whole.split(APOSTROPHE);
  const base = before !== undefined && before.length >= 2 ? before : whole;
  const stems = new Set([whole.replace(APOSTROPHE, ""), base]);
  // Case endings stand behind an apostrophe where the language writes one; elsewhere they are part of the word.
  if (base === whole || language === "az" || language === "hy")
    for (const ending of LEXICONS[language].nameEndings)
      if (base.endsWith(ending) && base.length - ending.length >= SHORTEST) stems.add(base.slice(0, -ending.length));
  return [...stems];
}
