/** `open-source/names.yaml` and `open-source/facts.yaml`: what the open-source desk looks for in the words of others. */
import { flag, list, record, type ShapeType, table, text, whole, word } from "../shape/shape.ts";
import { code } from "./common.ts";

const spellings = table(list(text("spelling or word")), "spellings by language");

/** Persons, organisations, states and outlets with their names; places stand in the gazetteer. Clocks by the words for them. */
export const openSourceNamesFile = record(
  "names in the press",
  {
    names: list(
      record("a name", {
        id: code,
        kind: word(["person", "organisation", "outlet", "state", "place"]),
        names: spellings,
      }),
    ),
  },
  { clocks: list(record("a clock", { zone: text("IANA time zone"), names: spellings })) },
);
export type OpenSourceNamesFile = ShapeType<typeof openSourceNamesFile>;

/** Questions of fact with the words, by language, by which a sentence speaks of them. */
export const openSourceFactsFile = record("facts that are followed", {
  facts: list(
    record(
      "a fact",
      {
        id: code,
        value: word(["date", "quantity", "place", "person", "state"]),
        about: list(spellings, "groups of words; one of each group must stand in the sentence"),
      },
      {
        unit: text("units that are counted, one or more with spaces between"),
        sides: whole("sides to which a number for each is multiplied", 1),
        isEvent: flag("each time one more: what is claimed of one does not contradict another"),
        aspects: table(spellings, "words by what of the fact is dated"),
      },
    ),
  ),
});
export type OpenSourceFactsFile = ShapeType<typeof openSourceFactsFile>;
