/** `facts.yaml`: what is publicly said about the obligations: who says it, of when, and since when it is known. */
import { FACT_KINDS } from "../obligations/fact.ts";
import { either, list, record, type ShapeType, text, word } from "../shape/shape.ts";
import { code, day, moment } from "./common.ts";

const when = either("a day in the mission's time zone, or an instant", day, moment);

export const factsFile = record("facts about obligations", {
  facts: list(
    record(
      "a fact, as somebody states it",
      {
        id: code,
        kind: word(FACT_KINDS),
        about: code,
        by: code,
        occurred: when,
        known: when,
      },
      { reference: code, note: text("what must be said about it") },
    ),
  ),
});
export type FactsFile = ShapeType<typeof factsFile>;
