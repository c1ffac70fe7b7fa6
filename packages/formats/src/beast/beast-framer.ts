import { emptyRawFrame, type FrameSink } from "../modes/raw-frame.ts";

const ESCAPE = 0x1a;
const HEADER_LENGTH = 7;
const LONGEST_BODY = HEADER_LENGTH + 14;
const LONGEST_GARBAGE_RUN = 65_536;

const SEEK = 0;
const TYPE = 1;
const BODY = 2;
const BODY_ESCAPE = 3;
const SKIP = 4;
const SKIP_ESCAPE = 5;

/** Bytes of clock, signal and message after a type byte; 0 for frames that are skipped, -1 for what is no type. */
const BODY_LENGTH = new Int8Array(256).fill(-1);
BODY_LENGTH[0x31] = HEADER_LENGTH + 2;
BODY_LENGTH[0x32] = HEADER_LENGTH + 7;
BODY_LENGTH[0x33] = HEADER_LENGTH + 14;
// Receiver status, receiver position and vendors' additions: of no use here, and their lengths differ by maker.
for (const type of [0x34, 0x35, 0xe3, 0xe4, 0xe8]) BODY_LENGTH[type] = 0;

/**
 * Cuts a Beast binary stream into frames: 0x1a, type, 6 bytes of 12 MHz counter, 1 of signal, the message, every
 * 0x1a inside doubled. Holds at most one frame. Frames that lie whole and unescaped in a chunk are lent in place.
 */
export class BeastFramer {
  readonly counts = { frames: 0, skippedFrames: 0, truncatedFrames: 0, garbageBytes: 0 };
  readonly #frame = emptyRawFrame();
  readonly #body = new Uint8Array(LONGEST_BODY);
  #state = SEEK;
  #needed = 0;
  #held = 0;
  #garbage = 0;
  #frameOffset = 0;
  #chunkOffset = 0;

  /** Takes the next bytes of the stream, of any length, and gives every frame that they complete. */
  push(chunk: Uint8Array, sink: FrameSink): void {
    const length = chunk.length;
    let position = 0;
    while (position < length) {
      const whole = this.#state === SEEK ? wholeFrameAt(chunk, position) : 0;
      if (whole > 0) {
        this.#endGarbage(this.#chunkOffset + position, sink);
        this.#give(chunk, position + 2, whole - 2, this.#chunkOffset + position, whole, sink);
        position += whole;
      } else {
        this.#step(chunk[position]!, this.#chunkOffset + position, sink);
        position += 1;
      }
    }
    this.#chunkOffset += length;
  }

  /** The stream is over: reports what was cut short. */
  end(sink: FrameSink): void {
    if (this.#state === BODY || this.#state === BODY_ESCAPE) this.#truncated(sink);
    if (this.#state === TYPE) this.#garbage += 1;
    this.#endGarbage(this.#chunkOffset, sink);
    this.#state = SEEK;
  }

  #step(byte: number, offset: number, sink: FrameSink): void {
    switch (this.#state) {
      case SEEK:
        if (byte === ESCAPE) this.#state = TYPE;
        else this.#addGarbage(1, offset + 1, sink);
        break;
      case TYPE:
        this.#startFrame(byte, offset, sink);
        break;
      case BODY:
        if (byte === ESCAPE) this.#state = BODY_ESCAPE;
        else this.#keep(byte, offset, sink);
        break;
      case BODY_ESCAPE:
        this.#state = BODY;
        if (byte === ESCAPE) this.#keep(byte, offset, sink);
        else {
          this.#truncated(sink);
          this.#startFrame(byte, offset, sink);
        }
        break;
      case SKIP:
        if (byte === ESCAPE) this.#state = SKIP_ESCAPE;
        break;
      default:
        if (byte === ESCAPE) this.#state = SKIP;
        else this.#startFrame(byte, offset, sink);
    }
  }

  #startFrame(type: number, offset: number, sink: FrameSink): void {
    const needed = BODY_LENGTH[type]!;
    if (needed < 0) {
      this.#addGarbage(2, offset + 1, sink);
      this.#state = SEEK;
      return;
    }
    this.#endGarbage(offset - 1, sink);
    this.#frameOffset = offset - 1;
    this.#needed = needed;
    this.#held = 0;
    this.#state = needed === 0 ? SKIP : BODY;
    if (needed === 0) this.counts.skippedFrames += 1;
  }

  #keep(byte: number, offset: number, sink: FrameSink): void {
    this.#body[this.#held] = byte;
    this.#held += 1;
    if (this.#held < this.#needed) return;
    this.#state = SEEK;
    this.#give(this.#body, 0, this.#needed, this.#frameOffset, offset + 1 - this.#frameOffset, sink);
  }

  #give(bytes: Uint8Array, start: number, length: number, offset: number, streamLength: number, sink: FrameSink) {
    const frame = this.#frame;
    const high = (bytes[start]! << 16) | (bytes[start + 1]! << 8) | bytes[start + 2]!;
    const low = (bytes[start + 3]! << 16) | (bytes[start + 4]! << 8) | bytes[start + 5]!;
    frame.ticks = high * 0x1000000 + low;
    frame.signal = bytes[start + 6]!;
    frame.bytes = bytes;
    frame.start = start + HEADER_LENGTH;
    frame.length = length - HEADER_LENGTH;
    frame.offset = offset;
    frame.streamLength = streamLength;
    this.counts.frames += 1;
    sink.frame(frame);
  }

  #truncated(sink: FrameSink): void {
    this.counts.truncatedFrames += 1;
    sink.fault({
      code: "beast.frame-truncated",
      what: "read a Beast frame",
      where: { offset: this.#frameOffset },
      expected: `${this.#needed} bytes after the type`,
      got: `${this.#held} bytes before the next frame or the end`,
    });
  }

  #addGarbage(length: number, endOffset: number, sink: FrameSink): void {
    this.#garbage += length;
    if (this.#garbage >= LONGEST_GARBAGE_RUN) this.#endGarbage(endOffset, sink);
  }

  #endGarbage(endOffset: number, sink: FrameSink): void {
    if (this.#garbage === 0) return;
    const offset = endOffset - this.#garbage;
    this.counts.garbageBytes += this.#garbage;
    sink.fault({
      code: "beast.garbage",
      what: "find the start of a Beast frame",
      where: { offset },
      expected: "0x1a and a frame type",
      got: `${this.#garbage} other bytes`,
    });
    this.#garbage = 0;
  }
}

/** Length in the stream of a frame that stands whole and without escapes at `position`, else 0. */
function wholeFrameAt(chunk: Uint8Array, position: number): number {
  if (chunk[position] !== ESCAPE || position + 2 > chunk.length) return 0;
  const needed = BODY_LENGTH[chunk[position + 1]!]!;
  const end = position + 2 + needed;
  if (needed <= 0 || end > chunk.length) return 0;
  for (let index = position + 2; index < end; index += 1) if (chunk[index] === ESCAPE) return 0;
  return end - position;
}
