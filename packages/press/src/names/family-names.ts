/** Family names: by their endings, without the endings of a case, and alone behind a full name. */
import { LEXICONS, type Lexicon } from "../lexicon/index.ts";
import { skeletonOf, soundAlike, soundsOf } from "../script/sound.ts";
import { lowerCase, transliterate } from "../script/transliterate.ts";
import { SpanSet } from "../spans.ts";
import type { PressText } from "../text.ts";
import type { Word } from "../words.ts";
import type { NameMention } from "./names.ts";
import { stemsOfName } from "./stems-of-name.ts";

/** A family name is longer than its ending by this. */
const LEAST_STEM = 3;

export function hasFamilyEnding(word: Word, text: PressText, lexicon: Lexicon): boolean {
  return stemsOfName(word.word, text.language).some((stem) =>
    lexicon.familyEndings.some((ending) => stem.endsWith(ending) && stem.length - ending.length >= LEAST_STEM),
  );
}

/** After "General X Y" a "Y" alone is the same person, and is called by the full name. */
export function familyNamesAlone(
  full: readonly NameMention[],
  words: readonly Word[],
  text: PressText,
  free: (word: Word) => boolean,
): NameMention[] {
  const families = new Map<string, { readonly one: NameMention; readonly sounds: string }[]>();
  for (const one of full.filter((mention) => /\s/.test(mention.name)))
    for (const sounds of soundsOfName(one.name.split(/\s+/).at(-1)!, text)) {
      const skeleton = skeletonOf(sounds);
      const same = families.get(skeleton) ?? [];
      // The first to bear a name is enough: who bears it later is told by the given name.
      if (!same.some((other) => other.sounds === sounds)) families.set(skeleton, [...same, { one, sounds }]);
    }
  if (families.size === 0) return [];
  const taken = new SpanSet(full);
  return words.flatMap((word) => {
    if (!word.isCapital || word.end - word.start < 4 || !free(word) || taken.overlaps(word)) return [];
    const found = soundsOfName(word.word, text)
      .flatMap((sound) => (families.get(skeletonOf(sound)) ?? []).filter((family) => soundAlike(sound, family.sounds)))
      .find((family) => family.one.start < word.start);
    if (found === undefined) return [];
    const { kind, id, name } = found.one;
    const span = { start: word.start, end: word.end };
    return [id === undefined ? { kind, ...span, name } : { kind, ...span, id, name: withoutEnding(word, text) }];
  });
}

function soundsOfName(word: string, text: PressText): string[] {
  return stemsOfName(word, text.language).map((stem) => soundsOf(transliterate(stem, text.language)));
}

/** A family name as it is written without a case: cut at an apostrophe, or where its own ending is followed by one of a case. */
export function withoutEnding({ word }: Word, text: PressText): string {
  const { familyEndings } = LEXICONS[text.language];
  const own = stemsOfName(word, text.language)
    .filter((stem) =>
      familyEndings.some((ending) => stem.endsWith(ending) && stem.length - ending.length >= LEAST_STEM),
    )
    .sort((left, right) => right.length - left.length)[0];
  const cut = word.replace(/(?<=.)[’'ʼ`]\p{Ll}+$/u, "");
  return own === undefined || !lowerCase(cut, text.language).startsWith(own) ? cut : cut.slice(0, own.length);
}
