/** SBS-1 connections: lines already decoded by somebody else's receiver → position plots and names. */
import {
  AircraftReport,
  decodeSbs,
  type Fault,
  fillReportFromSbs,
  HAS_GROUND_VELOCITY,
  HAS_IDENTIFICATION,
  HAS_POSITION,
  HAS_SQUAWK,
  LineFramer,
  type LineSink,
  type SbsMessage,
} from "@openjmc/formats";
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { type AirSink, icaoText } from "./air-sink.ts";
import { Calibration } from "./calibration.ts";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import { LatestOf } from "./latest-of.ts";
import { TIME_DEVIATION_SECONDS } from "./mode-s-connection.ts";
import type { SourceHealth } from "./source-health.ts";

/** A line on its way to the tracker. */
interface HeldLine {
  readonly message: SbsMessage;
  readonly sequence: number;
}

const LONGEST_LINE_BYTES = 1_024;
const VELOCITY_LIFE_MICROSECONDS = 3 * MICROSECONDS_PER_SECOND;

export class SbsConnection implements ConnectionDecoder, LineSink {
  readonly #health: SourceHealth;
  readonly #sink: AirSink;
  readonly #framer = new LineFramer({ maximumLength: LONGEST_LINE_BYTES, name: "sbs" });
  readonly #report = new AircraftReport();
  readonly #decoder = new TextDecoder();
  /** The lines' own clock may be set wrong by hours: only its steps are used, as with a counter of 1 MHz. */
  readonly #calibration: Calibration<HeldLine>;
  readonly #velocities = new LatestOf<number, { at: Instant; east: number; north: number }>();
  readonly #speed: number;
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  constructor(options: { readonly health: SourceHealth; readonly sink: AirSink; readonly speed: number }) {
    this.#health = options.health;
    this.#sink = options.sink;
    this.#speed = options.speed;
    this.#calibration = new Calibration<HeldLine>({
      ticksPerSecond: 1_000_000,
      speed: options.speed,
      use: (line, at, receivedAt) => this.#read(line, at, receivedAt),
    });
  }

  push(chunk: Uint8Array, place: ChunkPlace): void {
    this.#place = place;
    this.#framer.push(chunk, this);
  }

  end(place: ChunkPlace): void {
    this.#place = place;
    this.#framer.end(this);
    this.#calibration.release();
  }

  tick(now: Instant): void {
    this.#calibration.tick(now);
  }

  fault(fault: Fault): void {
    this.#health.bad(fault.code);
  }

  line(bytes: Uint8Array, start: number, end: number): void {
    if (end === start) return;
    const result = decodeSbs(this.#decoder.decode(bytes.subarray(start, end)));
    const { receivedAt } = this.#place;
    if (!result.ok) {
      this.#health.bad(result.fault.code);
      return;
    }
    const message = result.value;
    this.#calibration.take(
      message.generatedAt ?? Number.NaN,
      receivedAt,
      { message, sequence: this.#place.sequence },
      true,
    );
  }

  #read({ message, sequence }: HeldLine, at: Instant, receivedAt: Instant): void {
    this.#health.frame(receivedAt, receivedAt - at);
    if (fillReportFromSbs(message, receivedAt, this.#report)) this.#use(this.#report, at, sequence);
  }

  #use(report: AircraftReport, at: Instant, sequence: number): void {
    const icao = icaoText(report.icao);
    if (report.has & HAS_GROUND_VELOCITY && Number.isFinite(report.velocityEast))
      this.#velocities.set(report.icao, { at, east: report.velocityEast, north: report.velocityNorth });
    if (report.has & (HAS_IDENTIFICATION | HAS_SQUAWK))
      this.#sink.named(icao, {
        ...(report.callsign === "" ? {} : { callsign: report.callsign }),
        ...(report.squawk === "" ? {} : { squawk: report.squawk }),
      });
    if (!(report.has & HAS_POSITION)) return;
    const velocity = this.#velocities.get(report.icao);
    const isFresh = velocity !== undefined && Math.abs(at - velocity.at) <= VELOCITY_LIFE_MICROSECONDS;
    this.#sink.plot({
      kind: "position",
      frame: sequence,
      source: this.#health.description.id,
      at,
      timeDeviation: TIME_DEVIATION_SECONDS * this.#speed,
      lon: report.longitude,
      lat: report.latitude,
      ...(Number.isFinite(report.altitude) && report.altitudeReference !== ""
        ? { altitudeMetres: report.altitude, altitudeReference: report.altitudeReference }
        : {}),
      ...(report.onGround < 0 ? {} : { onGround: report.onGround === 1 }),
      ...(isFresh ? { velocityEast: velocity.east, velocityNorth: velocity.north } : {}),
      identity: { icao },
    });
  }
}
