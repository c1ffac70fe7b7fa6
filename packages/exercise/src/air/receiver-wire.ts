import { AircraftReport, encodeAvr, encodeBeast, encodeSbs, ModeSDecoder, reportToSbs } from "@openjmc/formats";
import type { Instant } from "@openjmc/model";
import type { Receiver } from "./receiver.ts";

const text = new TextEncoder();

/** Writes what a receiver heard in its own format. Those that decode keep, as real ones do, positions to themselves until an even and an odd report came. */
export class ReceiverWire {
  readonly #receiver: Receiver;
  readonly #decoder: ModeSDecoder | undefined;
  readonly #report = new AircraftReport();

  /** One wire per receiver and aircraft: what the decoder remembers then depends on nothing else. */
  constructor(receiver: Receiver) {
    this.#receiver = receiver;
    this.#decoder = receiver.format === "sbs" ? new ModeSDecoder({ maximumAircraft: 4 }) : undefined;
  }

  /** Bytes for a message received `seconds` after the start, at `receivedAt`; undefined where the format has no line for it. */
  write(message: Uint8Array, seconds: number, receivedAt: Instant, signal: number): Uint8Array | undefined {
    if (this.#decoder) return this.#writeLine(this.#decoder, message, receivedAt);
    const ticks = Math.floor(this.#receiver.ticksAtStart + seconds * this.#receiver.ticksPerSecond);
    if (this.#receiver.format === "avr") return text.encode(encodeAvr({ bytes: message, ticks }));
    return encodeBeast({ bytes: message, ticks, signal });
  }

  #writeLine(decoder: ModeSDecoder, message: Uint8Array, receivedAt: Instant): Uint8Array | undefined {
    if (decoder.decode(message, 0, message.length, receivedAt, this.#report) !== "decoded") return undefined;
    const line = reportToSbs(this.#report);
    return line && text.encode(`${encodeSbs(line)}\r\n`);
  }
}
