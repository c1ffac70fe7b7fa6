/** Who says it: verbs of saying with the nearest who can speak, and "according to". */
import { LEXICONS, type Lexicon } from "../lexicon/index.ts";
import { anyOf, escaped, isOfStem, whole } from "../lexicon/stems.ts";
import type { NameMention } from "../names/names.ts";
import { lowerKeepingPlaces } from "../script/lower.ts";
import { withinEach } from "../spans.ts";
import type { PressLanguage, PressText, Span } from "../text.ts";
import { sentencesOf } from "../words.ts";

/** How the text presents what is said. */
export type Manner = "said" | "claimed" | "denied" | "promised" | "according-to";

export interface SpeechMention extends Span {
  readonly kind: "speech";
  readonly manner: Manner;
  /** The sentence that is said, or in which it is. */
  readonly sentence: Span;
  readonly speaker?: NameMention;
}

const kept = new Map<PressLanguage, readonly (readonly [Manner, RegExp])[]>();

function mannersOf(language: PressLanguage): readonly (readonly [Manner, RegExp])[] {
  const known = kept.get(language);
  if (known !== undefined) return known;
  const lexicon: Lexicon = LEXICONS[language];
  const phrases = [...lexicon.accordingBefore, ...lexicon.accordingBehind].map(escaped);
  const made = [
    ["denied", new RegExp(whole(anyOf(lexicon.denied)), "gu")],
    ["claimed", new RegExp(whole(anyOf(lexicon.claimed)), "gu")],
    ["promised", new RegExp(whole(anyOf(lexicon.promised)), "gu")],
    ["according-to", new RegExp(whole(phrases.join("|")), "gu")],
    ["said", new RegExp(whole(anyOf(lexicon.said)), "gu")],
  ] as const;
  kept.set(language, made);
  return made;
}

/** Who can speak. */
const SPEAKERS: ReadonlySet<string> = new Set(["person", "organisation", "outlet", "state"]);

/** One mention for each verb of saying; its speaker is the nearest person before others, in its own sentence. */
export function speechOf(text: PressText, names: readonly NameMention[]): SpeechMention[] {
  const lower = lowerKeepingPlaces(text.text, text.language);
  const speakers = names.filter((name) => SPEAKERS.has(name.kind));
  const sentences = sentencesOf(text.text, text.language);
  return withinEach(sentences, speakers).flatMap((own, place) => {
    const sentence = sentences[place]!;
    const words = lower.slice(sentence.start, sentence.end);
    return mannersOf(text.language).flatMap(([manner, pattern]) =>
      [...words.matchAll(pattern)].map((match): SpeechMention => {
        const start = sentence.start + match.index;
        const span = { start, end: start + match[0].length };
        const speaker = nearest(own, span, LEXICONS[text.language], manner, match[0]);
        return { kind: "speech", manner, ...span, sentence, ...(speaker && { speaker }) };
      }),
    );
  });
}

/** A sentence is hardly longer. */
const MOST_DISTANCE = 2_000;

function nearest(
  names: readonly NameMention[],
  verb: Span,
  lexicon: Lexicon,
  manner: Manner,
  words: string,
): NameMention | undefined {
  const behind = manner === "according-to" && lexicon.accordingBefore.includes(words);
  const before = manner === "according-to" && !behind;
  const candidates = names.filter((name) => (behind ? name.start >= verb.end : before ? name.end <= verb.start : true));
  const isPassedOn = lexicon.quotes.some((stem) => isOfStem(words, stem));
  const rank = (name: NameMention): number => {
    const distance = name.end <= verb.start ? verb.start - name.end : name.start - verb.end;
    // A state is spoken for; a person or a ministry speaks.
    if (name.kind === "state") return distance + 60;
    // "Agency A quotes the minister": the paper says that it was said.
    return isPassedOn && name.kind === "outlet" ? distance - MOST_DISTANCE : distance;
  };
  return [...candidates].sort((left, right) => rank(left) - rank(right))[0];
}
