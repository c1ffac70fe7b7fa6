/** By how much a witness departs from a solution, each in its own standard deviations. */
import { createLocalFrame } from "@openjmc/geo";
import { type Placed, SOUND_SPEED, type Witness } from "./witness.ts";

export interface Departure {
  /** Of the place or the direction and range; and of the time. */
  readonly place: number;
  readonly time: number;
}

/** Square roots of the chi-squares of place and time. A bearing without a range is judged across its direction only. */
export function departureOf(witness: Witness, placed: Placed): Departure {
  const frame = createLocalFrame("departure", { lon: witness.lon, lat: witness.lat });
  const point = new Float64Array(3);
  frame.toLocal(placed.lon, placed.lat, 0, point);
  const [east, north] = [point[0]!, point[1]!];
  const distance = Math.max(1, Math.hypot(east, north));
  const late = witness.isHeard ? distance / SOUND_SPEED : 0;
  const seconds = (witness.at - placed.at) / 1e6 - late;
  return {
    place: Math.sqrt(placeSquare(witness, placed, east, north, distance)),
    time: Math.abs(seconds) / Math.hypot(witness.timeDeviation, placed.timeDeviation),
  };
}

function placeSquare(witness: Witness, placed: Placed, east: number, north: number, distance: number): number {
  const own = witness.placeDeviation ** 2;
  const [eastEast, eastNorth, northNorth] = placed.covariance;
  if (witness.bearing === undefined) {
    const [a, c] = [eastEast + own, northNorth + own];
    return (c * east * east - 2 * eastNorth * east * north + a * north * north) / (a * c - eastNorth * eastNorth);
  }
  const [unitEast, unitNorth] = [east / distance, north / distance];
  const across = eastEast * unitNorth ** 2 - 2 * eastNorth * unitEast * unitNorth + northNorth * unitEast ** 2;
  const turn = witness.bearing - Math.atan2(east, north);
  const folded = turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI));
  const square = folded ** 2 / (witness.bearingDeviation! ** 2 + (own + across) / distance ** 2);
  if (witness.rangeMetres === undefined) return square;
  const along = eastEast * unitEast ** 2 + 2 * eastNorth * unitEast * unitNorth + northNorth * unitNorth ** 2;
  return square + (witness.rangeMetres - distance) ** 2 / (witness.rangeDeviation! ** 2 + own + along);
}
