/** The lexicons by language. */
import type { PressLanguage } from "../text.ts";
import { armenian } from "./armenian.ts";
import { azerbaijani } from "./azerbaijani.ts";
import { english } from "./english.ts";
import type { Lexicon } from "./lexicon.ts";
import { russian } from "./russian.ts";
import { turkish } from "./turkish.ts";

export const LEXICONS: Readonly<Record<PressLanguage, Lexicon>> = {
  en: english,
  tr: turkish,
  ru: russian,
  az: azerbaijani,
  hy: armenian,
};

export type { Lexicon, QuantityUnit } from "./lexicon.ts";
