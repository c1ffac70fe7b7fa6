/** What the locator takes for granted of a mission's listening posts: how far frequencies scatter follows from who picks them. */
import { FIELD_MODELS, type LocatorModels } from "@openjmc/fusion";
import type { SourceDescription } from "@openjmc/model";

/**
 * Natural logarithm's scatter of frequencies that the centre measures of waveforms. Echoes comb the spectrum of a short blast, and the
 * error is much the same for all rounds of a burst; with less, classes are named more surely than they are right
 * (`bench/classes.bench.ts`).
 */
const MEASURED_HERE = 0.5;

/** One scatter holds for all arrivals: the mean square over the posts. */
export function fieldModelsOf(posts: readonly Pick<SourceDescription, "format">[]): LocatorModels {
  if (posts.length === 0) return FIELD_MODELS;
  const own = FIELD_MODELS.frequencyScatter;
  const squares = posts.map(({ format }) => (format === "arrivals" ? own : MEASURED_HERE) ** 2);
  const mean = squares.reduce((sum, square) => sum + square, 0) / posts.length;
  return { ...FIELD_MODELS, frequencyScatter: Math.round(1000 * Math.sqrt(mean)) / 1000 };
}
