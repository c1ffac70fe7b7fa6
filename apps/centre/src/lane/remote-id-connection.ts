/**
 * Remote identifications of unmanned aircraft, as a receiver passes them on: JSON lines, a capture, or bare messages → plots.
 * Who stands behind the aircraft is personal data: it stays in the journal's bytes and goes no further.
 */
import {
  decodeRemoteId,
  type Fault,
  RemoteIdAssembler,
  type RemoteIdOrigin,
  type RemoteIdReport,
  type RemoteIdSink,
  RemoteIdStream,
} from "@openjmc/formats";
import type { PositionPlot } from "@openjmc/fusion";
import type { AirSink } from "./air-sink.ts";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import { SourceClock } from "./source-clock.ts";
import type { SourceHealth } from "./source-health.ts";

/** Radius that holds 95 % of a circular normal distribution, in standard deviations of one component. */
const RADIUS_95 = 2.448;

/** What a receiver's connections share: aircraft are told in pieces, and pieces may come over several connections. */
export interface RemoteIdMemory {
  readonly assembler: RemoteIdAssembler;
  readonly clock: SourceClock;
}

export function createRemoteIdMemory(speed: number): RemoteIdMemory {
  return { assembler: new RemoteIdAssembler(), clock: new SourceClock(speed) };
}

export class RemoteIdConnection implements ConnectionDecoder, RemoteIdSink {
  readonly #health: SourceHealth;
  readonly #sink: AirSink;
  readonly #memory: RemoteIdMemory;
  readonly #isDatagram: boolean;
  readonly #stream = new RemoteIdStream();
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  constructor(options: { readonly health: SourceHealth; readonly sink: AirSink; readonly memory: RemoteIdMemory }) {
    this.#health = options.health;
    this.#sink = options.sink;
    this.#memory = options.memory;
    this.#isDatagram = options.health.description.link.kind === "udp";
  }

  push(chunk: Uint8Array, place: ChunkPlace): void {
    this.#place = place;
    if (!this.#isDatagram) {
      this.#stream.push(chunk, this);
      return;
    }
    const datagram = new RemoteIdStream();
    datagram.push(chunk, this);
    datagram.end(this);
  }

  end(place: ChunkPlace): void {
    this.#place = place;
    this.#stream.end(this);
  }

  fault(fault: Fault): void {
    this.#health.bad(fault.code);
  }

  payload(bytes: Uint8Array, origin: RemoteIdOrigin): void {
    const messages = decodeRemoteId(bytes, origin.offset);
    if (!messages.ok) {
      this.#health.bad(messages.fault.code);
      return;
    }
    const { assembler, clock } = this.#memory;
    const { receivedAt } = this.#place;
    const heardAt = Number.isFinite(origin.at) ? clock.instantOf(origin.at, receivedAt) : receivedAt;
    if (Number.isFinite(origin.at) && clock.isOff) this.#health.bad("remote-id.clock-off");
    // Bare messages count nothing: each is taken for a new one.
    const counter = origin.transmitter === "" ? assembler.counts.messages : origin.counter;
    const { repeats } = assembler.counts;
    const report = assembler.accept(origin.transmitter, counter, messages.value, heardAt);
    if (assembler.counts.repeats - repeats === messages.value.length) this.#health.duplicate();
    this.#health.frame(receivedAt, receivedAt - heardAt);
    if (report) this.#plot(report, heardAt);
  }

  /** An aircraft tells the tenth of a second of the hour; where that is not near its hearing, its clock is not believed. */
  #plot(report: RemoteIdReport, heardAt: number): void {
    const { location, identities } = report;
    const { longitude, latitude, groundSpeed, track, horizontalAccuracy } = location;
    if (longitude === undefined || latitude === undefined) return;
    const isTimed = Math.abs(report.at - heardAt) < 5_000_000;
    const deviation =
      horizontalAccuracy === undefined
        ? this.#health.description.accuracy?.positionMetres
        : horizontalAccuracy / RADIUS_95;
    const identity = identities.find(({ idType }) => idType === "serial-number") ?? identities[0];
    this.#sink.plot({
      kind: "position",
      frame: this.#place.sequence,
      source: this.#health.description.id,
      at: isTimed ? Math.min(report.at, heardAt) : heardAt,
      lon: longitude,
      lat: latitude,
      ...(deviation === undefined ? {} : { positionDeviation: Math.max(1, deviation) }),
      ...heightOf(location),
      ...(groundSpeed === undefined || track === undefined
        ? {}
        : { velocityEast: groundSpeed * Math.sin(track), velocityNorth: groundSpeed * Math.cos(track) }),
      ...(location.verticalRate === undefined ? {} : { velocityUp: location.verticalRate }),
      ...(location.speedAccuracy === undefined ? {} : { velocityDeviation: location.speedAccuracy / 2 }),
      ...(location.status === "ground" ? { onGround: true } : {}),
      ...(identity === undefined || identity.id === "" ? {} : { identity: { serial: identity.id } }),
    });
  }
}

function heightOf({
  ellipsoidHeight,
  pressureAltitude,
}: RemoteIdReport["location"]): Pick<PositionPlot, "altitudeMetres" | "altitudeReference"> {
  if (ellipsoidHeight !== undefined) return { altitudeMetres: ellipsoidHeight, altitudeReference: "ellipsoid" };
  return pressureAltitude === undefined ? {} : { altitudeMetres: pressureAltitude, altitudeReference: "pressure" };
}
