/** The ways to get a language's voice. */
import { type Catalogue, loadCatalogue } from "./catalogue.ts";
import type { Locale } from "./locale.ts";
import en from "./locales/en/index.ts";
import ru from "./locales/ru/index.ts";
import tr from "./locales/tr/index.ts";
import { type Words, wordsOf } from "./words.ts";

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, tr, ru };

/** The voice of a language, at once; all languages stand ready (servers, command line, documents). */
export function createWords(locale: Locale): Words {
  return wordsOf(locale, CATALOGUES[locale]);
}

/** The voice of a language, loading that language alone (browsers). */
export async function loadWords(locale: Locale): Promise<Words> {
  return wordsOf(locale, await loadCatalogue(locale));
}
