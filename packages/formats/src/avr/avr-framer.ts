import { LineFramer, type LineSink } from "../lines/line-framer.ts";
import { emptyRawFrame, type FrameSink } from "../modes/raw-frame.ts";

const SEMICOLON = 0x3b;
const LINE_FEED = 0x0a;
const SPACE = 0x20;
const LONGEST_FRAME = 1 + 12 + 2 + 28;

/** Bytes of counter and signal that stand between a start mark and the message; marks not listed start nothing. */
const PREFIX_BYTES = new Map<number, number>([
  [0x2a, 0], // * message alone
  [0x3a, 0], // : the same, as some receivers mark it
  [0x40, 6], // @ 12 MHz counter before the message
  [0x25, 6], // % the same
  [0x3c, 7], // < counter and signal before the message
]);

/** Cuts an AVR text stream (`*8D…;`, `@<counter>8D…;`) into frames, holding at most one. */
export class AvrFramer {
  readonly counts = { frames: 0, badFrames: 0 };
  readonly #lines = new LineFramer({ separator: SEMICOLON, maximumLength: 4 * LONGEST_FRAME, name: "avr" });
  readonly #frame = emptyRawFrame();
  readonly #bytes = new Uint8Array(7 + 14);
  readonly #lineSink: LineSink;
  #sink: FrameSink | undefined;

  constructor() {
    this.#frame.bytes = this.#bytes;
    this.#lineSink = {
      line: (bytes, start, end, offset) => this.#line(bytes, start, end, offset),
      fault: (fault) => this.#sink?.fault(fault),
    };
  }

  push(chunk: Uint8Array, sink: FrameSink): void {
    this.#sink = sink;
    this.#lines.push(chunk, this.#lineSink);
  }

  /** The stream is over: what stands after the last semicolon is reported as cut short. */
  end(sink: FrameSink): void {
    this.#lines.end({
      line: (bytes, start, end, offset) => {
        const first = skipBlank(bytes, start, end);
        if (first < end) this.#bad(offset + first - start, "a semicolon at the end", end - first, sink);
      },
      fault: (fault) => sink.fault(fault),
    });
  }

  #line(bytes: Uint8Array, start: number, end: number, offset: number): void {
    const sink = this.#sink!;
    let first = skipBlank(bytes, start, end);
    const lineFeed = bytes.subarray(first, end).lastIndexOf(LINE_FEED);
    if (lineFeed >= 0) {
      this.#bad(offset + first - start, "a semicolon before the end of the line", lineFeed, sink);
      first = skipBlank(bytes, first + lineFeed, end);
    }
    const prefix = PREFIX_BYTES.get(bytes[first] ?? 0);
    const length = (end - first - 1) / 2 - (prefix ?? 0);
    if (prefix === undefined) this.#bad(offset + first - start, "one of * : @ % <", end - first, sink);
    else if (length !== 2 && length !== 7 && length !== 14)
      this.#bad(offset + first - start, "4, 14 or 28 hexadecimal digits of message", end - first, sink);
    else if (!readHex(bytes, first + 1, this.#bytes, prefix + length))
      this.#bad(offset + first - start, "hexadecimal digits", end - first, sink);
    else this.#give(prefix, length, offset + first - start, end + 1 - first, sink);
  }

  #give(prefix: number, length: number, offset: number, streamLength: number, sink: FrameSink): void {
    const frame = this.#frame;
    frame.start = prefix;
    frame.length = length;
    frame.ticks = prefix >= 6 ? counter(this.#bytes) : Number.NaN;
    frame.signal = prefix === 7 ? this.#bytes[6]! : Number.NaN;
    frame.offset = offset;
    frame.streamLength = streamLength;
    this.counts.frames += 1;
    sink.frame(frame);
  }

  #bad(offset: number, expected: string, length: number, sink: FrameSink): void {
    this.counts.badFrames += 1;
    sink.fault({
      code: "avr.frame-malformed",
      what: "read an AVR frame",
      where: { offset },
      expected,
      got: `${length} characters that are not`,
    });
  }
}

function skipBlank(bytes: Uint8Array, start: number, end: number): number {
  let index = start;
  while (index < end && bytes[index]! <= SPACE) index += 1;
  return index;
}

function counter(bytes: Uint8Array): number {
  let ticks = 0;
  for (let index = 0; index < 6; index += 1) ticks = ticks * 256 + bytes[index]!;
  return ticks;
}

function readHex(text: Uint8Array, start: number, out: Uint8Array, length: number): boolean {
  for (let index = 0; index < length; index += 1) {
    const high = hexDigit(text[start + 2 * index]!);
    const low = hexDigit(text[start + 2 * index + 1]!);
    if (high < 0 || low < 0) return false;
    out[index] = (high << 4) | low;
  }
  return true;
}

function hexDigit(character: number): number {
  if (character >= 0x30 && character <= 0x39) return character - 0x30;
  const lower = character | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
