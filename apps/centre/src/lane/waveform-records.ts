/** miniSEED records → blocks of the stations that they are of. */
import { readMiniSeed } from "@openjmc/formats";
import { clockErrorOf } from "@openjmc/fusion";
import type { ChunkPlace } from "./connection.ts";
import type { SourceHealth } from "./source-health.ts";
import type { WaveformStation } from "./waveform-station.ts";

/** `NET_STA` → its station; a link of one source takes any name. */
export type StationTable = ReadonlyMap<string, WaveformStation>;

export function stationTable(stations: readonly WaveformStation[]): StationTable {
  return new Map(stations.map((station) => [nameOf(station.health), station]));
}

/** How records name a source's station. */
export function nameOf({ description }: SourceHealth): string {
  return description.waveform?.station ?? description.id;
}

/**
 * Reads one record and gives it to its station. What is no record, or of no station of the link, is counted at `link`.
 * @returns the station that took it.
 */
export function takeRecord(
  record: { readonly bytes: Uint8Array; readonly start: number; readonly end: number; readonly offset: number },
  stations: StationTable,
  link: SourceHealth,
  place: ChunkPlace,
): WaveformStation | undefined {
  const read = readMiniSeed(record.bytes, record.start, record.end, record.offset);
  if (!read.ok) {
    link.bad(read.fault.code);
    return undefined;
  }
  const { sourceId, samples, startAt, sampleRate, timingQuality, clockLocked, timeQuestionable } = read.value;
  const [network = "", code = "", ...channel] = sourceId.replace(/^FDSN:/, "").split("_");
  const station = stations.get(`${network}_${code}`);
  if (station === undefined) {
    link.bad("waveform.unknown-station");
    return undefined;
  }
  // Logs of a station have no samples; they are a sign of life.
  if (typeof samples === "string" || !(sampleRate > 0)) {
    station.health.frame(place.receivedAt);
    return station;
  }
  const clockErrorMicroseconds = clockErrorOf({
    ...(timingQuality === undefined ? {} : { timingQuality }),
    isLocked: clockLocked,
    isQuestionable: timeQuestionable,
  });
  station.take({ channels: [{ id: channel.join("_"), samples }], startAt, sampleRate, clockErrorMicroseconds }, place);
  return station;
}
