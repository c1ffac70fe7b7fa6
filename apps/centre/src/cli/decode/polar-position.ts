import { createLocalFrame, type LocalFrame } from "@openjmc/geo";
import type { Site } from "./stream-decoder.ts";

const EARTH_RADIUS = 6_371_000;
/** Height taken for a target that reports none, metres above the ellipsoid; the place errs by what it is off. */
const UNKNOWN_HEIGHT = 5_000;

/** Turns a radar's slant range and azimuth into longitude and latitude. */
export class PolarPosition {
  readonly #frame: LocalFrame;
  readonly #height: number;
  readonly #out = new Float64Array(3);

  constructor(site: Site) {
    this.#frame = createLocalFrame("radar", { lon: site.longitude, lat: site.latitude }, site.height);
    this.#height = site.height;
  }

  /**
   * @param range slant range, m. @param azimuth radians from true north. @param altitude m above the ellipsoid, for
   * which a pressure altitude serves; NaN where not known.
   */
  locate(range: number, azimuth: number, altitude: number): { longitude: number; latitude: number } {
    const height = Number.isNaN(altitude) ? UNKNOWN_HEIGHT : altitude;
    let up = Math.min(range, height - this.#height);
    // The earth falls away under the tangent plane by half the squared distance over its radius.
    for (let pass = 0; pass < 4; pass += 1) {
      const along = range * range - up * up;
      up = Math.max(-range, Math.min(range, height - this.#height - along / (2 * EARTH_RADIUS)));
    }
    const ground = Math.sqrt(Math.max(0, range * range - up * up));
    this.#frame.toGeodetic(ground * Math.sin(azimuth), ground * Math.cos(azimuth), up, this.#out);
    return { longitude: this.#out[0]!, latitude: this.#out[1]! };
  }
}
