/** Shape of a language's catalogue: areas of flat keys. English is the pattern that the others must match. */
import type { Locale } from "./locale.ts";
import type en from "./locales/en/index.ts";

/** `area → key → ICU MessageFormat text`. */
export type Catalogue = { readonly [Area in AreaName]: Readonly<Record<keyof (typeof en)[Area], string>> };

/** Areas of a language that does not have all of them. */
export type PartialCatalogue = { readonly [Area in AreaName]?: Readonly<Record<string, string>> };

export type AreaName = keyof typeof en;

/** Every message, as `area.key`. */
export type WordsKey = { [Area in AreaName]: `${Area}.${keyof (typeof en)[Area] & string}` }[AreaName];

/** Loads one language alone; a browser fetches only what it speaks. */
export async function loadCatalogue(locale: Locale): Promise<Catalogue> {
  if (locale === "tr") return (await import("./locales/tr/index.ts")).default;
  if (locale === "ru") return (await import("./locales/ru/index.ts")).default;
  return (await import("./locales/en/index.ts")).default;
}
