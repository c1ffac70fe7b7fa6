/** Recordings on the way to a node: one frame a record: length of the link's name (u8), the name, length (u32), the record's body. */
import { FaultError } from "@openjmc/model";

export interface RecordedBody {
  /** Link, as the seals list it. */
  readonly link: string;
  /** Sequence, instant and content, as in the segment. */
  readonly body: Uint8Array;
}

const LONGEST_BODY_BYTES = 16 * 1024 * 1024;

export function encodeRecorded({ link, body }: RecordedBody): Uint8Array {
  const name = Buffer.from(link);
  const head = Buffer.alloc(1 + name.length + 4);
  head.writeUInt8(name.length);
  name.copy(head, 1);
  head.writeUInt32BE(body.length, 1 + name.length);
  return Buffer.concat([head, body]);
}

/** Reads frames as they come. Throws `recordings.malformed`. */
export async function* decodeRecorded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RecordedBody> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    for (let frame = frameOf(rest); frame; frame = frameOf(rest)) {
      rest = rest.subarray(frame.bytes);
      yield frame.recorded;
    }
  }
  if (rest.length > 0) throw malformed("whole frames");
}

function frameOf(bytes: Buffer): { readonly recorded: RecordedBody; readonly bytes: number } | undefined {
  const nameEnd = 1 + (bytes[0] ?? 0);
  if (bytes.length < nameEnd + 4 || bytes.length === 0) return undefined;
  const length = bytes.readUInt32BE(nameEnd);
  if (length > LONGEST_BODY_BYTES) throw malformed(`records of at most ${LONGEST_BODY_BYTES} bytes`);
  const end = nameEnd + 4 + length;
  if (bytes.length < end) return undefined;
  return { recorded: { link: bytes.toString("utf8", 1, nameEnd), body: bytes.subarray(nameEnd + 4, end) }, bytes: end };
}

function malformed(expected: string): FaultError {
  return new FaultError({ code: "recordings.malformed", what: "recordings", expected });
}
