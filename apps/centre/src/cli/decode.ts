/** `jmc decode FORMAT [FILE|-]`: bytes of a sensor → one JSON object a line. */
import { once } from "node:events";
import type { Writable } from "node:stream";
import { describeFault, type Fault } from "@openjmc/model";
import { decodeFormats, findDecodeFormat } from "./decode/formats.ts";
import type { DecodeFormat, DecodeOptions, DecodeOutput, StreamDecoder } from "./decode/stream-decoder.ts";

export interface DecodeRun extends DecodeOptions {
  readonly format: string;
  readonly input: AsyncIterable<Uint8Array>;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** End with one JSON line of counts on stderr. */
  readonly stats?: boolean;
}

/**
 * Decodes the whole input. A bad record is reported on stderr with its byte offset and counted, and the rest goes on.
 * @returns the exit status: 0, or 2 where the format is not known or nothing of the input could be read.
 */
export async function runDecode(run: DecodeRun): Promise<number> {
  const format = findDecodeFormat(run.format);
  if (format === undefined) return refuse(run, unknownFormat(run.format));
  const output = new LineOutput(run);
  const decoder = createDecoder(format, run, output);
  if ("code" in decoder) return refuse(run, decoder);
  try {
    await drain(run, decoder, output);
  } catch (problem) {
    return refuse(run, unreadable(output.bytes, problem));
  }
  if (run.stats) run.stderr.write(`${JSON.stringify(output.stats(format.name, decoder))}\n`);
  return output.records === 0 && output.faults > 0 ? 2 : 0;
}

/** An edition that the format does not know is the caller's mistake. */
function createDecoder(format: DecodeFormat, run: DecodeRun, output: DecodeOutput): StreamDecoder | Fault {
  try {
    return format.create(run, output);
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem;
    const got = run.edition?.slice(0, 64) ?? "";
    return {
      code: "edition.unknown",
      what: "decode a format",
      expected: "an edition that is known here",
      got,
      cause: problem.message,
    };
  }
}

async function drain(run: DecodeRun, decoder: StreamDecoder, output: LineOutput): Promise<void> {
  for await (const chunk of run.input) {
    output.bytes += chunk.length;
    decoder.push(chunk);
    await output.flush();
  }
  decoder.end();
  await output.flush();
}

/** Gathers lines and writes them a chunk at a time, waiting where the reader is slower than the input. */
class LineOutput implements DecodeOutput {
  bytes = 0;
  records = 0;
  faults = 0;
  readonly #faultsByCode: Record<string, number> = {};
  readonly #stdout: Writable;
  readonly #stderr: Writable;
  #lines: string[] = [];
  #complaints: string[] = [];

  constructor(run: DecodeRun) {
    this.#stdout = run.stdout;
    this.#stderr = run.stderr;
  }

  record(value: object): void {
    this.records += 1;
    this.#lines.push(JSON.stringify(value));
  }

  fault(fault: Fault): void {
    this.faults += 1;
    this.#faultsByCode[fault.code] = (this.#faultsByCode[fault.code] ?? 0) + 1;
    this.#complaints.push(describeFault(fault));
  }

  async flush(): Promise<void> {
    const lines = this.#lines;
    const complaints = this.#complaints;
    this.#lines = [];
    this.#complaints = [];
    await write(this.#stdout, lines);
    await write(this.#stderr, complaints);
  }

  stats(format: string, decoder: StreamDecoder): object {
    const { bytes, records, faults } = this;
    return { format, bytes, records, faults, faultsByCode: this.#faultsByCode, ...decoder.counts() };
  }
}

async function write(stream: Writable, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  if (!stream.write(`${lines.join("\n")}\n`)) await once(stream, "drain");
}

function refuse(run: DecodeRun, fault: Fault): number {
  run.stderr.write(`${describeFault(fault)}\n`);
  return 2;
}

function unknownFormat(name: string): Fault {
  return {
    code: "format.unknown",
    what: "decode a format",
    expected: decodeFormats.map((format) => format.name).join(", "),
    got: name.slice(0, 64),
  };
}

function unreadable(offset: number, problem: unknown): Fault {
  return {
    code: "input.unreadable",
    what: "read the input",
    where: { offset },
    cause: problem instanceof Error ? problem.message : String(problem),
  };
}
