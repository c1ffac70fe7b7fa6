import { decodeSapient, SapientFramer, type SapientVersion, sapientDetection, toHex } from "@openjmc/formats";
import type { Fault } from "@openjmc/model";
import type { DecodeFormat, DecodeOptions, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";

export const sapientFormat: DecodeFormat = {
  name: "sapient",
  description: "SAPIENT (BSI Flex 335) messages behind their lengths; --edition 1 or 2",
  create: (options, output) => new NodeStream(options, output),
};

function versionOf(edition: string | undefined): SapientVersion {
  if (edition === undefined) return "2";
  const [major] = edition.split(".");
  if (major === "1" || major === "2") return major;
  throw new RangeError("versions 1 and 2 are known");
}

/** Messages as the standard names them; a detection's place beside, in degrees and metres. */
class NodeStream implements StreamDecoder {
  readonly #framer = new SapientFramer();
  readonly #version: SapientVersion;
  readonly #output: DecodeOutput;
  #withProblems = 0;

  constructor(options: DecodeOptions, output: DecodeOutput) {
    this.#version = versionOf(options.edition);
    this.#output = output;
  }

  push(chunk: Uint8Array): void {
    this.#framer.push(chunk, this);
  }

  end(): void {
    this.#framer.end(this);
  }

  counts(): Readonly<Record<string, number>> {
    return { ...this.#framer.counts, withProblems: this.#withProblems };
  }

  fault(fault: Fault): void {
    this.#output.fault(fault);
  }

  message(bytes: Uint8Array, start: number, end: number, offset: number): void {
    const decoded = decodeSapient(bytes.subarray(start, end), this.#version, offset);
    if (!decoded.ok) {
      this.#output.fault(decoded.fault);
      return;
    }
    const { message, problems, unknownFields } = decoded.value;
    const detection = sapientDetection(message);
    const { error } = message;
    if (problems.length > 0) this.#withProblems += 1;
    this.#output.record({
      offset,
      ...message,
      ...(error?.packet === undefined ? {} : { error: { ...error, packet: toHex(error.packet) } }),
      ...(detection === undefined ? {} : { detection }),
      ...(problems.length === 0 ? {} : { problems }),
      ...(unknownFields === 0 ? {} : { unknownFields }),
    });
  }
}
