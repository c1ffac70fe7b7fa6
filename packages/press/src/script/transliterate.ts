/**
 * Words of three scripts as plain Latin letters, so that one name written in any of them can be compared. A phonetic key for
 * comparing, not a romanisation for printing: it follows the sound (ALA-LC and BGN/PCGN values where they agree with it).
 */
import type { PressLanguage } from "../text.ts";

const CYRILLIC: Readonly<Record<string, string>> = {
  дж: "j",
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  д: "d",
  е: "e",
  ё: "yo",
  ж: "zh",
  з: "z",
  и: "i",
  й: "y",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ф: "f",
  х: "kh",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "sh",
  ъ: "",
  ы: "i",
  ь: "",
  э: "e",
  ю: "yu",
  я: "ya",
};

const ARMENIAN: Readonly<Record<string, string>> = {
  ու: "u",
  և: "ev",
  ա: "a",
  բ: "b",
  գ: "g",
  դ: "d",
  ե: "e",
  զ: "z",
  է: "e",
  ը: "e",
  թ: "t",
  ժ: "zh",
  ի: "i",
  լ: "l",
  խ: "kh",
  ծ: "ts",
  կ: "k",
  հ: "h",
  ձ: "dz",
  ղ: "gh",
  ճ: "ch",
  մ: "m",
  յ: "y",
  ն: "n",
  շ: "sh",
  ո: "o",
  չ: "ch",
  պ: "p",
  ջ: "j",
  ռ: "r",
  ս: "s",
  վ: "v",
  տ: "t",
  ր: "r",
  ց: "ts",
  ւ: "v",
  փ: "p",
  ք: "k",
  օ: "o",
  ֆ: "f",
};

/** Letters of Latin alphabets that their languages sound otherwise than English does. */
const LATIN: Readonly<Partial<Record<PressLanguage, Readonly<Record<string, string>>>>> = {
  tr: { c: "j", ç: "ch", ğ: "gh", ı: "i", j: "zh", ö: "o", ş: "sh", ü: "u", â: "a", î: "i", û: "u" },
  az: { c: "j", ç: "ch", ə: "a", ğ: "gh", ı: "i", j: "zh", ö: "o", q: "g", ş: "sh", ü: "u", x: "kh" },
};

/** Whatever language the text is in: a name keeps the letters of its own. */
const FOREIGN: Readonly<Record<string, string>> = { ç: "ch", ə: "a", ğ: "gh", ı: "i", ö: "o", ş: "sh", ü: "u" };

/** More marks on one letter than any script writes (Unicode Standard Annex 15, stream-safe text). */
export const MOST_MARKS = 30;
const HEAP_OF_MARKS = new RegExp(`\\p{M}{${MOST_MARKS + 1}}`, "u");

/**
 * Lower case as the language does it: a dotless and a dotted i are two letters in some. Letters and their marks are composed,
 * but not a heap of marks: to order them takes time that grows with its square.
 */
export function lowerCase(word: string, language: PressLanguage): string {
  const lower = word.toLocaleLowerCase(language === "tr" || language === "az" ? language : "en");
  return lower.length > MOST_MARKS && HEAP_OF_MARKS.test(lower) ? lower : lower.normalize("NFC");
}

/** The word in a to z; what has no sound here is left out. */
export function transliterate(word: string, language: PressLanguage): string {
  const lower = lowerCase(word, language);
  const own = LATIN[language] ?? {};
  let sound = "";
  for (let place = 0; place < lower.length; place += 1) {
    const pair = lower.slice(place, place + 2);
    const ofPair = CYRILLIC[pair] ?? ARMENIAN[pair];
    if (pair.length === 2 && ofPair !== undefined) {
      sound += ofPair;
      place += 1;
      continue;
    }
    const letter = lower[place]!;
    sound += own[letter] ?? CYRILLIC[letter] ?? ARMENIAN[letter] ?? FOREIGN[letter] ?? plain(letter);
  }
  return sound;
}

/** A letter without its marks. */
function plain(letter: string): string {
  return letter.normalize("NFD").replace(/[^a-z]/g, "");
}
