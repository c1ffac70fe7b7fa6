/**
 * A connection to a SeedLink server: the handshake is led from here, from journalled bytes alone, and what is said to the server follows
 * from them; a replay comes to the same. After a loss the next connection asks for every station behind the last packet that came.
 * GAP: a station that the server refuses is asked for again with the next connection only; a way to end a connection from the lane
 * would close it.
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

export class SeedLinkConnection implements ConnectionDecoder {
  readonly #link: SourceHealth;
  readonly #stations: StationTable;
  readonly #client: SeedLinkClient;
  readonly #sink: SeedLinkClientSink;
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  /** @param since where no packet came yet: from when on what the server still has is wanted. */
  constructor(options: {
    readonly link: SourceHealth;
    readonly stations: readonly WaveformStation[];
    readonly answer: (bytes: Uint8Array) => void;
    readonly since?: Instant;
    /** Scenario seconds per wall second. */
    readonly speed: number;
  }) {
    const { link, stations, answer, since, speed } = options;
    this.#link = link;
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
      refused: (station) => this.#stations.get(station)?.health.bad("seedlink.station-refused"),
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
