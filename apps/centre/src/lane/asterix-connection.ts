/** ASTERIX of radars and surveillance systems, in datagrams or over a connection → plots. Each source has its own editions. */
import {
  AsterixDecoder,
  AsterixFramer,
  type AsterixRecord,
  AsterixReport,
  type AsterixSink,
  type BlockSink,
  EditionCatalogue,
  type Fault,
  fillAsterixReport,
} from "@openjmc/formats";
import type { PlotIdentity } from "@openjmc/fusion";
import type { SourceDescription } from "@openjmc/model";
import { type AirSink, icaoText } from "./air-sink.ts";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import type { TimedSource } from "./source-clock.ts";
import type { SourceHealth } from "./source-health.ts";

const catalogue = new EditionCatalogue();

export class AsterixConnection implements ConnectionDecoder, AsterixSink, BlockSink {
  readonly #sources: readonly TimedSource[];
  readonly #sink: AirSink;
  readonly #isDatagram: boolean;
  readonly #decoder: AsterixDecoder;
  readonly #framer = new AsterixFramer((category) => catalogue.knows(category), "raw");
  readonly #report = new AsterixReport();
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  constructor(options: { readonly sources: readonly TimedSource[]; readonly sink: AirSink }) {
    this.#sources = options.sources;
    this.#sink = options.sink;
    const descriptions = options.sources.map(({ health }) => health.description);
    this.#isDatagram = descriptions[0]?.link.kind === "udp";
    this.#decoder = new AsterixDecoder({ sources: descriptions.flatMap(({ asterix }) => asterix ?? []) });
  }

  /** A datagram holds whole blocks; a broken one spoils no other. */
  push(chunk: Uint8Array, place: ChunkPlace): void {
    this.#place = place;
    if (this.#isDatagram) this.#decoder.decode(chunk, 0, chunk.length, 0, this);
    else this.#framer.push(chunk, this);
  }

  end(place: ChunkPlace): void {
    this.#place = place;
    this.#framer.end(this);
  }

  blocks(bytes: Uint8Array, start: number, end: number, offset: number): void {
    this.#decoder.decode(bytes, start, end, offset, this);
  }

  /** What cannot be read names no source: it counts for the first of the link. */
  fault(fault: Fault): void {
    this.#sources[0]?.health.bad(fault.code);
  }

  record(record: AsterixRecord): void {
    const report = this.#report;
    const { receivedAt } = this.#place;
    fillAsterixReport(record, receivedAt, report);
    const source = this.#sourceOf(report);
    if (!source) {
      this.#sources[0]?.health.bad("asterix.other-source");
      return;
    }
    const at = source.clock.instantOf(report.at, receivedAt);
    source.health.frame(receivedAt, receivedAt - report.at);
    if (source.clock.isOff) source.health.bad("asterix.clock-off");
    // Targets that the system made up to test itself, and the radar's own fixed transponder, are nobody's.
    if (report.simulated || report.test || report.fromMonitor || report.trackEnded) return;
    if (Number.isFinite(report.longitude) && Number.isFinite(report.latitude)) this.#placed(report, at, source.health);
    else if (Number.isFinite(report.range) && Number.isFinite(report.azimuth)) this.#polar(report, at, source.health);
  }

  /** By the codes that the record names; a source without stated codes takes what no other on the link claims. */
  #sourceOf({ sac, sic }: AsterixReport): TimedSource | undefined {
    const named = this.#sources.find(({ health: { description } }) => {
      const { asterix } = description;
      return asterix !== undefined && asterix.sac === sac && asterix.sic === sic;
    });
    return named ?? this.#sources.find(({ health }) => health.description.asterix === undefined);
  }

  #polar(report: AsterixReport, at: number, health: SourceHealth): void {
    this.#sink.plot({
      kind: "polar",
      frame: this.#place.sequence,
      source: health.description.id,
      at,
      rangeMetres: report.range,
      azimuth: report.azimuth,
      ...heightOf(report),
      ...identityOf(report),
    });
  }

  #placed(report: AsterixReport, at: number, health: SourceHealth): void {
    const deviation = Math.max(report.positionDeviationEast, report.positionDeviationNorth);
    const stated = health.description.accuracy?.positionMetres;
    this.#sink.plot({
      kind: "position",
      frame: this.#place.sequence,
      source: health.description.id,
      at,
      lon: report.longitude,
      lat: report.latitude,
      ...(deviation > 0 ? { positionDeviation: deviation } : stated === undefined ? {} : { positionDeviation: stated }),
      ...velocityOf(report),
      ...heightOf(report),
      ...identityOf(report),
      ...(report.onGround < 0 ? {} : { onGround: report.onGround === 1 }),
      ...(report.integrityCategory < 0 ? {} : { nic: report.integrityCategory }),
      ...(report.positionAccuracyCategory < 0 ? {} : { nacp: report.positionAccuracyCategory }),
    });
  }
}

function heightOf(report: AsterixReport) {
  if (Number.isFinite(report.pressureAltitude))
    return { altitudeMetres: report.pressureAltitude, altitudeReference: "pressure" as const };
  if (Number.isFinite(report.ellipsoidAltitude))
    return { altitudeMetres: report.ellipsoidAltitude, altitudeReference: "ellipsoid" as const };
  return {};
}

function velocityOf(report: AsterixReport) {
  const up = Number.isFinite(report.verticalRate) ? { velocityUp: report.verticalRate } : {};
  if (Number.isFinite(report.velocityEast) && Number.isFinite(report.velocityNorth))
    return { velocityEast: report.velocityEast, velocityNorth: report.velocityNorth, ...up };
  if (!Number.isFinite(report.groundSpeed) || !Number.isFinite(report.track)) return up;
  return {
    velocityEast: report.groundSpeed * Math.sin(report.track),
    velocityNorth: report.groundSpeed * Math.cos(report.track),
    ...up,
  };
}

function identityOf(report: AsterixReport): { identity?: PlotIdentity } {
  const identity: PlotIdentity = {
    ...(report.icao < 0 ? {} : { icao: icaoText(report.icao) }),
    ...(report.modeA === "" ? {} : { modeA: report.modeA }),
    ...(report.callsign === "" ? {} : { callsign: report.callsign }),
  };
  return Object.keys(identity).length === 0 ? {} : { identity };
}

/** What is wrong with the editions that sources state: a category or edition without a table. */
export function editionFaults(sources: readonly SourceDescription[]): Fault[] {
  return sources.flatMap(({ id, asterix }) =>
    Object.entries(asterix?.editions ?? {}).flatMap(([category, edition]): Fault[] => {
      const names = catalogue.names(Number(category));
      if (names.includes(edition)) return [];
      return [
        {
          code: "mission.edition-unknown",
          what: "ASTERIX edition of a source",
          where: { source: id, field: `asterix.editions.${category}` },
          expected: names.length === 0 ? `one of categories ${catalogue.categories().join(", ")}` : names.join(", "),
          got: edition,
        },
      ];
    }),
  );
}
