/** Every code that the model lists has a name in the catalogue. */
import * as model from "@openjmc/model";
import { STANDARD_KINDS } from "@openjmc/record";
import { createWords } from "@openjmc/words";
import { describe, expect, it } from "vitest";

const LISTS: readonly (readonly [string, readonly string[]])[] = [
  ["means", model.MEANS],
  ["observation", model.OBSERVATION_KINDS],
  ["unit", model.COUNT_UNITS],
  ["unitName", model.COUNT_UNITS],
  ["qualifier", model.COUNT_QUALIFIERS],
  ["direction", model.DIRECTIONS],
  ["weapon", model.WEAPONS],
  ["visibility", model.VISIBILITIES],
  ["authentication", model.AUTHENTICATION_STATES],
  ["gap", model.GAP_CAUSES],
  ["kind", [...STANDARD_KINDS.keys()]],
];

describe("code lists", () => {
  it.each(LISTS)("have a name for every code of %s", (list, codes) => {
    const words = createWords("en");
    expect(codes.filter((code) => !words.has(`codes.${list}.${code}`))).toEqual([]);
  });
});
