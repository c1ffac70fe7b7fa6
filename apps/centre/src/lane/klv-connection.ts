/** Metadata of a camera in the air (MISB ST 0601), bare or in a transport stream → where it flies and what ground it shows. */
import { type Fault, footprintOf, type KlvSink, KlvStream, UasDecoder, UasReport, uasFault } from "@openjmc/formats";
import type { AirSink } from "./air-sink.ts";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import type { SourceClock } from "./source-clock.ts";
import type { SourceHealth } from "./source-health.ts";

/** Items of the local set (ST 0601, clause 8). */
const TAIL_NUMBER = 4;
const DESIGNATION = 10;
const SENSOR_LATITUDE = 13;
const SENSOR_LONGITUDE = 14;
const SENSOR_ALTITUDE_MSL = 15;
const CALL_SIGN = 59;
const NORTH_VELOCITY = 79;
const EAST_VELOCITY = 80;
const RTP_HEADER = 12;

export class KlvConnection implements ConnectionDecoder, KlvSink {
  readonly #health: SourceHealth;
  readonly #sink: AirSink;
  readonly #clock: SourceClock;
  readonly #isDatagram: boolean;
  readonly #stream = new KlvStream();
  readonly #decoder = new UasDecoder();
  readonly #report = new UasReport();
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  constructor(options: { readonly health: SourceHealth; readonly sink: AirSink; readonly clock: SourceClock }) {
    this.#health = options.health;
    this.#sink = options.sink;
    this.#clock = options.clock;
    this.#isDatagram = options.health.description.link.kind === "udp";
  }

  push(chunk: Uint8Array, place: ChunkPlace): void {
    this.#place = place;
    this.#stream.push(this.#isDatagram ? withoutRealTimeHeader(chunk) : chunk, this);
  }

  end(place: ChunkPlace): void {
    this.#place = place;
    this.#stream.end(this);
  }

  fault(fault: Fault): void {
    this.#health.bad(fault.code);
  }

  packet(bytes: Uint8Array, start: number, end: number, offset: number): void {
    const report = this.#report;
    const disposition = this.#decoder.decode(bytes, start, end, report);
    if (disposition !== "decoded") {
      this.#health.bad(uasFault(disposition, offset, end - start).code);
      return;
    }
    const { receivedAt } = this.#place;
    const own = report.at;
    const at = Number.isFinite(own) ? this.#clock.instantOf(own, receivedAt) : receivedAt;
    if (Number.isFinite(own) && this.#clock.isOff) this.#health.bad("klv.clock-off");
    this.#health.frame(receivedAt, Number.isFinite(own) ? receivedAt - own : undefined);
    const footprint = footprintOf(report);
    if (footprint) this.#health.shows({ at, coordinates: [...footprint.corners, footprint.corners[0]!] });
    this.#plot(report, at);
  }

  #plot({ values, texts }: UasReport, at: number): void {
    const [lon, lat, height] = [values[SENSOR_LONGITUDE]!, values[SENSOR_LATITUDE]!, values[SENSOR_ALTITUDE_MSL]!];
    if (Number.isNaN(lon) || Number.isNaN(lat)) return;
    const [east, north] = [values[EAST_VELOCITY]!, values[NORTH_VELOCITY]!];
    const callsign = texts[CALL_SIGN] ?? texts[TAIL_NUMBER] ?? texts[DESIGNATION];
    const deviation = this.#health.description.accuracy?.positionMetres;
    this.#sink.plot({
      kind: "position",
      frame: this.#place.sequence,
      source: this.#health.description.id,
      at,
      lon,
      lat,
      ...(deviation === undefined ? {} : { positionDeviation: deviation }),
      ...(Number.isNaN(height) ? {} : { altitudeMetres: height, altitudeReference: "msl" as const }),
      ...(Number.isNaN(east) || Number.isNaN(north) ? {} : { velocityEast: east, velocityNorth: north }),
      ...(callsign ? { identity: { callsign: callsign.slice(0, 32) } } : {}),
    });
  }
}

/** What a datagram holds behind the header of the real-time protocol (RFC 3550), where it has one. */
function withoutRealTimeHeader(datagram: Uint8Array): Uint8Array {
  const isReal = datagram.length > RTP_HEADER && datagram[0]! >> 6 === 2;
  if (!isReal) return datagram;
  const from = RTP_HEADER + 4 * (datagram[0]! & 0x0f);
  const hasExtension = (datagram[0]! & 0x10) !== 0 && datagram.length >= from + 4;
  return datagram.subarray(hasExtension ? from + 4 + 4 * ((datagram[from + 2]! << 8) | datagram[from + 3]!) : from);
}
