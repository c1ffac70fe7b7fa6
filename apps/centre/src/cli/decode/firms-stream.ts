import { FirmsStream, type HeatSpot } from "@openjmc/formats";
import type { Fault } from "@openjmc/model";
import type { DecodeFormat, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";

export const firmsFormat: DecodeFormat = {
  name: "firms",
  description: "heat spots of VIIRS and MODIS as FIRMS gives them, CSV or JSON",
  create: (_, output) => new HeatSpotStream(output),
};

class HeatSpotStream implements StreamDecoder {
  readonly #stream = new FirmsStream();
  readonly #output: DecodeOutput;

  constructor(output: DecodeOutput) {
    this.#output = output;
  }

  push(chunk: Uint8Array): void {
    this.#stream.push(chunk, this);
  }

  end(): void {
    this.#stream.end(this);
  }

  counts(): Readonly<Record<string, number>> {
    return this.#stream.counts;
  }

  fault(fault: Fault): void {
    this.#output.fault(fault);
  }

  spot(spot: HeatSpot, offset: number): void {
    this.#output.record({ offset, ...spot });
  }
}
