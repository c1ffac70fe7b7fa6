import type { Fault } from "@openjmc/model";
import type { DecodeOutput, StreamDecoder } from "./stream-decoder.ts";

/** What cuts a stream of bytes and hands what it finds to a sink, its faults too. */
interface Framer<Sink> {
  push(chunk: Uint8Array, sink: Sink): void;
  end(sink: Sink): void;
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * A decoder of what a framer cuts: `sink` takes the pieces, faults go to the output. `counts` are the framer's, unless others are
 * given.
 */
export function framed<Pieces extends object>(
  framer: Framer<Pieces & { fault(fault: Fault): void }>,
  output: DecodeOutput,
  pieces: Pieces,
  counts: () => Readonly<Record<string, number>> = () => framer.counts,
): StreamDecoder {
  const sink = { ...pieces, fault: (fault: Fault) => output.fault(fault) };
  return { push: (chunk) => framer.push(chunk, sink), end: () => framer.end(sink), counts };
}
