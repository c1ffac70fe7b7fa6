/** Everything in which texts disagree: facts' values, quotations turned round, names spelt in several ways. */
import type { Discrepancy, Judgement, TextRow } from "@openjmc/model";
import {
  inversionsOf,
  type NameKind,
  type NameMention,
  PRESS_LANGUAGES,
  type PressLanguage,
  type SourcedQuotation,
  spellingsOf,
} from "@openjmc/press";
import { type FactContext, factDiscrepancies } from "./facts.ts";
import { originOf, type PressState, standingClaims } from "./state.ts";

/** Facts in their names' order, then quotations, then spellings. */
export function discrepanciesOf(press: PressState, context: FactContext): Discrepancy[] {
  const claims = Map.groupBy(standingClaims(press), ({ body }) => body.fact);
  const facts = [...claims].sort(([left], [right]) => (left < right ? -1 : 1));
  return [
    ...facts.flatMap(([fact, own]) => factDiscrepancies(press, context, fact, own)),
    ...invertedQuotations(press),
    ...spellings(press),
  ];
}

/** Quotations that analysts took as such; each pair costs a comparison, so that the newest are compared. */
const MOST_QUOTATIONS = 1_000;

function invertedQuotations(press: PressState): Discrepancy[] {
  const quotations = judgedTexts(press)
    .flatMap(({ row, language, taken }): SourcedQuotation[] =>
      taken
        .filter(({ kind }) => kind === "quotation")
        .map(({ start, end, words, value }) => ({
          text: row.id,
          language,
          quotation: { kind: "quotation", start, end, words: words ?? value },
        })),
    )
    .slice(-MOST_QUOTATIONS);
  return inversionsOf(quotations).map(({ left, right }) => ({
    kind: "inverted-quotation",
    language: left.language,
    values: [left, right].map(({ quotation, text }) => ({ value: quotation.words, texts: [text], origins: 1 })),
    isSettled: false,
  }));
}

const NAMES: ReadonlySet<string> = new Set(["place", "person"] satisfies NameKind[]);

function spellings(press: PressState): Discrepancy[] {
  const named = judgedTexts(press).map(({ row, language, taken }) => ({
    text: row.id,
    language,
    names: taken
      .filter(({ kind }) => NAMES.has(kind))
      .map(
        ({ start, end, kind, value, words }): NameMention => ({
          ...{ start, end, kind: kind as NameKind, name: words ?? value },
          ...(value === words ? {} : { id: value }),
        }),
      ),
  }));
  return spellingsOf(named).map(({ language, spellings: found }) => ({
    kind: "spelling",
    language,
    values: found.map(({ spelling, texts }) => ({ value: spelling, texts, origins: originsOf(press, texts) })),
    isSettled: false,
  }));
}

function originsOf(press: PressState, texts: readonly string[]): number {
  return new Set(texts.map((text) => originOf(press, text).origin)).size;
}

interface JudgedText {
  readonly row: TextRow;
  readonly language: PressLanguage;
  /** What was not rejected. */
  readonly taken: readonly Judgement[];
}

function judgedTexts(press: PressState): JudgedText[] {
  return [...press.judgements].flatMap(([id, judgements]) => {
    const row = press.texts.get(id);
    const language = PRESS_LANGUAGES.find((one) => one === row?.body.language);
    if (row === undefined || row.withdrawn !== undefined || language === undefined) return [];
    return [{ row, language, taken: [...judgements.values()].filter(({ verdict }) => verdict !== "rejected") }];
  });
}
