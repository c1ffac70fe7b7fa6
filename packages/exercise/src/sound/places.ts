import type { Area, LocalFrame } from "@openjmc/geo";
import type { Random } from "../random/random.ts";
import type { SoundPoint } from "./path.ts";

/** Draws places where something may go off. */
export interface PlaceSampler {
  draw(random: Random): SoundPoint;
}

/** An area whose edge must not run through an event: inside or outside must be beyond dispute. */
export interface ClearArea {
  readonly area: Area;
  /** Least distance from the edge in metres. */
  readonly marginMetres: number;
}

/**
 * Places among and a little around the stations (their `points`): a weighted mean of three stations, moved by some
 * hundred metres to kilometres. Events are where somebody listens, but not on any grid or ring of the network.
 */
export function createPlaceSampler(
  points: readonly SoundPoint[],
  areas: readonly ClearArea[],
  frame: LocalFrame,
): PlaceSampler {
  const lonLat = new Float64Array(2);
  return {
    draw: (random) => {
      for (let attempt = 0; attempt < 500; attempt++) {
        const point = amidThree(points, random);
        frame.toSurface(point.east, point.north, lonLat);
        const [lon, lat] = [lonLat[0]!, lonLat[1]!];
        const clear = areas.every(
          (clearArea) => Math.abs(clearArea.area.signedDistanceMetres(lon, lat)) > clearArea.marginMetres,
        );
        const nearest = Math.min(...points.map((p) => Math.hypot(p.east - point.east, p.north - point.north)));
        if (clear && nearest > 300) return point;
      }
      throw new RangeError("no place among the stations lies clear of the zones' edges");
    },
  };
}

function amidThree(points: readonly SoundPoint[], random: Random): SoundPoint {
  const corners = random.shuffled(points).slice(0, 3);
  const weights = corners.map(() => random.exponential(1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (of: (point: SoundPoint) => number): number =>
    corners.reduce((sum, corner, index) => sum + (of(corner) * weights[index]!) / total, 0);
  const spread = random.chance(0.25) ? 2000 : 800;
  return {
    east: mean((point) => point.east) + random.normal(0, spread),
    north: mean((point) => point.north) + random.normal(0, spread),
    height: mean((point) => point.height) + random.normal(0, 40),
  };
}
