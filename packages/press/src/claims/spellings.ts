/** One thing under several spellings in one language: no conflict of facts, but what misleads whoever searches. */

import type { NameMention } from "../names/names.ts";
import { stemsOfName } from "../names/stems-of-name.ts";
import { skeletonOf, soundAlike, soundsOf } from "../script/sound.ts";
import { lowerCase, transliterate } from "../script/transliterate.ts";
import type { PressLanguage } from "../text.ts";

export interface NamedText {
  readonly text: string;
  readonly language: PressLanguage;
  readonly names: readonly NameMention[];
}

export interface Spellings {
  /** The gazetteer's code; of a name that it does not know, the spelling that was met first, in lower case. */
  readonly id: string;
  readonly language: PressLanguage;
  /** Each spelling without its ending, in lower case, with the texts that have it; the commonest first. */
  readonly spellings: readonly { readonly spelling: string; readonly texts: readonly string[] }[];
}

/** A ministry under a full name and a short one is not spelt in two ways; a place and a person are. */
const SPELT: ReadonlySet<string> = new Set(["place", "person"]);

/**
 * Places and persons that texts of one language spell in several ways: of one code, or, where nobody knows them, sounding alike.
 * A given name or a title beside it makes no other spelling.
 */
export function spellingsOf(texts: readonly NamedText[]): Spellings[] {
  const unknown = new AlikeNames();
  const seen = texts.flatMap(({ text, language, names }) =>
    names
      .filter((name) => SPELT.has(name.kind))
      .map(({ id, kind, name }) => {
        const spelling = lowerCase(lastWord(name), language);
        const one = id ?? unknown.firstLike(kind, language, spelling);
        return { key: `${id === undefined} ${one} ${language}`, id: one, language, text, spelling };
      }),
  );
  return [...Map.groupBy(seen, (one) => one.key).values()].flatMap((group) => {
    const bare = withoutEndings(new Set(group.map((one) => one.spelling)), group[0]!.language);
    const bySpelling = Map.groupBy(group, (one) => bare.get(one.spelling)!);
    if (bySpelling.size < 2) return [];
    const spellings = [...bySpelling]
      .map(([spelling, own]) => ({ spelling, texts: [...new Set(own.map((one) => one.text))] }))
      .sort((left, right) => right.texts.length - left.texts.length || (left.spelling < right.spelling ? -1 : 1));
    return [{ id: group[0]!.id, language: group[0]!.language, spellings }];
  });
}

/** Forms of one spelling that differ by their endings alone stand under what they have in common. */
function withoutEndings(spellings: ReadonlySet<string>, language: PressLanguage): Map<string, string> {
  const kinds: { common: string[]; readonly own: string[] }[] = [];
  for (const spelling of [...spellings].sort()) {
    const stems = stemsOfName(spelling, language);
    const like = kinds.find(({ common }) => common.some((stem) => stems.includes(stem)));
    if (like === undefined) kinds.push({ common: stems, own: [spelling] });
    else {
      like.common = like.common.filter((stem) => stems.includes(stem));
      like.own.push(spelling);
    }
  }
  return new Map(
    kinds.flatMap(({ common, own }) => {
      const longest = common.reduce((most, stem) => (stem.length > most.length ? stem : most), "");
      return own.map((spelling) => [spelling, own.length === 1 ? spelling : longest] as const);
    }),
  );
}

/** Names that nobody knows, each under the first that sounded like it. */
class AlikeNames {
  readonly #bySkeleton = new Map<string, { readonly spelling: string; readonly sounds: string }[]>();

  firstLike(kind: string, language: PressLanguage, spelling: string): string {
    const sounds = soundsOf(transliterate(spelling, language));
    const key = `${kind} ${language} ${skeletonOf(sounds)}`;
    const met = this.#bySkeleton.get(key) ?? [];
    const like = met.find((one) => soundAlike(one.sounds, sounds));
    if (like !== undefined) return like.spelling;
    met.push({ spelling, sounds });
    this.#bySkeleton.set(key, met);
    return spelling;
  }
}

function lastWord(name: string): string {
  return name.trim().split(/\s+/).at(-1)!;
}
