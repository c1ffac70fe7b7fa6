/** Assisted reading: every suggestion points at its words; a person takes, mends or refuses each. */
import { type DateMention, datesOf } from "./dates/dates.ts";
import { type TimeMention, timesOf } from "./dates/times.ts";
import type { NamedClock } from "./dates/zones.ts";
import type { Gazetteer } from "./names/gazetteer.ts";
import { type NameMention, namesOf } from "./names/names.ts";
import { type QuantityMention, quantitiesOf } from "./quantities/quantities.ts";
import { plainText } from "./script/plain.ts";
import { SpanSet } from "./spans.ts";
import { type QuotationMention, quotationsOf } from "./speech/quotations.ts";
import { type SpeechMention, speechOf } from "./speech/speech.ts";
import type { PressText } from "./text.ts";

export interface Reading {
  readonly dates: readonly DateMention[];
  readonly times: readonly TimeMention[];
  readonly quantities: readonly QuantityMention[];
  readonly names: readonly NameMention[];
  readonly speech: readonly SpeechMention[];
  readonly quotations: readonly QuotationMention[];
}

/** Reads one text. Deterministic, without network or model; cost grows with the text's length. `clocks`: those that a mission names. */
export function readText(text: PressText, gazetteer: Gazetteer, clocks: readonly NamedClock[] = []): Reading {
  const plain = plainText(text.text);
  const { dates, times, quantities, names, speech, quotations } = readPlain(
    { ...text, text: plain.text },
    gazetteer,
    clocks,
  );
  const { placed } = plain;
  return {
    dates: dates.map(placed),
    times: times.map(placed),
    quantities: quantities.map(placed),
    names: names.map(placed),
    speech: speech.map((one) => ({
      ...placed(one),
      sentence: placed(one.sentence),
      ...(one.speaker && { speaker: placed(one.speaker) }),
    })),
    quotations: quotations.map(placed),
  };
}

function readPlain(text: PressText, gazetteer: Gazetteer, clocks: readonly NamedClock[]): Reading {
  const dates = datesOf(text);
  const times = timesOf(text, dates, clocks);
  const ofDates = new SpanSet(dates);
  const names = namesOf(text, gazetteer).filter((name) => !ofDates.overlaps(name));
  const quantities = quantitiesOf(text, [...dates, ...times]);
  return { dates, times, quantities, names, speech: speechOf(text, names), quotations: quotationsOf(text.text) };
}
