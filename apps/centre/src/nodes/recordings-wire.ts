/** Recordings on the way to a node: frames as an archive has them, cut wherever the network cuts them. */
import { FaultError } from "@openjmc/model";
import { type RecordedBody, readRecorded } from "@openjmc/record";

/** Reads frames as they come. Throws `recordings.malformed`. */
export async function* decodeRecorded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RecordedBody> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    for (let frame = frameOf(rest); frame; frame = frameOf(rest)) {
      rest = rest.subarray(frame.end);
      yield frame.recorded;
    }
  }
  if (rest.length > 0)
    throw new FaultError({ code: "recordings.malformed", what: "recordings", expected: "whole frames" });
}

function frameOf(bytes: Uint8Array) {
  const frame = bytes.length === 0 ? undefined : readRecorded(bytes, 0);
  if (frame && !frame.ok) throw new FaultError(frame.fault);
  return frame?.value;
}
