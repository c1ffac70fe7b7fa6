/** A mission's place as the reading looks for it: every spelling, those of the parties included. */
import { PRESS_LANGUAGES, type PressLanguage } from "../text.ts";
import type { GazetteerEntry } from "./gazetteer.ts";

/** What a mission says of a place's names; a stroke parts two names of one language. */
export interface NamedPlace {
  readonly code: string;
  readonly names: Readonly<Record<string, string>>;
  readonly partyNames?: Readonly<Record<string, string>>;
}

/** The languages that are told by their letters alone. */
const SCRIPTS: readonly (readonly [RegExp, PressLanguage])[] = [
  [/\p{Script=Armenian}/u, "hy"],
  [/\p{Script=Cyrillic}/u, "ru"],
];

export function entryOfPlace({ code, names, partyNames }: NamedPlace): GazetteerEntry {
  const spelt = PRESS_LANGUAGES.flatMap((language) => parted(names[language]).map((name) => ({ name, language })));
  const languageOf = (name: string): PressLanguage =>
    SCRIPTS.find(([letters]) => letters.test(name))?.[1] ??
    spelt.findLast((one) => one.name === name)?.language ??
    "en";
  const own = Object.values(partyNames ?? {})
    .flatMap(parted)
    .map((name) => ({ name, language: languageOf(name) }));
  return { id: code, kind: "place", names: [...spelt, ...own] };
}

function parted(names: string | undefined): string[] {
  return names === undefined ? [] : names.split(" / ");
}
