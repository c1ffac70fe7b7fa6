/** One language's voice: keys and values in, sentences out. */
import { IntlMessageFormat } from "intl-messageformat";
import type { AreaName, Catalogue, WordsKey } from "./catalogue.ts";
import { type FaultLike, faultSentence } from "./fault-sentence.ts";
import { createFormats, type Formats } from "./formats.ts";
import type { Locale } from "./locale.ts";

export type Values = Readonly<Record<string, string | number>>;

export interface Words {
  readonly locale: Locale;
  readonly formats: Formats;
  /** The sentence of a key. Throws `Error` when a value that the message needs is not given: a fault of the program. */
  say(key: WordsKey, values?: Values): string;
  /** The name of a code of a code list (`means`, `saw`); a code without a name is shown as it stands, never hidden. */
  sayCode(list: string, code: string): string;
  /** A fault as a sentence: what, where, what was expected, what came, and why. */
  sayFault(fault: FaultLike): string;
  /** Whether the catalogue has this `area.key`. */
  has(key: string): boolean;
}

/** Makes the voice of one language over its catalogue. Messages are parsed when first said and kept. */
export function wordsOf(locale: Locale, catalogue: Catalogue): Words {
  const parsed = new Map<string, IntlMessageFormat>();
  const textOf = (key: string): string | undefined => {
    const dot = key.indexOf(".");
    const area = catalogue[key.slice(0, dot) as AreaName] as Readonly<Record<string, string>> | undefined;
    const rest = key.slice(dot + 1);
    return area !== undefined && Object.hasOwn(area, rest) ? area[rest] : undefined;
  };
  const sayAny = (key: string, text: string, values: Values): string => {
    let message = parsed.get(key);
    if (message === undefined) {
      message = new IntlMessageFormat(text, locale);
      parsed.set(key, message);
    }
    return String(message.format(values));
  };
  const words: Words = {
    locale,
    formats: createFormats(locale),
    say: (key, values = {}) => {
      const text = textOf(key);
      if (text === undefined) throw new Error(`no message ${key} in ${locale}`);
      return sayAny(key, text, values);
    },
    sayCode: (list, code) => textOf(`codes.${list}.${code}`) ?? code,
    sayFault: (fault) => faultSentence(fault, words),
    has: (key) => textOf(key) !== undefined,
  };
  return words;
}
