/** Lower case that keeps places. */
import type { PressLanguage } from "../text.ts";
import { lowerCase } from "./transliterate.ts";

/** Lower case of the same length, so that places stay what they are. */
export function lowerKeepingPlaces(text: string, language: PressLanguage): string {
  const lower = lowerCase(text, language);
  return lower.length === text.length ? lower : [...text].map((sign) => sameLength(sign, language)).join("");
}

function sameLength(sign: string, language: PressLanguage): string {
  const lower = lowerCase(sign, language);
  return lower.length === sign.length ? lower : sign;
}
