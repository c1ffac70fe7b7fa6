/**
 * What a listening post would hear, from its noise and the wind: the wind said to blow there, or the one that location begins with.
 * GAP: a seismometer's reach is not told: how ground carries differs from place to place, and no mission's file says it.
 */
import { FIELD_MODELS, hearingReach, type LocatorConfiguration, type WeatherEstimate } from "@openjmc/fusion";
import { type HearingSpan, isListeningPost, type SourceRow } from "@openjmc/model";

/** Undefined of what is no microphone, and while its noise is not known. */
export function hearingOf(
  row: SourceRow,
  { weather, models = FIELD_MODELS }: LocatorConfiguration,
  said?: WeatherEstimate,
): HearingSpan | undefined {
  const { noiseDecibels, rangeMetres } = row;
  const air = models.phases.A;
  if (!isListeningPost(row) || row.means !== "acoustic" || noiseDecibels === undefined || air === undefined)
    return undefined;
  const { windEast, windNorth } = said ?? weather;
  const reaches = hearingReach({
    ...{ noiseDecibels, windEast, windNorth, air },
    signatures: models.signatures,
    farthest: rangeMetres,
  });
  return { noiseDecibels, windEast: round(windEast), windNorth: round(windNorth), reaches };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
