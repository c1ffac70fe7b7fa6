/** The known place that a position lies nearest to, named by the mission's policy. */
import { type LonLat, type MissionView, type Place, placeName } from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";

const METRES_PER_DEGREE = 111_195;
/** Farther away a name says nothing. */
const FARTHEST_METRES = 15_000;
const KILOMETRE = 1_000;

/** "3 km from …", in whole kilometres as positions are no surer; undefined where no place is near. */
export function nearPlaceText(position: LonLat, mission: MissionView, words: Words): string | undefined {
  let nearest: Place | undefined;
  let least = FARTHEST_METRES;
  for (const place of mission.places) {
    const metres = metresBetween(position, place);
    if (metres >= least) continue;
    least = metres;
    nearest = place;
  }
  if (nearest === undefined) return undefined;
  const distance = words.formats.distance(Math.max(1, Math.round(least / KILOMETRE)) * KILOMETRE);
  return words.say("report.place.near", { distance, place: placeName(nearest, mission, words.locale) });
}

/** Equirectangular: right to a metre in a hundred over so few kilometres. */
function metresBetween(one: LonLat, other: LonLat): number {
  const east = (one.lon - other.lon) * Math.cos((one.lat * Math.PI) / 180);
  return Math.hypot(east, one.lat - other.lat) * METRES_PER_DEGREE;
}
