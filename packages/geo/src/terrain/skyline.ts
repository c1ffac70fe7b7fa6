/**
 * What the land hides from a sensor: along rays from its antenna, how high above the ground a target must be to be seen over what
 * stands between. Rays bend as over the smooth earth (`line-of-sight.ts`), of which this is the same where the land is level.
 */
import {
  type AirEye,
  degreesOf,
  type HeightGrid,
  type LonLat,
  radiansOf,
  type SeaLevelSkyline,
  type Skyline,
} from "@openjmc/model";
import { EFFECTIVE_RADIUS_METRES, MEAN_RADIUS_METRES } from "../line-of-sight.ts";
import { heightAt } from "./height-grid.ts";

const AZIMUTHS = 240;
const STEPS = 96;
/** The land is looked at so often between two distances at most, and no more finely than its grid. */
const MOST_LOOKS = 16;
/** Beyond this nothing flies. */
const HIGHEST_METRES = 30_000;

/** Undefined where the land at the sensor's foot is not known: then it is reckoned over a smooth earth. */
export function skylineOf(eye: AirEye, grid: HeightGrid): Skyline | undefined {
  const ground = heightAt(grid, eye.lon, eye.lat);
  if (Number.isNaN(ground) || !(eye.rangeMetres > 0)) return undefined;
  // A grid blunts summits: where the sensor's own height is told and is more, it counts.
  const antenna = Math.max(ground + eye.antennaMetres, eye.seaLevelMetres ?? Number.NEGATIVE_INFINITY);
  const stepMetres = eye.rangeMetres / STEPS;
  const gridMetres = radiansOf(grid.latStep) * MEAN_RADIUS_METRES;
  const looks = Math.min(MOST_LOOKS, Math.max(1, Math.ceil(stepMetres / gridMetres)));
  const lowest = new Array<number>(AZIMUTHS * STEPS);
  for (let azimuth = 0; azimuth < AZIMUTHS; azimuth++)
    castRay(eye, grid, { azimuth, ground, antenna, stepMetres, looks }, lowest);
  return { source: eye.source, azimuths: AZIMUTHS, stepMetres, lowest };
}

interface Ray {
  readonly azimuth: number;
  readonly ground: number;
  readonly antenna: number;
  readonly stepMetres: number;
  readonly looks: number;
}

/** Goes outwards and keeps the steepest angle to what it has passed; land that is not known hides nothing. */
function castRay(eye: AirEye, grid: HeightGrid, ray: Ray, lowest: number[]): void {
  const { ground, antenna, stepMetres, looks } = ray;
  const bearing = (2 * Math.PI * ray.azimuth) / AZIMUTHS;
  let steepest = Number.NEGATIVE_INFINITY;
  let land = ground;
  for (let step = 0; step < STEPS; step++) {
    for (let look = 1; look <= looks; look++) {
      const distance = stepMetres * (step + look / looks);
      const { lon, lat } = placeAt(eye, bearing, distance);
      const height = heightAt(grid, lon, lat);
      if (!Number.isNaN(height)) land = height;
      const drop = (distance * distance) / (2 * EFFECTIVE_RADIUS_METRES);
      if (look === looks)
        lowest[ray.azimuth * STEPS + step] = Math.min(
          HIGHEST_METRES,
          Math.max(0, Math.ceil(antenna + steepest * distance + drop - land)),
        );
      // The smooth earth hides where nothing is known, as it would without a grid.
      steepest = Math.max(steepest, (land - drop - antenna) / distance);
    }
  }
}

/** Over a sphere: the grid is coarser than what that neglects. */
function placeAt(from: LonLat, bearing: number, distance: number) {
  const angle = distance / MEAN_RADIUS_METRES;
  const [sine, cosine] = [Math.sin(radiansOf(from.lat)), Math.cos(radiansOf(from.lat))];
  const lat = Math.asin(sine * Math.cos(angle) + cosine * Math.sin(angle) * Math.cos(bearing));
  const turn = Math.atan2(Math.sin(bearing) * Math.sin(angle) * cosine, Math.cos(angle) - sine * Math.sin(lat));
  return { lon: from.lon + degreesOf(turn), lat: degreesOf(lat) };
}

/** The same above mean sea level: over land that is not known, above the land last passed. */
export function aboveSeaLevel(skyline: Skyline, from: LonLat, grid: HeightGrid): SeaLevelSkyline {
  const steps = skyline.lowest.length / skyline.azimuths;
  const foot = heightAt(grid, from.lon, from.lat);
  let land = foot;
  const lowest = skyline.lowest.map((above, index) => {
    const [azimuth, step] = [Math.floor(index / steps), index % steps];
    if (step === 0) land = foot;
    const place = placeAt(from, (2 * Math.PI * azimuth) / skyline.azimuths, (step + 1) * skyline.stepMetres);
    const height = heightAt(grid, place.lon, place.lat);
    if (!Number.isNaN(height)) land = height;
    return above + Math.round(land);
  });
  return { ...skyline, lowest };
}

/** Lowest height that is seen, above what the skyline tells heights, in the nearest direction, between two distances the higher: no more than is so. */
export function lowestOver({ azimuths, stepMetres, lowest }: Skyline, bearing: number, distance: number): number {
  const steps = lowest.length / azimuths;
  const share = bearing / (2 * Math.PI);
  const azimuth = Math.round((share - Math.floor(share)) * azimuths) % azimuths;
  const far = Math.min(steps - 1, Math.max(0, Math.ceil(distance / stepMetres) - 1));
  const near = Math.max(0, Math.min(far, Math.floor(distance / stepMetres) - 1));
  return Math.max(lowest[azimuth * steps + near]!, lowest[azimuth * steps + far]!);
}

/** Part of the ground within a distance over which the land hides what flies so high, 0 to 1. */
export function hiddenShare(
  { azimuths, stepMetres, lowest }: Skyline,
  altitudeMetres: number,
  withinMetres: number,
): number {
  const steps = lowest.length / azimuths;
  let [hidden, whole] = [0, 0];
  for (let index = 0; index < lowest.length; index++) {
    const step = (index % steps) + 1;
    if (step * stepMetres > withinMetres) continue;
    // A ring is as wide as it is far.
    whole += step;
    if (lowest[index]! > altitudeMetres) hidden += step;
  }
  return whole === 0 ? 0 : hidden / whole;
}
