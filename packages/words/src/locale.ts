/**
 * The languages that the catalogue is complete in, and how a reader's wishes are matched to them.
 * GAP: Azerbaijani and Armenian are not here yet. A folder of locale files each, marked unreviewed until a speaker has
 * read them, closes it.
 */

export const LOCALES = ["en", "tr", "ru"] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language's name in itself, so that a reader finds his own whatever the screen speaks now. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: "English", tr: "Türkçe", ru: "Русский" };

/** Whether the catalogue has this language. */
export function isLocale(tag: string): tag is Locale {
  return (LOCALES as readonly string[]).includes(tag);
}

/** First wish (BCP 47 tags, best first) that the catalogue can meet; English where none can be met. */
export function matchLocale(wishes: readonly string[]): Locale {
  for (const wish of wishes) {
    const language = wish.toLowerCase().split("-")[0] ?? "";
    if (isLocale(language)) return language;
  }
  return "en";
}
