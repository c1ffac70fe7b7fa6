/**
 * What a listening post would hear, from its noise and the wind: the wind said to blow there, or the one that location begins with. How
 * far ground carries nobody can reckon from afar: of a seismometer the mission states it at one level of noise, and another level moves
 * it as the locator takes ground motion to fade.
 */
import {
  FIELD_MODELS,
  hearingReach,
  type LocatorConfiguration,
  REACH_DIRECTIONS,
  type WeatherEstimate,
} from "@openjmc/fusion";
import { type HearingSpan, isListeningPost, type SourceRow } from "@openjmc/model";

/** Undefined while its noise is not known, and of a seismometer of which the mission states nothing. */
export function hearingOf(
  row: SourceRow,
  { weather, models = FIELD_MODELS }: LocatorConfiguration,
  said?: WeatherEstimate,
): HearingSpan | undefined {
  const { noiseDecibels, rangeMetres } = row;
  const { A: air, P: ground } = models.phases;
  if (!isListeningPost(row) || noiseDecibels === undefined) return undefined;
  const { windEast, windNorth } = said ?? weather;
  const span = { noiseDecibels, windEast: round(windEast), windNorth: round(windNorth) };
  if (row.means === "seismic" && row.reaches !== undefined && ground !== undefined)
    return { ...span, reaches: groundReaches(row.reaches, noiseDecibels, ground.lossPerDecade, rangeMetres) };
  if (row.means !== "acoustic" || air === undefined) return undefined;
  const reaches = hearingReach({
    ...{ noiseDecibels, windEast, windNorth, air },
    signatures: models.signatures,
    farthest: rangeMetres,
  });
  return { ...span, reaches };
}

/** The same in all directions; never farther than the station is vouched for. */
function groundReaches(
  stated: NonNullable<SourceRow["reaches"]>,
  noise: number,
  lossPerDecade: number,
  farthest: number,
): HearingSpan["reaches"] {
  return stated.map(({ what, metres, noiseDecibels }) => {
    const reach = Math.min(farthest, Math.round(metres * 10 ** ((noiseDecibels - noise) / lossPerDecade)));
    return { what, metres: Array.from({ length: REACH_DIRECTIONS }, () => reach) };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
