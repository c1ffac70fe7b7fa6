/** Arrival lines of acoustic, seismic and infrasound stations, over TCP or MQTT → the locator. */
import { type ArrivalMessage, decodeArrival, type Fault, LineFramer, type LineSink } from "@openjmc/formats";
import type { StationArrival } from "@openjmc/fusion";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import type { SourceHealth } from "./source-health.ts";

/** Where a connection puts what it understood. `stationOf` gives the health of a station that may speak on this link. */
export interface ArrivalSink {
  arrival(arrival: StationArrival): void;
  stationOf(station: string): SourceHealth | undefined;
}

const LONGEST_LINE_BYTES = 8_192;
/** A time further ahead of the centre's clock than this, or older than an hour, is a clock gone wrong: counted, not used. */
const MOST_AHEAD_MICROSECONDS = 5_000_000;
const MOST_BEHIND_MICROSECONDS = 3_600_000_000;
const PHASE = { acoustic: "A", "seismic-p": "P", infrasound: "I" } as const;

export class ArrivalsConnection implements ConnectionDecoder, LineSink {
  readonly #link: SourceHealth;
  readonly #sink: ArrivalSink;
  readonly #framer = new LineFramer({ maximumLength: LONGEST_LINE_BYTES, name: "arrival" });
  readonly #decoder = new TextDecoder();
  readonly #speed: number;
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  /** `link`: whose bad frames are counted when no station can be named. `speed`: scenario seconds per wall second. */
  constructor(options: { readonly link: SourceHealth; readonly sink: ArrivalSink; readonly speed: number }) {
    this.#link = options.link;
    this.#sink = options.sink;
    this.#speed = options.speed;
  }

  push(chunk: Uint8Array, place: ChunkPlace): void {
    this.#place = place;
    this.#framer.push(chunk, this);
  }

  end(place: ChunkPlace): void {
    this.#place = place;
    this.#framer.end(this);
  }

  fault(fault: Fault): void {
    this.#link.bad(fault.code);
  }

  line(bytes: Uint8Array, start: number, end: number): void {
    if (end === start) return;
    const result = decodeArrival(this.#decoder.decode(bytes.subarray(start, end)));
    if (!result.ok) {
      this.#link.bad(result.fault.code);
      return;
    }
    const message = result.value;
    const health = this.#sink.stationOf(message.station);
    if (!health) {
      this.#link.bad("arrival.unknown-station");
      return;
    }
    const { receivedAt } = this.#place;
    const lag = receivedAt - message.at;
    if (lag < -MOST_AHEAD_MICROSECONDS * this.#speed || lag > MOST_BEHIND_MICROSECONDS) {
      health.bad(lag < 0 ? "arrival.clock-ahead" : "arrival.clock-behind");
      return;
    }
    health.frame(receivedAt, lag);
    if (message.kind === "arrival") this.#sink.arrival(this.#arrivalOf(message));
    else health.noise(message.noiseDecibels);
  }

  #arrivalOf(message: ArrivalMessage): StationArrival {
    return {
      frame: this.#place.sequence,
      station: message.station,
      at: message.at,
      phase: PHASE[message.phase],
      amplitudeDb: message.amplitudeDecibels,
      frequencyHz: message.frequency,
      ...(message.duration === undefined ? {} : { durationMs: message.duration * 1000 }),
      ...(message.backAzimuth === undefined ? {} : { backAzimuth: message.backAzimuth }),
      ...(message.backAzimuthError === undefined ? {} : { backAzimuthError: message.backAzimuthError }),
      clockErrorUs: message.clock.errorMicroseconds,
    };
  }
}
