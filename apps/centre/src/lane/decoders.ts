/** Which decoder reads which format: to carry a new one is to add a row. A format without a row has no feed. */
import type { StationArrival } from "@openjmc/fusion";
import type { SourceFormat } from "@openjmc/model";
import type { AirSink } from "./air-sink.ts";
import { ArrivalsConnection } from "./arrivals-connection.ts";
import type { ConnectionDecoder } from "./connection.ts";
import { createReceiverMemory, ModeSConnection } from "./mode-s-connection.ts";
import { SbsConnection } from "./sbs-connection.ts";
import type { SourceHealth } from "./source-health.ts";

/** What a decoder of one connection is given. Everything that it does must follow from the journal's records alone. */
export interface DecoderContext {
  /** The connection's source; the first where several share the link. */
  readonly health: SourceHealth;
  /** All sources of the link, and one of them by its id. */
  readonly sources: readonly SourceHealth[];
  readonly sourceOf: (id: string) => SourceHealth | undefined;
  /** Scenario seconds per wall second. */
  readonly speed: number;
  readonly air: AirSink;
  readonly arrival: (arrival: StationArrival) => void;
  /** What the source's connections share, made with the first; one for each source. */
  readonly memory: <Memory>(make: () => Memory) => Memory;
  /** Sends bytes back to the sensor, where the link goes both ways. */
  readonly answer: (bytes: Uint8Array) => void;
}

export type OpenDecoder = (context: DecoderContext) => ConnectionDecoder;

const modeS =
  (format: "beast" | "avr"): OpenDecoder =>
  ({ health, air, speed, memory }) =>
    new ModeSConnection({
      format,
      health,
      sink: air,
      speed,
      memory: memory(() => createReceiverMemory(health.description)),
    });

export const DECODERS: Readonly<Partial<Record<SourceFormat, OpenDecoder>>> = {
  beast: modeS("beast"),
  avr: modeS("avr"),
  sbs: ({ health, air, speed }) => new SbsConnection({ health, sink: air, speed }),
  arrivals: ({ health, arrival, sourceOf, speed }) =>
    new ArrivalsConnection({ link: health, speed, sink: { arrival, stationOf: sourceOf } }),
};
