/** Names in a text: those the gazetteer knows, in whatever spelling; persons and places by what stands around them. */
import { skeletonOf, soundAlike, soundDistance, soundsOf } from "../script/sound.ts";
import { transliterate } from "../script/transliterate.ts";
import { SpanSet, withoutOverlaps } from "../spans.ts";
import type { PressText, Span } from "../text.ts";
import { type Word, wordsOf } from "../words.ts";
import type { Gazetteer, KnownForm, NameKind } from "./gazetteer.ts";
import { personsOf } from "./persons.ts";
import { placesOf } from "./places.ts";
import { stemsOfName } from "./stems-of-name.ts";

export interface NameMention extends Span {
  readonly kind: NameKind;
  /** The gazetteer's code; undefined for a name that it does not know. */
  readonly id?: string;
  /** The name without its ending, as written; of an unknown person by a family name alone, the full name that stood before. */
  readonly name: string;
}

/** Every name. What the gazetteer knows goes before what is guessed. */
export function namesOf(text: PressText, gazetteer: Gazetteer): NameMention[] {
  const words = wordsOf(text.text);
  const known = knownNames(text, words, gazetteer);
  const persons = personsOf(text, words, known);
  const places = placesOf(text, words, [...known, ...persons]);
  const ofPersons = new SpanSet(persons);
  const covered = known.filter((one) => !ofPersons.overlaps(one));
  return withoutOverlaps([...covered, ...persons, ...places]);
}

function knownNames(text: PressText, words: readonly Word[], gazetteer: Gazetteer): NameMention[] {
  const found = words.flatMap((word, place) => {
    if (!word.isCapital) return [];
    const best = bestForm(text, words, place, gazetteer);
    return best === undefined ? [] : [best];
  });
  return withoutOverlaps(found);
}

interface Match {
  readonly mention: NameMention;
  readonly words: number;
  readonly distance: number;
}

function bestForm(
  text: PressText,
  words: readonly Word[],
  place: number,
  gazetteer: Gazetteer,
): NameMention | undefined {
  const matches: Match[] = [];
  for (const stem of stemsOfName(words[place]!.word, text.language)) {
    const sounds = soundsOf(transliterate(stem, text.language));
    for (const form of gazetteer.candidates(skeletonOf(sounds))) {
      const match = matchedForm(text, words, place, sounds, stem, form);
      if (match !== undefined) matches.push(match);
    }
  }
  matches.sort((left, right) => right.words - left.words || left.distance - right.distance);
  return matches[0]?.mention;
}

function matchedForm(
  text: PressText,
  words: readonly Word[],
  place: number,
  first: string,
  stem: string,
  form: KnownForm,
): Match | undefined {
  const isSame = form.isExact
    ? stem === form.first && words[place]!.word.startsWith(form.name[0]!)
    : soundAlike(first, form.sounds[0]!);
  if (!isSame) return undefined;
  let distance = soundDistance(first, form.sounds[0]!);
  let last = { word: words[place]!, stem };
  for (let index = 1; index < form.sounds.length; index += 1) {
    const word = words[place + index];
    if (word === undefined || !/^[\s-]+$/.test(text.text.slice(last.word.end, word.start))) return undefined;
    const found = likestStem(word, form.sounds[index]!, text);
    if (found === undefined) return undefined;
    distance += found.distance;
    last = { word, stem: found.stem };
  }
  const { start } = words[place]!;
  const name = text.text.slice(start, last.word.start + last.stem.length);
  const mention = { kind: form.entry.kind, id: form.entry.id, start, end: last.word.end, name };
  return { mention, words: form.sounds.length, distance };
}

function likestStem(word: Word, sounds: string, text: PressText): { stem: string; distance: number } | undefined {
  return stemsOfName(word.word, text.language)
    .map((stem) => ({ stem, own: soundsOf(transliterate(stem, text.language)) }))
    .filter(({ own }) => soundAlike(own, sounds))
    .map(({ stem, own }) => ({ stem, distance: soundDistance(own, sounds) }))
    .sort((left, right) => left.distance - right.distance)[0];
}
