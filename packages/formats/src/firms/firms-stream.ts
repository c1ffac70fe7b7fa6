import { LineFramer } from "../lines/line-framer.ts";
import type { Fault } from "../result.ts";
import { decodeFirms, type FirmsFields } from "./decode-firms.ts";
import type { HeatSpot } from "./heat-spot.ts";

export interface HeatSpotSink {
  spot(spot: HeatSpot, offset: number): void;
  fault(fault: Fault): void;
}

const LARGEST_JSON = 64 * 1024 * 1024;
const BRACKET = 0x5b;

/** Reads a file of FIRMS as it comes: CSV with a header line, or a JSON array of objects (told by its first octet, read at the end). */
export class FirmsStream {
  readonly counts = { spots: 0 };
  readonly #lines = new LineFramer({ name: "firms", maximumLength: 4096 });
  readonly #text = new TextDecoder();
  #names: readonly string[] | undefined;
  #line = 0;
  #json: Uint8Array[] | undefined;
  #jsonLength = 0;
  #begun = false;

  push(chunk: Uint8Array, sink: HeatSpotSink): void {
    if (!this.#begun && chunk.length > 0) {
      this.#begun = true;
      if (chunk[0] === BRACKET) this.#json = [];
    }
    if (this.#json === undefined) this.#lines.push(chunk, this.#lineSink(sink));
    else if (this.#jsonLength + chunk.length > LARGEST_JSON) this.#jsonLength = Number.POSITIVE_INFINITY;
    else {
      this.#json.push(chunk.slice());
      this.#jsonLength += chunk.length;
    }
  }

  end(sink: HeatSpotSink): void {
    if (this.#json === undefined) this.#lines.end(this.#lineSink(sink));
    else this.#readJson(sink);
  }

  #lineSink(sink: HeatSpotSink) {
    return {
      line: (bytes: Uint8Array, start: number, end: number, offset: number) => {
        this.#line += 1;
        const values = this.#text
          .decode(bytes.subarray(start, end))
          .split(",")
          .map((value) => value.trim().replace(/^"(.*)"$/, "$1"));
        if (start === end) return;
        if (this.#names === undefined) this.#names = values.map((name) => name.toLowerCase());
        else if (values.length !== this.#names.length)
          sink.fault(
            fault("columns-wrong", { line: this.#line, offset }, `${this.#names.length} columns`, `${values.length}`),
          );
        else
          this.#give(
            Object.fromEntries(this.#names.map((name, index) => [name, values[index]])),
            this.#line,
            offset,
            sink,
          );
      },
      fault: (problem: Fault) => {
        this.#line += 1;
        sink.fault(problem);
      },
    };
  }

  #readJson(sink: HeatSpotSink): void {
    if (this.#jsonLength === Number.POSITIVE_INFINITY) {
      sink.fault(fault("too-large", { offset: 0 }, `at most ${LARGEST_JSON} octets`, "more"));
      return;
    }
    let records: unknown;
    try {
      records = JSON.parse(this.#json!.map((chunk) => this.#text.decode(chunk, { stream: true })).join(""));
    } catch {
      sink.fault(fault("not-json", { offset: 0 }, "a JSON array of objects", "other text"));
      return;
    }
    for (const [index, record] of (records as unknown[]).entries()) {
      // A JSON array has no lines; the number of the record stands for it.
      if (typeof record === "object" && record !== null) this.#give(record as FirmsFields, index + 1, 0, sink);
      else sink.fault(fault("not-a-record", { line: index + 1 }, "an object", typeof record));
    }
  }

  #give(fields: FirmsFields, line: number, offset: number, sink: HeatSpotSink): void {
    const read = decodeFirms(fields, line);
    if (!read.ok) {
      sink.fault({ ...read.fault, where: { ...read.fault.where, ...(this.#json === undefined ? { offset } : {}) } });
      return;
    }
    this.counts.spots += 1;
    sink.spot(read.value, offset);
  }
}

function fault(code: string, where: NonNullable<Fault["where"]>, expected: string, got: string): Fault {
  return { code: `firms.${code}`, what: "read heat spots", where, expected, got };
}
