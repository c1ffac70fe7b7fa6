/**
 * The languages that the catalogue is complete in, those that reports and messages out are written in besides, and how a
 * reader's wishes are matched to them.
 * GAP: Azerbaijani and Armenian have the words of reports and messages alone, which no speaker has reviewed; screens and the
 * final report do not speak them. The rest of the catalogue and a speaker's reading close it.
 */

export const LOCALES = ["en", "tr", "ru"] as const;
export type Locale = (typeof LOCALES)[number];

/** Languages of reports and of messages that leave the centre. */
export const REPORT_LOCALES = [...LOCALES, "az", "hy"] as const;
export type ReportLocale = (typeof REPORT_LOCALES)[number];

/** Whether reports are written in this language. */
export function isReportLocale(tag: string): tag is ReportLocale {
  return (REPORT_LOCALES as readonly string[]).includes(tag);
}

/** The language of reports that a tag asks for; English where there is none such. */
export function reportLocaleOf(tag: string): ReportLocale {
  const language = tag.toLowerCase().split("-")[0] ?? "";
  return isReportLocale(language) ? language : "en";
}

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
