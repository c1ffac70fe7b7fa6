import {
  AircraftReport,
  AvrFramer,
  BeastFramer,
  type Disposition,
  type FrameSink,
  ModeSDecoder,
  messageFromReport,
  type RawFrame,
  toHex,
} from "@openjmc/formats";
import type { Fault } from "@openjmc/model";
import type { DecodeFormat, DecodeOptions, DecodeOutput, StreamDecoder } from "./stream-decoder.ts";

/** Beyond this no receiver hears an aircraft over the horizon. Metres. */
const LONGEST_RANGE = 800_000;
const TICKS_PER_MICROSECOND = 12;

export const beastFormat: DecodeFormat = {
  name: "beast",
  description: "Mode S and ADS-B in Beast binary framing",
  create: (options, output) => new ModeSStream(new BeastFramer(), options, output),
};

export const avrFormat: DecodeFormat = {
  name: "avr",
  description: "Mode S and ADS-B in AVR text",
  create: (options, output) => new ModeSStream(new AvrFramer(), options, output),
};

/** What is wrong with a frame that is not passed on. The other dispositions are counted only: they are no damage. */
const DAMAGE: Partial<Record<Disposition, Pick<Fault, "code" | "expected">>> = {
  "bad-length": { code: "modes.length-wrong", expected: "7 bytes for formats below 16, 14 for the others" },
  "bad-parity": { code: "modes.parity-wrong", expected: "a parity that checks" },
  unsupported: { code: "modes.format-unsupported", expected: "downlink format 0, 4, 5, 11, 16, 17, 18, 20 or 21" },
};

/**
 * Frames to messages. The receiver's counter stands in for the clock; text without one has no time, so that repeats
 * cannot be told there and every frame counts.
 */
class ModeSStream implements StreamDecoder, FrameSink {
  readonly #framer: BeastFramer | AvrFramer;
  readonly #decoder: ModeSDecoder;
  readonly #untimed: ModeSDecoder;
  readonly #output: DecodeOutput;
  readonly #report = new AircraftReport();

  constructor(framer: BeastFramer | AvrFramer, options: DecodeOptions, output: DecodeOutput) {
    const site = options.site === undefined ? {} : { site: { ...options.site, range: LONGEST_RANGE } };
    this.#framer = framer;
    this.#output = output;
    this.#decoder = new ModeSDecoder(site);
    this.#untimed = new ModeSDecoder({ ...site, duplicateWindow: 0 });
  }

  push(chunk: Uint8Array): void {
    this.#framer.push(chunk, this);
  }

  end(): void {
    this.#framer.end(this);
  }

  counts(): Readonly<Record<string, number>> {
    const dispositions = Object.entries(this.#decoder.counts).map(([name, count]) => [
      name,
      count + this.#untimed.counts[name as Disposition],
    ]);
    return { ...this.#framer.counts, ...Object.fromEntries(dispositions) };
  }

  fault(fault: Fault): void {
    this.#output.fault(fault);
  }

  frame(frame: Readonly<RawFrame>): void {
    const timed = !Number.isNaN(frame.ticks);
    const at = timed ? Math.round(frame.ticks / TICKS_PER_MICROSECOND) : 0;
    const decoder = timed ? this.#decoder : this.#untimed;
    const disposition = decoder.decode(frame.bytes, frame.start, frame.length, at, this.#report);
    const raw = toHex(frame.bytes, frame.start, frame.length);
    const damage = DAMAGE[disposition];
    if (damage !== undefined) {
      this.#output.fault({
        ...damage,
        what: "read a Mode S message",
        where: { offset: frame.offset },
        got: raw,
      } as Fault);
    }
    if (disposition === "decoded") this.#record(frame, raw);
  }

  #record(frame: Readonly<RawFrame>, raw: string): void {
    // The counter is no date.
    this.#report.receivedAt = Number.NaN;
    this.#output.record({
      offset: frame.offset,
      ...(Number.isNaN(frame.ticks) ? {} : { ticks: frame.ticks }),
      ...(Number.isNaN(frame.signal) ? {} : { signal: frame.signal }),
      raw,
      ...messageFromReport(this.#report),
    });
  }
}
