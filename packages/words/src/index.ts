export type { AreaName, Catalogue, WordsKey } from "./catalogue.ts";
export { createWords, loadWords } from "./create.ts";
export type { FaultLike } from "./fault-sentence.ts";
export type { Formats, TimeOptions } from "./formats.ts";
export { isLocale, LOCALE_NAMES, LOCALES, type Locale, matchLocale } from "./locale.ts";
export { messageValues } from "./message-values.ts";
export type { Values, Words } from "./words.ts";
