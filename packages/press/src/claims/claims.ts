/** Claims about the mission's facts, found sentence by sentence. */
import { LEXICONS } from "../lexicon/index.ts";
import { anyOf, isOfStem, whole } from "../lexicon/stems.ts";
import type { Reading } from "../read-text.ts";
import { lowerKeepingPlaces } from "../script/lower.ts";
import { unwrapped } from "../script/plain.ts";
import { overlap, type PressText, type Span } from "../text.ts";
import { sentencesOf, wordsOf } from "../words.ts";
import type { Claim, FactDefinition, Triggers } from "./fact.ts";

interface Value extends Span {
  readonly value: string;
  readonly of?: "each" | "total";
}

/** What the text claims of each fact. One claim for each value and aspect in a sentence. */
export function claimsOf(original: PressText, reading: Reading, facts: readonly FactDefinition[]): Claim[] {
  const text = { ...original, text: unwrapped(original.text) };
  const lower = lowerKeepingPlaces(text.text, text.language);
  return sentencesOf(text.text, text.language).flatMap((sentence) => {
    const words = lower.slice(sentence.start, sentence.end);
    return facts
      .filter((fact) => fact.about.every((group) => firstOf(words, group, text) !== undefined))
      .flatMap((fact) => claimsOfFact(fact, sentence, words, text, reading));
  });
}

function claimsOfFact(fact: FactDefinition, sentence: Span, words: string, text: PressText, reading: Reading): Claim[] {
  const values = valuesOf(fact, text, reading).filter((one) => one.start >= sentence.start && one.end <= sentence.end);
  const paired = pairsOf(fact, sentence, words, text, values);
  return paired.map(({ aspect, value }) => {
    const speaker = speakerOf(sentence, reading);
    const day = fact.isEvent === true ? dayIn(sentence, value, reading) : undefined;
    return {
      fact: fact.id,
      ...(aspect !== undefined && { aspect }),
      value: value.value,
      ...(value.of && { of: value.of }),
      ...(day !== undefined && { day }),
      at: { start: value.start, end: value.end },
      sentence,
      ...(speaker && { speaker }),
      isQuoted: reading.quotations.some((quotation) => overlap(quotation, value)),
      certainty: certaintyOf(sentence, words, text, reading),
    };
  });
}

/** With aspects each aspect's word takes the nearest value that no nearer word has; without, the value nearest to the fact's own words. */
function pairsOf(
  fact: FactDefinition,
  sentence: Span,
  words: string,
  text: PressText,
  values: readonly Value[],
): { aspect?: string; value: Value }[] {
  if (values.length === 0) return [];
  if (fact.aspects === undefined) {
    if (fact.value === "quantity") return values.map((value) => ({ value }));
    // Of several things with a day each, the day stands beside the thing; where a thing is, stands beside "is".
    const anchor = firstOf(words, fact.about.at(fact.value === "date" ? 0 : -1)!, text);
    return [{ value: byDistance(sentence.start + (anchor?.start ?? 0), values)[0]! }];
  }
  const places = Object.entries(fact.aspects).flatMap(([aspect, triggers]) => {
    const at = firstOf(words, triggers, text);
    return at === undefined ? [] : [{ aspect, place: sentence.start + at.start }];
  });
  return assigned(places, values, LEXICONS[text.language].isVerbFirst);
}

function assigned(
  places: readonly { readonly aspect: string; readonly place: number }[],
  values: readonly Value[],
  isVerbFirst: boolean,
): { aspect: string; value: Value }[] {
  const pairs = places
    .flatMap(({ aspect, place }) =>
      values.map((value) => {
        const isUsual = value.start > place === isVerbFirst;
        return { aspect, value, distance: distanceOf(place, value) * (isUsual ? 1 : UNUSUAL) };
      }),
    )
    .sort((left, right) => left.distance - right.distance);
  const given: { aspect: string; value: Value }[] = [];
  for (const { aspect, value } of pairs) {
    const isFree = values.length < places.length || !given.some((one) => one.value === value);
    if (isFree && !given.some((one) => one.aspect === aspect)) given.push({ aspect, value });
  }
  return given;
}

