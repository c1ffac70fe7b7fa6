/** A reading as an analyst is shown it: each suggestion with its place, its value and what must be known of it. */

import { LONGEST_QUOTE } from "@openjmc/desk";
import type { SuggestedClaim, Suggestion, SuggestionMark } from "@openjmc/model";
import { type Claim, certaintyWordsOf, framingOf, type PressText, type Reading } from "@openjmc/press";

/** In the order of the text; of two at one place the longer first. */
export function suggestionsOf(text: PressText, reading: Reading): Suggestion[] {
  const words = ({ start, end }: { start: number; end: number }): string => text.text.slice(start, end);
  return [
    ...reading.dates.map(
      ({ start, end, day, until, isRelative, hasYear }): Suggestion => ({
        ...{ start, end, kind: "date", value: until ? `${day}/${until}` : day },
        ...marked([isRelative ? "relative" : hasYear ? undefined : "nearest-year"]),
      }),
    ),
    ...reading.times.map(
      ({ start, end, time, day, zone, isZoneAssumed, utc }): Suggestion => ({
        ...{ start, end, kind: "time", value: [day, time, zone].filter((one) => one !== undefined).join(" ") },
        ...marked([isZoneAssumed ? "zone-assumed" : undefined]),
        ...noteOf(utc),
      }),
    ),
    ...reading.quantities.map(
      ({ start, end, value, unit, qualifier, of }): Suggestion => ({
        ...{ start, end, kind: "quantity", value: `${value} ${unit}` },
        ...marked([qualifier === "exact" ? undefined : qualifier, of]),
      }),
    ),
    ...reading.names.map(
      (name): Suggestion => ({
        ...{ start: name.start, end: name.end, kind: name.kind, value: (name.id ?? name.name).slice(0, MOST_VALUE) },
        ...marked([name.id === undefined ? "unknown-name" : undefined]),
      }),
    ),
    ...reading.speech.map(
      (one): Suggestion => ({
        ...{ start: one.start, end: one.end, kind: "speech", value: one.manner },
        ...noteOf(one.speaker?.id ?? one.speaker?.name),
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

function noteOf(note: string | undefined): { note?: string } {
  return note === undefined || note === "" ? {} : { note: note.slice(0, MOST_VALUE) };
}

function marked(marks: readonly (SuggestionMark | undefined)[]): { marks?: readonly SuggestionMark[] } {
  const there = marks.filter((mark) => mark !== undefined);
  return there.length === 0 ? {} : { marks: there };
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
    ...(claim.day === undefined ? {} : { validFrom: claim.day, validUntil: claim.day }),
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
