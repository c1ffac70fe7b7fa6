import { decodeArrival, decodeSbs, LineFramer, type LineSink, type Result } from "@openjmc/formats";
import type { Fault } from "@openjmc/model";
import type { DecodeFormat, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";

export const sbsFormat: DecodeFormat = {
  name: "sbs",
  description: "SBS-1 (BaseStation) lines",
  create: (_, output) => new LineStream("sbs", (text, line) => mapped(decodeSbs(text, line), withoutNulls), output),
};

export const arrivalsFormat: DecodeFormat = {
  name: "arrivals",
  description: "arrivals and heartbeats of acoustic, infrasound and seismic stations, JSON Lines",
  create: (_, output) => new LineStream("arrivals", decodeArrival, output),
};

function mapped<From, To>(result: Result<From>, map: (value: From) => To): Result<To> {
  return result.ok ? { ok: true, value: map(result.value) } : result;
}

function withoutNulls(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
}

/** One record a line; blank lines are passed over. */
class LineStream implements StreamDecoder, LineSink {
  readonly #name: string;
  readonly #framer: LineFramer;
  readonly #decode: (text: string, line: number) => Result<object>;
  readonly #output: DecodeOutput;
  readonly #text = new TextDecoder("utf-8", { fatal: true });
  #line = 0;

  constructor(name: string, decode: (text: string, line: number) => Result<object>, output: DecodeOutput) {
    this.#name = name;
    this.#framer = new LineFramer({ name });
    this.#decode = decode;
    this.#output = output;
  }

  push(chunk: Uint8Array): void {
    this.#framer.push(chunk, this);
  }

  end(): void {
    this.#framer.end(this);
  }

  counts(): Readonly<Record<string, number>> {
    return this.#framer.counts;
  }

  fault(fault: Fault): void {
    // A line too long to be held is a line all the same: the numbers of those behind it must stay right.
    this.#line += 1;
    this.#output.fault(fault);
  }

  line(bytes: Uint8Array, start: number, end: number, offset: number): void {
    this.#line += 1;
    if (start === end) return;
    const result = this.#read(bytes.subarray(start, end));
    if (result.ok) this.#output.record({ offset, ...result.value });
    else this.#output.fault({ ...result.fault, where: { ...result.fault.where, line: this.#line, offset } });
  }

  #read(bytes: Uint8Array): Result<object> {
    try {
      return this.#decode(this.#text.decode(bytes), this.#line);
    } catch {
      return {
        ok: false,
        fault: { code: `${this.#name}.not-text`, what: "read a line", expected: "UTF-8 text", got: "other bytes" },
      };
    }
  }
}
