import { KlvStream, UasDecoder, UasReport, uasFault, uasMessage } from "@openjmc/formats";
import { framed } from "./framed.ts";
import type { DecodeFormat, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";

export const klvFormat: DecodeFormat = {
  name: "klv",
  description: "MISB ST 0601 metadata: bare, in an MPEG transport stream, or in a capture of either",
  create: (_, output) => metadataStream(output),
};

function metadataStream(output: DecodeOutput): StreamDecoder {
  const stream = new KlvStream();
  const decoder = new UasDecoder();
  const report = new UasReport();
  const packet = (bytes: Uint8Array, start: number, end: number, offset: number): void => {
    const disposition = decoder.decode(bytes, start, end, report);
    if (disposition === "decoded") output.record({ offset, ...uasMessage(report) });
    else output.fault(uasFault(disposition, offset, end - start));
  };
  return framed(stream, output, { packet }, () => ({ ...stream.counts, ...decoder.counts }));
}
