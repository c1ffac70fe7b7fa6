/** The language in which a tab begins: the one chosen here before, else the browser's first that the console speaks. */
import { isLocale, type Locale, matchLocale } from "@openjmc/words";

const KEPT = "openjmc-language";

export function firstLocale(): Locale {
  const kept = localStorage.getItem(KEPT) ?? "";
  return isLocale(kept) ? kept : matchLocale(navigator.languages);
}

export function keepLocale(locale: Locale): void {
  localStorage.setItem(KEPT, locale);
}
