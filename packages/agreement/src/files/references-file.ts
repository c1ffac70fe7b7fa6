/** `references.yaml`: the public sources that the mission's facts are taken from. */
import { list, record, type ShapeType, text, word } from "../shape/shape.ts";
import { code, dayOrUnknown, languageTag } from "./common.ts";

export const referencesFile = record("public sources", {
  references: list(
    record(
      "a public source",
      {
        id: code,
        publisher: text("who published it"),
        title: text("what it is"),
        language: languageTag,
        standing: word(["official", "party-press", "independent", "agency", "unknown"], "whose voice it is"),
      },
      { date: dayOrUnknown, note: text("what must be said about it") },
    ),
  ),
});
export type ReferencesFile = ShapeType<typeof referencesFile>;
