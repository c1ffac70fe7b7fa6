import { decodeRemoteId, type RemoteIdOrigin, RemoteIdStream } from "@openjmc/formats";
import type { Fault } from "@openjmc/model";
import type { DecodeFormat, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";

export const remoteIdFormat: DecodeFormat = {
  name: "remote-id",
  description: "Remote ID of unmanned aircraft: captured radio frames, a receiver's lines, or bare messages and packs",
  create: (_, output) => new BroadcastStream(output),
};

class BroadcastStream implements StreamDecoder {
  readonly #stream = new RemoteIdStream();
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

  payload(bytes: Uint8Array, origin: RemoteIdOrigin): void {
    const decoded = decodeRemoteId(bytes, origin.offset);
    if (!decoded.ok) {
      this.#output.fault(decoded.fault);
      return;
    }
    const { at, transmitter, counter, offset, ...carrier } = origin;
    const sender = transmitter === "" ? {} : { transmitter, counter };
    this.#output.record({
      offset,
      ...(Number.isNaN(at) ? {} : { at }),
      ...sender,
      ...carrier,
      messages: decoded.value,
    });
  }
}
