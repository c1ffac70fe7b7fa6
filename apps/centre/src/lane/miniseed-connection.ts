/** miniSEED records behind one another, as recorders push them over TCP or MQTT. */
import { type Fault, MiniSeedFramer, type MiniSeedSink } from "@openjmc/formats";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import type { SourceHealth } from "./source-health.ts";
import { type StationTable, stationTable, takeRecord } from "./waveform-records.ts";
import type { WaveformStation } from "./waveform-station.ts";

export class MiniSeedConnection implements ConnectionDecoder, MiniSeedSink {
  readonly #link: SourceHealth;
  readonly #stations: StationTable;
  readonly #framer = new MiniSeedFramer();
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  constructor(options: { readonly link: SourceHealth; readonly stations: readonly WaveformStation[] }) {
    this.#link = options.link;
    this.#stations = stationTable(options.stations);
  }

  push(chunk: Uint8Array, place: ChunkPlace): void {
    this.#place = place;
    this.#framer.push(chunk, this);
  }

  end(place: ChunkPlace): void {
    this.#place = place;
    this.#framer.end(this);
  }

  record(bytes: Uint8Array, start: number, end: number, offset: number): void {
    takeRecord({ bytes, start, end, offset }, this.#stations, this.#link, this.#place);
  }

  fault(fault: Fault): void {
    this.#link.bad(fault.code);
  }
}
