/** Which of the languages read here a text is in, by its letters and its commonest words. A suggestion: who takes it in says. */
import { lowerCase } from "../script/transliterate.ts";
import type { PressLanguage } from "../text.ts";

const LOOKED_AT = 20_000;
/** Commonest small words that the other Latin alphabet's language does not have. */
const SMALL_WORDS: readonly (readonly [PressLanguage, RegExp])[] = [
  ["az", /ə|(?<!\p{L})(?:və|bu|üçün|ilə|edib|olub)(?!\p{L})/gu],
  [
    "tr",
    /(?<!\p{L})(?:ve|bir|için|ile|olarak|edildi|oldu|dedi)(?!\p{L})|ş|ğ|\p{L}{2,}(?:ları|leri|ld[ıiuü])(?!\p{L})/gu,
  ],
  ["en", /(?<!\p{L})(?:the|and|of|in|was|that|for|said|on)(?!\p{L})/gu],
];

/** The likeliest language; English where nothing tells. */
export function languageOf(text: string): PressLanguage {
  const seen = text.slice(0, LOOKED_AT);
  const count = (pattern: RegExp): number => seen.match(pattern)?.length ?? 0;
  const letters = Math.max(1, count(/\p{L}/gu));
  const [armenian, cyrillic] = [count(/\p{Script=Armenian}/gu), count(/\p{Script=Cyrillic}/gu)];
  if (armenian > letters / 3 && armenian >= cyrillic) return "hy";
  if (cyrillic > letters / 3) return "ru";
  const lower = lowerCase(seen, "en");
  const told = SMALL_WORDS.map(([language, pattern]) => ({ language, times: lower.match(pattern)?.length ?? 0 }));
  const best = told.reduce((most, one) => (one.times > most.times ? one : most));
  return best.times === 0 ? "en" : best.language;
}
