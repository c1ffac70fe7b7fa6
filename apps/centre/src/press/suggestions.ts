/** A reading as an analyst is shown it: each suggestion with its place, its value and what must be known of it. */

import { LONGEST_QUOTE } from "@openjmc/desk";
import type { SuggestedClaim, Suggestion } from "@openjmc/model";
import { type Claim, certaintyWordsOf, framingOf, type PressText, type Reading } from "@openjmc/press";

/** In the order of the text; of two at one place the longer first. */
export function suggestionsOf(text: PressText, reading: Reading): Suggestion[] {
  const words = ({ start, end }: { start: number; end: number }): string => text.text.slice(start, end);
  return [
    ...reading.dates.map(
      (date): Suggestion => ({
        ...{
          start: date.start,
          end: date.end,
          kind: "date",
          value: date.until ? `${date.day}/${date.until}` : date.day,
        },
        ...(date.isRelative ? { note: "relative" } : {}),
      }),
    ),
    ...reading.times.map(({ start, end, time }): Suggestion => ({ start, end, kind: "time", value: time })),
    ...reading.quantities.map(
      (one): Suggestion => ({
        ...{ start: one.start, end: one.end, kind: "quantity", value: `${one.value} ${one.unit}` },
        ...noteOf([one.qualifier === "exact" ? undefined : one.qualifier, one.of]),
      }),
    ),
    ...reading.names.map(
      (name): Suggestion => ({
        ...{ start: name.start, end: name.end, kind: name.kind, value: (name.id ?? name.name).slice(0, MOST_VALUE) },
        ...(name.id === undefined ? { note: "unknown" } : {}),
      }),
    ),
    ...reading.speech.map(
      (one): Suggestion => ({
        ...{ start: one.start, end: one.end, kind: "speech", value: one.manner },
        ...noteOf([one.speaker?.id ?? one.speaker?.name]),
      }),
    ),
    ...reading.quotations.map(
      (one): Suggestion => ({
        start: one.start,
        end: one.end,
        kind: "quotation",
        value: words(one).slice(0, MOST_VALUE),
      }),
    ),
  ].sort((left, right) => left.start - right.start || right.end - left.end);
}

const MOST_VALUE = 200;

function noteOf(parts: readonly (string | undefined)[]): { note?: string } {
  const note = parts.filter((part) => part !== undefined).join(" ");
  return note === "" ? {} : { note: note.slice(0, MOST_VALUE) };
}

/** What a text claims, as an analyst may state it: with the sentence, or the part of it around the value where it is long. */
export function claimSuggestion(text: PressText, reading: Reading, claim: Claim): SuggestedClaim {
  const speaker = speakerOf(reading, claim);
  const framing = framingOf(text, claim.sentence).map((word) => word.slice(0, 80));
  const certaintyWords = certaintyWordsOf(text, claim.sentence, reading)?.slice(0, MOST_VALUE);
  return {
    fact: claim.fact,
    ...(claim.aspect === undefined ? {} : { aspect: claim.aspect }),
    value: claim.value,
    ...(claim.of === undefined ? {} : { of: claim.of }),
    ...(speaker === undefined ? {} : { speaker }),
    form: claim.isQuoted ? "quote" : "paraphrase",
    certainty: claim.certainty,
    ...(certaintyWords === undefined ? {} : { certaintyWords }),
    ...(framing.length === 0 ? {} : { framing }),
    start: claim.at.start,
    end: claim.at.end,
    quote: quoteAround(text.text, claim),
  };
}

function speakerOf(reading: Reading, { speaker }: Claim): SuggestedClaim["speaker"] {
  if (speaker === undefined) return undefined;
  const isPerson = reading.names.some(
    ({ kind, id, name }) => kind === "person" && (speaker.id === undefined ? name === speaker.name : id === speaker.id),
  );
  return { ...(speaker.id === undefined ? {} : { code: speaker.id }), name: speaker.name.slice(0, 120), isPerson };
}

function quoteAround(text: string, { sentence, at }: Claim): string {
  const whole = text.slice(sentence.start, sentence.end).replace(/\s+/g, " ").trim();
  if (whole.length <= LONGEST_QUOTE) return whole;
  const room = Math.max(0, Math.floor((LONGEST_QUOTE - 2 - (at.end - at.start)) / 2));
  const from = Math.max(sentence.start, at.start - room);
  const until = Math.min(sentence.end, Math.max(at.end + room, from + LONGEST_QUOTE - 2));
  const part = text.slice(from, until).replace(/\s+/g, " ").trim();
  return `…${part.toWellFormed().slice(0, LONGEST_QUOTE - 2)}…`;
}
