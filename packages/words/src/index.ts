export { type AreaName, type Catalogue, loadCatalogue, type WordsKey } from "./catalogue.ts";
export { createReportWords, createWords, loadWords } from "./create.ts";
export type { FaultLike } from "./fault-sentence.ts";
export type { Formats, TimeOptions } from "./formats.ts";
export {
  isLocale,
  isReportLocale,
  LOCALE_NAMES,
  LOCALES,
  type Locale,
  matchLocale,
  REPORT_LOCALES,
  type ReportLocale,
  reportLocaleOf,
} from "./locale.ts";
export { messageValues } from "./message-values.ts";
export type { ReportWords, Values, Words } from "./words.ts";
