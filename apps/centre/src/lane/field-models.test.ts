import { FIELD_MODELS } from "@openjmc/fusion";
import { expect, it } from "vitest";
import { fieldModelsOf } from "./field-models.ts";

it("takes frequencies for the less sure the more of the posts only record", () => {
  const scatters = [0, 1, 2, 3].map(
    (recorders) =>
      fieldModelsOf([0, 1, 2, 3].map((post) => ({ format: post < recorders ? "seedlink" : "arrivals" })))
        .frequencyScatter,
  );
  expect(scatters[0]).toBe(FIELD_MODELS.frequencyScatter);
  expect(scatters).toEqual(scatters.toSorted((one, other) => one - other));
  expect(new Set(scatters).size).toBe(4);
  expect(fieldModelsOf([])).toBe(FIELD_MODELS);
});
