import { MiniSeedFramer, readMiniSeed } from "@openjmc/formats";
import type { Fault } from "@openjmc/model";
import type { DecodeFormat, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";

export const miniSeedFormat: DecodeFormat = {
  name: "miniseed",
  description: "miniSEED 2 and 3 records, mixed as they come",
  create: (_, output) => new RecordStream(output),
};

class RecordStream implements StreamDecoder {
  readonly #framer = new MiniSeedFramer();
  readonly #output: DecodeOutput;
  #samples = 0;
  #damagedRecords = 0;

  constructor(output: DecodeOutput) {
    this.#output = output;
  }

  push(chunk: Uint8Array): void {
    this.#framer.push(chunk, this);
  }

  end(): void {
    this.#framer.end(this);
  }

  counts(): Readonly<Record<string, number>> {
    return { ...this.#framer.counts, samples: this.#samples, damagedRecords: this.#damagedRecords };
  }

  fault(fault: Fault): void {
    this.#output.fault(fault);
  }

  record(bytes: Uint8Array, start: number, end: number, offset: number): void {
    const decoded = readMiniSeed(bytes, start, end, offset);
    if (!decoded.ok) {
      this.#damagedRecords += 1;
      this.#output.fault(decoded.fault);
      return;
    }
    const { samples, dataStart: _start, dataEnd: _end, dataLittleEndian: _order, ...header } = decoded.value;
    this.#samples += decoded.value.sampleCount;
    this.#output.record({ offset, ...header, samples: typeof samples === "string" ? samples : Array.from(samples) });
  }
}
