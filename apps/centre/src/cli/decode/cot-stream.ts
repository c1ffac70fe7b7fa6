import {
  CotFramer,
  DatagramReader,
  decodeCotXml,
  decodeTak,
  isCapture,
  PcapFramer,
  readCotDatagram,
} from "@openjmc/formats";
import type { Fault } from "@openjmc/model";
import type { DecodeFormat, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";

export const cotFormat: DecodeFormat = {
  name: "cot",
  description: "Cursor on Target events: XML or TAK protocol 1, as a stream or in a capture of datagrams",
  create: (_, output) => new EventStream(output),
};

class EventStream implements StreamDecoder {
  readonly #framer = new CotFramer();
  readonly #capture = new PcapFramer();
  readonly #datagrams = new DatagramReader();
  readonly #output: DecodeOutput;
  #isCapture: boolean | undefined;
  #head: Uint8Array = new Uint8Array(0);
  #controlMessages = 0;
  #otherPackets = 0;

  constructor(output: DecodeOutput) {
    this.#output = output;
  }

  push(chunk: Uint8Array): void {
    if (this.#isCapture !== undefined) {
      this.#pushKnown(chunk);
      return;
    }
    this.#head = Buffer.concat([this.#head, chunk]);
    if (this.#head.length >= 4) this.#begin();
  }

  end(): void {
    if (this.#isCapture === undefined) this.#begin();
    this.#datagrams.end();
    if (this.#isCapture) this.#capture.end({ packet: () => {}, fault: (fault) => this.fault(fault) });
    else this.#framer.end(this);
  }

  counts(): Readonly<Record<string, number>> {
    const otherPackets = this.#otherPackets + this.#datagrams.skipped;
    return { ...this.#framer.counts, controlMessages: this.#controlMessages, otherPackets };
  }

  fault(fault: Fault): void {
    this.#output.fault(fault);
  }

  event(form: "xml" | "tak", bytes: Uint8Array, start: number, end: number, offset: number): void {
    const part = bytes.subarray(start, end);
    const decoded = form === "xml" ? decodeCotXml(part, offset) : decodeTak(part, offset);
    if (!decoded.ok) this.#output.fault(decoded.fault);
    else if (decoded.value === undefined) this.#controlMessages += 1;
    else this.#output.record({ offset, form, ...decoded.value });
  }

  #begin(): void {
    this.#isCapture = isCapture(this.#head);
    this.#pushKnown(this.#head);
    this.#head = new Uint8Array(0);
  }

  #pushKnown(chunk: Uint8Array): void {
    if (!this.#isCapture) {
      this.#framer.push(chunk, this);
      return;
    }
    this.#capture.push(chunk, {
      packet: (bytes, start, end, _at, offset, linkType) => {
        const found = this.#datagrams.read(bytes, start, end, offset, linkType);
        const held = found && readCotDatagram(found.bytes.subarray(found.start, found.end));
        if (held) this.event(held.form, found.bytes, found.start + held.start, found.end, found.offset);
        else if (found) this.#otherPackets += 1;
      },
      fault: (fault) => this.fault(fault),
    });
  }
}
