/** Blocks of sound behind their sidecars, over TCP or MQTT. */
import { type AcousticBlock, AcousticBlockFramer, type AcousticBlockSink, type Fault } from "@openjmc/formats";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import type { SourceHealth } from "./source-health.ts";
import type { WaveformStation } from "./waveform-station.ts";

export class PcmConnection implements ConnectionDecoder, AcousticBlockSink {
  readonly #link: SourceHealth;
  readonly #stationOf: (id: string) => WaveformStation | undefined;
  readonly #framer = new AcousticBlockFramer();
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  /** @param stationOf the station of the link with this id of a source, as sidecars name it. */
  constructor(options: {
    readonly link: SourceHealth;
    readonly stationOf: (id: string) => WaveformStation | undefined;
  }) {
    this.#link = options.link;
    this.#stationOf = options.stationOf;
  }

  push(chunk: Uint8Array, place: ChunkPlace): void {
    this.#place = place;
    this.#framer.push(chunk, this);
  }

  end(place: ChunkPlace): void {
    this.#place = place;
    this.#framer.end(this);
  }

  block({ sidecar, sampleRate, channels }: AcousticBlock): void {
    const station = this.#stationOf(sidecar.station);
    if (station === undefined) {
      this.#link.bad("waveform.unknown-station");
      return;
    }
    const { at, clock, pascalsPerCount } = sidecar;
    station.take(
      {
        channels: channels.map((samples, index) => ({ id: `${index}`, samples })),
        startAt: at,
        sampleRate,
        clockErrorMicroseconds: clock.errorMicroseconds,
        ...(pascalsPerCount === undefined ? {} : { scale: pascalsPerCount }),
      },
      this.#place,
    );
  }

  fault(fault: Fault): void {
    this.#link.bad(fault.code);
  }
}
