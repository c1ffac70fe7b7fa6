import { createLocalFrame, type LocalFrame } from "@openjmc/geo";
import type { SourceDescription } from "@openjmc/model";
import type { Random } from "../random/random.ts";

/** A receiver of the short-range identification that unmanned aircraft broadcast. */
export interface Identifier {
  readonly id: string;
  readonly frame: LocalFrame;
  readonly rangeMetres: number;
  readonly latencySeconds: number;
}

export function drawIdentifier(source: SourceDescription, random: Random): Identifier {
  return {
    id: source.id,
    frame: createLocalFrame(source.id, { lon: source.lon, lat: source.lat }, source.heightMetres),
    rangeMetres: source.rangeMetres,
    latencySeconds: random.between(0.02, 0.12),
  };
}

const local = new Float64Array(3);

/** Chance that one broadcast comes through: good near by, falling with the square of the distance. */
export function hearingChance(identifier: Identifier, lon: number, lat: number, ellipsoidMetres: number): number {
  identifier.frame.toLocal(lon, lat, ellipsoidMetres, local);
  const distance = Math.hypot(local[0]!, local[1]!, local[2]!);
  return local[2]! < 0 ? 0 : Math.max(0, 0.95 * (1 - (distance / identifier.rangeMetres) ** 2));
}
