/** Words that say how sure a sentence is, and words by which its speaker takes a side: both are kept as they stand. */
import { LEXICONS } from "../lexicon/index.ts";
import type { Stem } from "../lexicon/lexicon.ts";
import { anyOf, whole } from "../lexicon/stems.ts";
import type { Reading } from "../read-text.ts";
import { lowerKeepingPlaces } from "../script/lower.ts";
import { overlap, type PressLanguage, type PressText, type Span } from "../text.ts";

/** Stems of words that one side says of another, or of itself, and that nobody neutral would. */
const FRAMING: Readonly<Record<PressLanguage, readonly Stem[]>> = {
  en: [
    ..."so-called terroris provocat aggress occupi liberat separatis regime heroic treacher barbar puppet".split(" "),
    ..."martyr vandal invader illegal genocid revanch bandit".split(" "),
  ],
  tr: "sözde terör provokasyon saldırgan işgal kurtarıl ayrılıkçı rejim kahraman hain barbar kukla şehit çete".split(
    " ",
  ),
  ru: [
    "так называем",
    ..."террор провокац агресс оккуп освобожд сепаратис режим герои предатель варвар марионет".split(" "),
    ..."боевик незаконн бандформ реваншис".split(" "),
  ],
  az: [
    "azad edil",
    ..."qondarma terror təxribat təcavüz işğal separatçı rejim qəhrəman xain vəhşi marionet şəhid".split(" "),
  ],
  hy: [
    "այսպես կոչված",
    ..."ահաբեկ սադր ագրես օկուպ ազատագր անջատողական վարչակարգ հերոս դավաճան բարբարոս զավթիչ".split(" "),
  ],
};

const MOST_WORDS = 12;
const patterns = new Map<PressLanguage, RegExp>();

/** Words as written, each once, in their order. */
export function framingOf(text: PressText, sentence: Span): string[] {
  return wordsAs(framingPattern(text.language), text, sentence).slice(0, MOST_WORDS);
}

/** Words of doubt, and verbs by which a claim is made or denied; undefined where the sentence simply says it. */
export function certaintyWordsOf(text: PressText, sentence: Span, reading: Reading): string | undefined {
  const doubts = wordsAs(new RegExp(whole(anyOf(LEXICONS[text.language].doubts)), "gu"), text, sentence);
  const verbs = reading.speech
    .filter((one) => (one.manner === "claimed" || one.manner === "denied") && overlap(one, sentence))
    .map(({ start, end }) => text.text.slice(start, end));
  const all = [...new Set([...doubts, ...verbs])];
  return all.length === 0 ? undefined : all.join(", ");
}

function framingPattern(language: PressLanguage): RegExp {
  const known = patterns.get(language);
  if (known !== undefined) return known;
  const made = new RegExp(whole(anyOf(FRAMING[language])), "gu");
  patterns.set(language, made);
  return made;
}

function wordsAs(pattern: RegExp, text: PressText, { start, end }: Span): string[] {
  const written = text.text.slice(start, end);
  const lower = lowerKeepingPlaces(written, text.language);
  return [
    ...new Set([...lower.matchAll(pattern)].map((match) => written.slice(match.index, match.index + match[0].length))),
  ];
}
