/** One language's voice: keys and values in, sentences out. */
import { IntlMessageFormat } from "intl-messageformat";
import type { AreaName, PartialCatalogue, WordsKey } from "./catalogue.ts";
import { type FaultLike, faultSentence } from "./fault-sentence.ts";
import { createFormats, type Formats } from "./formats.ts";
import type { Locale, ReportLocale } from "./locale.ts";

export type Values = Readonly<Record<string, string | number>>;

/** The voice of a language in which at least reports are written. */
export interface ReportWords {
  readonly locale: ReportLocale;
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

/** The voice of a language that the whole catalogue is in. */
export interface Words extends ReportWords {
  readonly locale: Locale;
}

/** Makes the voice of one language over its catalogue. Messages are parsed when first said and kept. */
export function wordsOf<L extends ReportLocale>(
  locale: L,
  catalogue: PartialCatalogue,
): ReportWords & { readonly locale: L } {
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
  const words: ReportWords & { readonly locale: L } = {
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
