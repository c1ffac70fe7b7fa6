import { KlvStream, UasDecoder, UasReport, uasFault, uasMessage } from "@openjmc/formats";
import type { Fault } from "@openjmc/model";
import type { DecodeFormat, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";

export const klvFormat: DecodeFormat = {
  name: "klv",
  description: "MISB ST 0601 metadata: bare, in an MPEG transport stream, or in a capture of either",
  create: (_, output) => new MetadataStream(output),
};

class MetadataStream implements StreamDecoder {
  readonly #stream = new KlvStream();
  readonly #decoder = new UasDecoder();
  readonly #report = new UasReport();
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
    return { ...this.#stream.counts, ...this.#decoder.counts };
  }

  fault(fault: Fault): void {
    this.#output.fault(fault);
  }

  packet(bytes: Uint8Array, start: number, end: number, offset: number): void {
    const disposition = this.#decoder.decode(bytes, start, end, this.#report);
    if (disposition === "decoded") this.#output.record({ offset, ...uasMessage(this.#report) });
    else this.#output.fault(uasFault(disposition, offset, end - start));
  }
}
