/** One thing under several spellings in one language: no conflict of facts, but what misleads whoever searches. */

import type { NameMention } from "../names/names.ts";
import { lowerCase } from "../script/transliterate.ts";
import type { PressLanguage } from "../text.ts";

export interface NamedText {
  readonly text: string;
  readonly language: PressLanguage;
  readonly names: readonly NameMention[];
}

export interface Spellings {
  /** The gazetteer's code. */
  readonly id: string;
  readonly language: PressLanguage;
  /** Each spelling without its ending, in lower case, with the texts that have it; the commonest first. */
  readonly spellings: readonly { readonly spelling: string; readonly texts: readonly string[] }[];
}

/** Names of the gazetteer that texts of one language spell in several ways. A given name or a title beside it makes no other spelling. */
export function spellingsOf(texts: readonly NamedText[]): Spellings[] {
  const seen = texts.flatMap(({ text, language, names }) =>
    names.flatMap(({ id, name }) =>
      id === undefined
        ? []
        : [{ key: `${id} ${language}`, id, language, text, spelling: lowerCase(lastWord(name), language) }],
    ),
  );
  return [...Map.groupBy(seen, (one) => one.key).values()].flatMap((group) => {
    const bySpelling = Map.groupBy(group, (one) => one.spelling);
    if (bySpelling.size < 2) return [];
    const spellings = [...bySpelling]
      .map(([spelling, own]) => ({ spelling, texts: [...new Set(own.map((one) => one.text))] }))
      .sort((left, right) => right.texts.length - left.texts.length || (left.spelling < right.spelling ? -1 : 1));
    return [{ id: group[0]!.id, language: group[0]!.language, spellings }];
  });
}

function lastWord(name: string): string {
  return name.trim().split(/\s+/).at(-1)!;
}
