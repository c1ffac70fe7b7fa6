/**
 * Recordings beside a record: journal records as they were sealed, one frame each. A frame is the length of the link's name (u8), the
 * name (UTF-8), the length of the body (u32, big-endian) and the body: sequence and instant (binary64, little-endian), content.
 */
import { concat, utf8, utf8ToText } from "../bytes/bytes.ts";
import { attempt, type Result, refuse, unwrap } from "../fault.ts";

export interface RecordedBody {
  /** Link, as the seals list it. */
  readonly link: string;
  /** Sequence, instant and content, as in the journal. */
  readonly body: Uint8Array;
}

const LONGEST_BODY_BYTES = 16 * 1024 * 1024;

/** One frame. */
export function encodeRecorded({ link, body }: RecordedBody): Uint8Array {
  const name = utf8(link);
  if (name.length > 255) throw new RangeError(`link of ${name.length} bytes`);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, body.length);
  return concat(Uint8Array.of(name.length), name, length, body);
}

/** The frame at an offset, and where the next begins; undefined where the bytes end before it does. Error: `recordings.malformed`. */
export function readRecorded(
  bytes: Uint8Array,
  offset: number,
): Result<{ readonly recorded: RecordedBody; readonly end: number } | undefined> {
  return attempt(() => {
    const nameEnd = offset + 1 + (bytes[offset] ?? 0);
    if (bytes.length < nameEnd + 4) return undefined;
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(nameEnd);
    if (length > LONGEST_BODY_BYTES) malformed(`records of at most ${LONGEST_BODY_BYTES} bytes`);
    const end = nameEnd + 4 + length;
    if (bytes.length < end) return undefined;
    const link = unwrap(utf8ToText(bytes.subarray(offset + 1, nameEnd)));
    return { recorded: { link, body: bytes.subarray(nameEnd + 4, end) }, end };
  });
}

/** Every frame of a file. Error: `recordings.malformed`. */
export function decodeRecordedFile(bytes: Uint8Array): Result<readonly RecordedBody[]> {
  return attempt(() => {
    const frames: RecordedBody[] = [];
    for (let offset = 0; offset < bytes.length; ) {
      const frame = unwrap(readRecorded(bytes, offset));
      if (!frame) return malformed("whole frames");
      frames.push(frame.recorded);
      offset = frame.end;
    }
    return frames;
  });
}

function malformed(expected: string): never {
  return refuse("recordings.malformed", "recordings", { expected });
}
