import { decodeStationXml } from "@openjmc/formats";
import type { DecodeFormat, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";
import { WholeInput } from "./whole-input.ts";

export const stationXmlFormat: DecodeFormat = {
  name: "stationxml",
  description: "FDSN StationXML: a line a channel, with place, sensitivity, poles and zeros",
  create: (_, output) => new StationDocumentStream(output),
};

/** A document is read whole, at the end. */
class StationDocumentStream implements StreamDecoder {
  readonly #input = new WholeInput("stationxml");
  readonly #output: DecodeOutput;

  constructor(output: DecodeOutput) {
    this.#output = output;
  }

  push(chunk: Uint8Array): void {
    this.#input.push(chunk);
  }

  end(): void {
    const bytes = this.#input.take(this.#output);
    if (bytes === undefined) return;
    const decoded = decodeStationXml(bytes);
    if (!decoded.ok) {
      this.#output.fault(decoded.fault);
      return;
    }
    for (const fault of decoded.value.faults) this.#output.fault(fault);
    for (const channel of decoded.value.channels) this.#output.record(channel);
  }

  counts(): Readonly<Record<string, number>> {
    return {};
  }
}
