/**
 * Cursor on Target: XML or TAK protocol version 1, over a connection or in datagrams. What is in the air becomes plots, everything
 * else that has a place a cue of its source, and a call for help an alert besides.
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
import { alarmOfCot, cueOfCot, isTakenBack, kindOfCot } from "./cot-thing.ts";
import type { GroundSink } from "./ground-sink.ts";
import type { NodeAlert } from "./node-alerts.ts";
import { SourceClock } from "./source-clock.ts";
import type { SourceHealth } from "./source-health.ts";

/** Names that tell a 24-bit address. */
const ADDRESS = /^ICAO[-.:]?([0-9A-Fa-f]{6})$/;
/** A thing that tells itself more often is shown this often. */
const TOLD_PERIOD = 5_000_000;
const MOST_REMEMBERED = 10_000;

/** What a source's connections share: when each thing was last passed on. */
export interface CotMemory {
  readonly clock: SourceClock;
  readonly toldAt: Map<string, number>;
}

export function createCotMemory(speed: number): CotMemory {
  return { clock: new SourceClock(speed), toldAt: new Map() };
}

interface CotConnectionOptions {
  readonly health: SourceHealth;
  readonly sink: AirSink;
  readonly ground: GroundSink;
  readonly alert: (alert: NodeAlert) => void;
  readonly memory: CotMemory;
}

export class CotConnection implements ConnectionDecoder, CotSink {
  readonly #health: SourceHealth;
  readonly #sink: AirSink;
  readonly #ground: GroundSink;
  readonly #alert: (alert: NodeAlert) => void;
  readonly #memory: CotMemory;
  readonly #isDatagram: boolean;
  readonly #framer = new CotFramer();
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  constructor({ health, sink, ground, alert, memory }: CotConnectionOptions) {
    this.#health = health;
    this.#sink = sink;
    this.#ground = ground;
    this.#alert = alert;
    this.#memory = memory;
    this.#isDatagram = health.description.link.kind === "udp";
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
    const { clock } = this.#memory;
    const at = clock.instantOf(event.at, receivedAt);
    const what = kindOfCot(event);
    // A place of 0, 0 is what senders without a fix tell.
    const isPlaced = event.longitude !== 0 || event.latitude !== 0;
    if (what === "alarm") this.#alert(alarmOfCot(event, this.#health, at, receivedAt));
    if (what === "aircraft" && isPlaced) this.#plot(event, at);
    else if (
      what !== undefined &&
      what !== "aircraft" &&
      isPlaced &&
      (isTakenBack(event) || this.#isDue(event.uid, at))
    )
      this.#ground.cue(cueOfCot(event, what, this.#health, at));
    if (clock.isOff) this.#health.bad("cot.clock-off");
  }

  #isDue(uid: string, at: number): boolean {
    const { toldAt } = this.#memory;
    const last = toldAt.get(uid);
    if (last !== undefined && at < last + TOLD_PERIOD && at >= last) return false;
    toldAt.delete(uid);
    if (toldAt.size >= MOST_REMEMBERED) toldAt.delete(toldAt.keys().next().value!);
    toldAt.set(uid, at);
    return true;
  }

  #plot(event: CotEvent, at: number): void {
    const { longitude, latitude, height, horizontalError, callsign, track, groundSpeed, uid } = event;
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
