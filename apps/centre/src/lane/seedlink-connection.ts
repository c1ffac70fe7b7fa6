/**
 * A connection to a SeedLink server: the handshake is led from here, from journalled bytes alone, and what is said to the server follows
 * from them; a replay comes to the same. After a loss the next connection asks for every station behind the last packet that came. Where
 * the server refused some stations, or fell silent, the connection is ended after a while, so that another one asks for them again.
 */
import { type Fault, SeedLinkClient, type SeedLinkClientSink, type SeedLinkPacket } from "@openjmc/formats";
import type { Instant } from "@openjmc/model";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import type { SourceHealth } from "./source-health.ts";
import { nameOf, type StationTable, stationTable, takeRecord } from "./waveform-records.ts";
import type { WaveformStation } from "./waveform-station.ts";

/** Microseconds of wall time without a byte until the server is asked for a sign of life, and until it is told of as silent. */
const KEEP_ALIVE = 30_000_000;
const DEAD_AFTER = 90_000_000;
/** After which stations that were refused are asked for again. The others lose nothing: they go on behind their last packet. */
const ASK_AGAIN_AFTER = 600_000_000;

export class SeedLinkConnection implements ConnectionDecoder {
  readonly #link: SourceHealth;
  readonly #stations: StationTable;
  readonly #client: SeedLinkClient;
  readonly #sink: SeedLinkClientSink;
  readonly #hangUp: () => void;
  readonly #askAgainAfter: number;
  /** When the first station was refused. */
  #refusedAt = Number.POSITIVE_INFINITY;
  #isOver = false;
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  /** @param since where no packet came yet: from when on what the server still has is wanted. */
  constructor(options: {
    readonly link: SourceHealth;
    readonly stations: readonly WaveformStation[];
    readonly answer: (bytes: Uint8Array) => void;
    readonly hangUp: () => void;
    readonly since?: Instant;
    /** Scenario seconds per wall second. */
    readonly speed: number;
  }) {
    const { link, stations, answer, hangUp, since, speed } = options;
    this.#link = link;
    this.#hangUp = hangUp;
    this.#askAgainAfter = ASK_AGAIN_AFTER * speed;
    this.#stations = stationTable(stations);
    this.#client = new SeedLinkClient({
      stations: stations.map(({ health, after }) => ({
        id: nameOf(health),
        ...(after === undefined ? {} : { after }),
        ...(after !== undefined || since === undefined ? {} : { from: since }),
      })),
      userAgent: "openjmc/1",
      keepAlive: KEEP_ALIVE * speed,
      deadAfter: DEAD_AFTER * speed,
    });
    this.#sink = {
      send: answer,
      streaming: () => undefined,
      refused: (station) => this.#refused(station),
      ended: () => undefined,
      fault: (fault: Fault) => this.#link.bad(fault.code),
      packet: (packet, bytes, start, end, offset) => this.#packet(packet, { bytes, start, end, offset }),
    };
    // No time is known yet; until the server's first byte it is the socket's affair whether it lives.
    this.#client.open(Number.MAX_SAFE_INTEGER, this.#sink);
  }

  push(chunk: Uint8Array, place: ChunkPlace): void {
    this.#place = place;
    this.#client.receive(chunk, place.receivedAt, this.#sink);
  }

  tick(now: Instant): void {
    this.#client.tick(now, this.#sink);
    if (this.#isOver || (this.#client.state !== "dead" && now - this.#refusedAt < this.#askAgainAfter)) return;
    this.#isOver = true;
    this.#hangUp();
  }

  #refused(station: string): void {
    this.#stations.get(station)?.health.bad("seedlink.station-refused");
    this.#refusedAt = Math.min(this.#refusedAt, this.#place.receivedAt);
  }

  end(place: ChunkPlace): void {
    this.#place = place;
    this.#client.close(this.#sink);
  }

  #packet(packet: SeedLinkPacket, record: Parameters<typeof takeRecord>[0]): void {
    const station = this.#stations.get(packet.station);
    if (station) station.after = packet.sequence;
    if (packet.format === "2" || packet.format === "3") takeRecord(record, this.#stations, this.#link, this.#place);
    else station?.health.frame(this.#place.receivedAt);
  }
}
