/** The ways to get a language's voice. */
import { type Catalogue, loadCatalogue } from "./catalogue.ts";
import { isLocale, type Locale, type ReportLocale } from "./locale.ts";
import az from "./locales/az/index.ts";
import en from "./locales/en/index.ts";
import hy from "./locales/hy/index.ts";
import ru from "./locales/ru/index.ts";
import tr from "./locales/tr/index.ts";
import { type ReportWords, type Words, wordsOf } from "./words.ts";

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, tr, ru };

/** The voice of a language, at once; all languages stand ready (servers, command line, documents). */
export function createWords(locale: Locale): Words {
  return wordsOf(locale, CATALOGUES[locale]);
}

/** Words of reports and messages out, where that is all that a language has. */
const REPORT_CATALOGUES = { az, hy };

/** The voice of a language for reports and messages that leave the centre. */
export function createReportWords(locale: ReportLocale): ReportWords {
  return isLocale(locale) ? createWords(locale) : wordsOf(locale, REPORT_CATALOGUES[locale]);
}

/** The voice of a language, loading that language alone (browsers). */
export async function loadWords(locale: Locale): Promise<Words> {
  return wordsOf(locale, await loadCatalogue(locale));
}
