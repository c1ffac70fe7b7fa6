import { FirmsStream, type HeatSpot } from "@openjmc/formats";
import { framed } from "./framed.ts";
import type { DecodeFormat } from "./stream-decoder.ts";

export const firmsFormat: DecodeFormat = {
  name: "firms",
  description: "heat spots of VIIRS and MODIS as FIRMS gives them, CSV or JSON",
  create: (_, output) =>
    framed(new FirmsStream(), output, {
      spot: (spot: HeatSpot, offset: number) => output.record({ offset, ...spot }),
    }),
};