/** On the other side of its verb a value must be this much nearer. */
const UNUSUAL = 2.5;

/** The day that stands nearest to the value in its sentence. */
function dayIn(sentence: Span, value: Span, reading: Reading): string | undefined {
  return reading.dates
    .filter(({ start, end, day }) => start >= sentence.start && end <= sentence.end && day.length === 10)
    .toSorted((left, right) => gapOf(left, value) - gapOf(right, value))[0]?.day;
}

function distanceOf(place: number, value: Span): number {
  return Math.abs((value.start + value.end) / 2 - place);
}

function byDistance(place: number, values: readonly Value[]): Value[] {
  return [...values].sort((left, right) => distanceOf(place, left) - distanceOf(place, right));
}

function firstOf(words: string, triggers: Triggers, text: PressText): Span | undefined {
  const stems = triggers[text.language];
  if (stems === undefined || stems.length === 0) return undefined;
  const match = new RegExp(whole(anyOf(stems)), "u").exec(words);
  return match === null ? undefined : { start: match.index, end: match.index + match[0].length };
}

function valuesOf(fact: FactDefinition, text: PressText, reading: Reading): Value[] {
  if (fact.value === "date") {
    const dates = reading.dates.map((date) => ({ start: date.start, end: date.end, value: date.day }));
    // "From the 15th to the 25th": what was moved stands where it was moved to.
    return dates.filter((date, place) => {
      const next = dates[place + 1];
      return next === undefined || !MOVED.some((moved) => moved.test(text.text.slice(date.end, next.start)));
    });
  }
  if (fact.value === "quantity")
    return reading.quantities
      .filter((quantity) => fact.unit === undefined || fact.unit.split(" ").includes(quantity.unit))
      .map(({ start, end, value, of }) => ({ start, end, value: String(value), ...(of && { of }) }));
  const distances = reading.quantities.filter((one) => one.unit === "kilometre" || one.unit === "metre");
  return (
    reading.names
      .filter((name) => name.kind === fact.value)
      // "Twelve kilometres from X" is not in X.
      .filter((name) => name.kind !== "place" || !distances.some((one) => gapOf(one, name) < BESIDE))
      .map(({ start, end, id, name }) => ({ start, end, value: id ?? name }))
  );
}

const MOVED = [
  /^[,\s]*(?:to|until|till|на|до|kadar|dən|նից|մինչև)[\s]+$/u,
  /^[^.;]{0,30}(?<!\p{L})(?:put off|postponed|extended|moved|delayed|pushed back)(?!\p{L})[^.;]{0,24}\s(?:to|until|till)\s+$/u,
  /^[^.;]{0,30}(?<!\p{L})(?:перенес|перенёс|продл|отлож|отсроч)\p{L}*[^.;]{0,24}\s(?:на|до)\s+$/u,
];
/** A distance this near to a place's name, in letters, is counted from it. */
const BESIDE = 25;

function gapOf(left: Span, right: Span): number {
  return Math.max(0, Math.max(left.start, right.start) - Math.min(left.end, right.end));
}

function speakerOf(sentence: Span, reading: Reading): Claim["speaker"] {
  const speech = reading.speech.find((one) => one.speaker !== undefined && overlap(one.sentence, sentence));
  if (speech?.speaker === undefined) return undefined;
  const { id, name } = speech.speaker;
  return { ...(id !== undefined && { id }), name };
}

function certaintyOf(sentence: Span, words: string, text: PressText, reading: Reading): Claim["certainty"] {
  const manners = reading.speech.filter((one) => overlap(one.sentence, sentence)).map((one) => one.manner);
  if (manners.includes("denied")) return "denied";
  const { doubts } = LEXICONS[text.language];
  const isDoubted = doubts.some((stem) =>
    stem.includes(" ") ? words.includes(stem) : wordsOf(words).some((word) => isOfStem(word.word, stem)),
  );
  if (isDoubted) return "doubted";
  return manners.includes("claimed") ? "claimed" : "stated";
}
