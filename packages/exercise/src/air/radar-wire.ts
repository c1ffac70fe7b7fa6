import { type Edition, EditionCatalogue, encodeBlock, encodeRecord } from "@openjmc/formats";
import type { Instant } from "@openjmc/model";
import type { Radar } from "./radar.ts";

/** One plot as a radar measured it: metres, radians; what came with the reply, where there was one. */
export interface MeasuredPlot {
  readonly at: Instant;
  readonly range: number;
  readonly azimuth: number;
  readonly reply?: {
    readonly icao: number;
    readonly squawk: string;
    readonly callsign: string;
    readonly pressureMetres: number;
  };
}

const catalogue = new EditionCatalogue();
const PLOTS = 48;
const SERVICE = 34;
const NORTH_MARKER = 1;
const PRIMARY = 1;
const MODE_S_AND_PRIMARY = 7;
const NAUTICAL_MILE = 1852;
const METRES_PER_LEVEL = 30.48;
const DAY_SECONDS = 86_400;
const TIME_STEPS = 128;
const AZIMUTH_STEPS = 65_536;

/** Writes what a radar says as ASTERIX blocks, one record each, in the editions that its source states. */
export class RadarWire {
  readonly #radar: Radar;
  readonly #plots: Edition;
  readonly #service: Edition;

  constructor(radar: Radar) {
    const editions = radar.identity.editions ?? {};
    this.#radar = radar;
    this.#plots = catalogue.edition(PLOTS, { editions });
    this.#service = catalogue.edition(SERVICE, { editions });
  }

  plot({ at, range, azimuth, reply }: MeasuredPlot): Uint8Array {
    return encodeBlock(PLOTS, [
      encodeRecord(this.#plots, {
        "010": this.#name(),
        "140": timeOfDay(at),
        "020": { TYP: reply ? MODE_S_AND_PRIMARY : PRIMARY },
        "040": { RHO: range / NAUTICAL_MILE, THETA: degreesOf(azimuth) },
        ...(reply
          ? {
              "070": { V: 0, G: 0, L: 0, MODE3A: reply.squawk },
              "090": { V: 0, G: 0, FL: Math.max(0, reply.pressureMetres / METRES_PER_LEVEL) },
              "220": reply.icao,
              "240": reply.callsign,
            }
          : {}),
      }),
    ]);
  }

  northMarker(at: Instant): Uint8Array {
    return encodeBlock(SERVICE, [
      encodeRecord(this.#service, {
        "010": this.#name(),
        "000": NORTH_MARKER,
        "030": timeOfDay(at),
        "041": this.#radar.periodSeconds,
      }),
    ]);
  }

  #name(): { readonly SAC: number; readonly SIC: number } {
    const { sac, sic } = this.#radar.identity;
    return { SAC: sac, SIC: sic };
  }
}

/** Seconds since midnight in the standard's steps; the last step of a day rounds to its first. */
function timeOfDay(at: Instant): number {
  return (Math.round((at / 1e6) * TIME_STEPS) % (DAY_SECONDS * TIME_STEPS)) / TIME_STEPS;
}

function degreesOf(azimuth: number): number {
  const steps = Math.round((azimuth / (2 * Math.PI)) * AZIMUTH_STEPS);
  return ((((steps % AZIMUTH_STEPS) + AZIMUTH_STEPS) % AZIMUTH_STEPS) * 360) / AZIMUTH_STEPS;
}
