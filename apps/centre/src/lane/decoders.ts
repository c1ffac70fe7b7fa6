/** Which decoder reads which format: to carry a new one is to add a row. A format without a row has no feed. */
import type { StationArrival } from "@openjmc/fusion";
import type { CollectionTask, Instant, SourceFormat } from "@openjmc/model";
import type { AirSink } from "./air-sink.ts";
import { createArrivalsConnection } from "./arrivals-connection.ts";
import { AsterixConnection } from "./asterix-connection.ts";
import type { ConnectionDecoder } from "./connection.ts";
import { CotConnection, createCotMemory } from "./cot-connection.ts";
import { createCueConnection } from "./cue-connection.ts";
import { FirmsConnection, type HeatMemory } from "./firms-connection.ts";
import type { GroundSink } from "./ground-sink.ts";
import { KlvConnection } from "./klv-connection.ts";
import { MiniSeedConnection } from "./miniseed-connection.ts";
import { createReceiverMemory, ModeSConnection } from "./mode-s-connection.ts";
import type { NodeAlert } from "./node-alerts.ts";
import { PcmConnection } from "./pcm-connection.ts";
import { createRemoteIdMemory, RemoteIdConnection } from "./remote-id-connection.ts";
import { SapientConnection } from "./sapient-connection.ts";
import { SbsConnection } from "./sbs-connection.ts";
import { SeedLinkConnection } from "./seedlink-connection.ts";
import { SourceClock } from "./source-clock.ts";
import type { SourceHealth } from "./source-health.ts";
import { WaveformStation } from "./waveform-station.ts";
import { createWeatherConnection } from "./weather-connection.ts";

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
  readonly ground: GroundSink;
  /** Takes what a sensor raises alarm about. */
  readonly alert: (alert: NodeAlert) => void;
  /** What the collection plan has for sensors, now. */
  readonly tasks: () => readonly CollectionTask[];
  /** Name of this run of fusion: the same in a replay. */
  readonly run: string;
  /** What a source's connections share, made with the first; one for each source, that of `health` where none is named. */
  readonly memory: <Memory>(make: () => Memory, source?: string) => Memory;
  /** Until when an earlier run of fusion took what came, where there was one not long before. */
  readonly since?: Instant;
  /** Sends bytes back to the sensor, where the link goes both ways. */
  readonly answer: (bytes: Uint8Array) => void;
  /** Ends the connection; its feed makes another, which asks for everything anew. */
  readonly hangUp: () => void;
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

function withClocks(sources: readonly SourceHealth[], speed: number, memory: DecoderContext["memory"]) {
  return sources.map((health) => ({ health, clock: memory(() => new SourceClock(speed), health.description.id) }));
}

/** Stations of a link: each keeps its noise, and where it stands in its server's numbers, over all connections. */
function stationsOf({ sources, memory, arrival, speed }: DecoderContext): WaveformStation[] {
  return sources.map((health) => memory(() => new WaveformStation({ health, arrival, speed }), health.description.id));
}

export const DECODERS: Readonly<Partial<Record<SourceFormat, OpenDecoder>>> = {
  beast: modeS("beast"),
  avr: modeS("avr"),
  sbs: ({ health, air, speed }) => new SbsConnection({ health, sink: air, speed }),
  asterix: ({ sources, air, speed, memory }) =>
    new AsterixConnection({ sources: withClocks(sources, speed, memory), sink: air }),
  sapient: ({ sources, air, speed, memory, answer, run, alert, tasks }) =>
    new SapientConnection({ sources: withClocks(sources, speed, memory), sink: air, answer, run, alert, tasks }),
  "remote-id": ({ health, air, speed, memory }) =>
    new RemoteIdConnection({ health, sink: air, memory: memory(() => createRemoteIdMemory(speed)) }),
  cot: ({ health, air, ground, alert, speed, memory }) =>
    new CotConnection({ health, sink: air, ground, alert, memory: memory(() => createCotMemory(speed)) }),
  klv: ({ health, air, speed, memory }) =>
    new KlvConnection({ health, sink: air, clock: memory(() => new SourceClock(speed)) }),
  arrivals: ({ health, arrival, sourceOf, speed }) =>
    createArrivalsConnection({ link: health, speed, arrival, stationOf: sourceOf }),
  cues: ({ health, ground, sourceOf, speed }) =>
    createCueConnection({ link: health, speed, ground, stationOf: sourceOf }),
  weather: ({ health, ground, sourceOf, speed }) =>
    createWeatherConnection({ link: health, speed, ground, stationOf: sourceOf }),
  firms: ({ health, ground, memory }) =>
    new FirmsConnection({ health, ground, memory: memory((): HeatMemory => new Set()) }),
  seedlink: (context) =>
    new SeedLinkConnection({
      link: context.health,
      stations: stationsOf(context),
      answer: context.answer,
      hangUp: context.hangUp,
      speed: context.speed,
      ...(context.since === undefined ? {} : { since: context.since }),
    }),
  miniseed: (context) => new MiniSeedConnection({ link: context.health, stations: stationsOf(context) }),
  pcm: (context) => {
    const stations = new Map(stationsOf(context).map((station) => [station.health.description.id, station]));
    return new PcmConnection({ link: context.health, stationOf: (id) => stations.get(id) });
  },
};
