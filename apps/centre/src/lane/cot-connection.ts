/**
 * Cursor on Target: XML or TAK protocol version 1, over a connection or in datagrams. What is in the air becomes plots.
 * GAP: events of other things are journalled and counted and not shown; they need a place among sightings, with somebody who
 * answers for them.
 */
import {
  type CotEvent,
  CotFramer,
  type CotSink,
  decodeCotXml,
  decodeTak,
  type Fault,
  readCotDatagram,
} from "@openjmc/formats";
import type { AirSink } from "./air-sink.ts";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import type { SourceClock } from "./source-clock.ts";
import type { SourceHealth } from "./source-health.ts";

/** Types of things in the air, whoever's they are. */
const IN_THE_AIR = /^a-[^-]+-A(-|$)/;
/** Names that tell a 24-bit address. */
const ADDRESS = /^ICAO[-.:]?([0-9A-Fa-f]{6})$/;

export class CotConnection implements ConnectionDecoder, CotSink {
  readonly #health: SourceHealth;
  readonly #sink: AirSink;
  readonly #clock: SourceClock;
  readonly #isDatagram: boolean;
  readonly #framer = new CotFramer();
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  constructor(options: { readonly health: SourceHealth; readonly sink: AirSink; readonly clock: SourceClock }) {
    this.#health = options.health;
    this.#sink = options.sink;
    this.#clock = options.clock;
    this.#isDatagram = options.health.description.link.kind === "udp";
  }

  push(chunk: Uint8Array, place: ChunkPlace): void {
    this.#place = place;
    if (!this.#isDatagram) {
      this.#framer.push(chunk, this);
      return;
    }
    const read = readCotDatagram(chunk);
    if (read) this.event(read.form, chunk, read.start, chunk.length, 0);
    else this.#health.bad("cot.garbage");
  }

  end(place: ChunkPlace): void {
    this.#place = place;
    this.#framer.end(this);
  }

  fault(fault: Fault): void {
    this.#health.bad(fault.code);
  }

  event(form: "xml" | "tak", bytes: Uint8Array, start: number, end: number, offset: number): void {
    const decode = form === "xml" ? decodeCotXml : decodeTak;
    const read = decode(bytes.subarray(start, end), offset);
    if (!read.ok) {
      this.#health.bad(read.fault.code);
      return;
    }
    const event = read.value;
    const { receivedAt } = this.#place;
    this.#health.frame(receivedAt, event === undefined ? undefined : receivedAt - event.at);
    // A message of the protocol may hold no event: senders so announce which version they take.
    if (event === undefined) return;
    const at = this.#clock.instantOf(event.at, receivedAt);
    if (IN_THE_AIR.test(event.type)) this.#plot(event, at);
    if (this.#clock.isOff) this.#health.bad("cot.clock-off");
  }

  /** A place of 0, 0 is what senders without a fix tell. */
  #plot(event: CotEvent, at: number): void {
    const { longitude, latitude, height, horizontalError, callsign, track, groundSpeed, uid } = event;
    if (longitude === 0 && latitude === 0) return;
    const deviation = horizontalError ?? this.#health.description.accuracy?.positionMetres;
    const address = ADDRESS.exec(uid)?.[1]?.toUpperCase();
    const identity = {
      ...(address === undefined ? {} : { icao: address }),
      ...(callsign === undefined ? {} : { callsign: callsign.slice(0, 32) }),
    };
    this.#sink.plot({
      kind: "position",
      frame: this.#place.sequence,
      source: this.#health.description.id,
      at,
      lon: longitude,
      lat: latitude,
      ...(deviation === undefined ? {} : { positionDeviation: Math.max(1, deviation) }),
      ...(height === undefined ? {} : { altitudeMetres: height, altitudeReference: "ellipsoid" as const }),
      ...(track === undefined || groundSpeed === undefined
        ? {}
        : { velocityEast: groundSpeed * Math.sin(track), velocityNorth: groundSpeed * Math.cos(track) }),
      ...(Object.keys(identity).length === 0 ? {} : { identity }),
    });
  }
}
