/** Beast and AVR connections: frames of one receiver → position plots, callsigns and squawks. */
import {
  AircraftReport,
  AvrFramer,
  BeastFramer,
  type Fault,
  FLAG_NOT_DIRECT,
  type FrameSink,
  HAS_GROUND_VELOCITY,
  HAS_IDENTIFICATION,
  HAS_POSITION,
  HAS_SQUAWK,
  HAS_VERTICAL_RATE,
  ModeSDecoder,
  modeSRemainder,
  type RawFrame,
} from "@openjmc/formats";
import type { PositionPlot } from "@openjmc/fusion";
import { type Instant, MICROSECONDS_PER_SECOND, type SourceDescription } from "@openjmc/model";
import { type AirSink, icaoText } from "./air-sink.ts";
import { Calibration } from "./calibration.ts";
import type { ChunkPlace, ConnectionDecoder } from "./connection.ts";
import { LatestOf } from "./latest-of.ts";
import type { SourceHealth } from "./source-health.ts";

/** How far a receiver's counter, set by the least delay seen, may be off: wall seconds, one standard deviation. */
export const TIME_DEVIATION_SECONDS = 0.02;

/** A frame on its way to the decoder; bytes are lent unless it had to be held. */
interface HeldFrame {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly length: number;
  readonly sequence: number;
}

/** A velocity older than this is not put beside a position. */
const VELOCITY_LIFE_MICROSECONDS = 3 * MICROSECONDS_PER_SECOND;

export interface LastVelocity {
  at: Instant;
  east: number;
  north: number;
  up: number;
  deviation: number;
}

/** What a receiver's connections share: addresses, CPR pairs and velocities survive a short cut of the link. */
export interface ReceiverMemory {
  readonly decoder: ModeSDecoder;
  readonly velocities: LatestOf<number, LastVelocity>;
}

export function createReceiverMemory(source: SourceDescription): ReceiverMemory {
  const site = { longitude: source.lon, latitude: source.lat, range: source.rangeMetres * 1.5 };
  return { decoder: new ModeSDecoder({ site }), velocities: new LatestOf() };
}

export class ModeSConnection implements ConnectionDecoder, FrameSink {
  readonly #health: SourceHealth;
  readonly #sink: AirSink;
  readonly #decoder: ModeSDecoder;
  readonly #framer: BeastFramer | AvrFramer;
  readonly #calibration: Calibration<HeldFrame>;
  readonly #report = new AircraftReport();
  readonly #velocities: LatestOf<number, LastVelocity>;
  readonly #speed: number;
  #place: ChunkPlace = { sequence: 0, receivedAt: 0 };

  constructor(options: {
    readonly format: "beast" | "avr";
    readonly health: SourceHealth;
    readonly sink: AirSink;
    readonly memory: ReceiverMemory;
    readonly speed: number;
  }) {
    this.#health = options.health;
    this.#sink = options.sink;
    this.#decoder = options.memory.decoder;
    this.#velocities = options.memory.velocities;
    this.#speed = options.speed;
    this.#calibration = new Calibration<HeldFrame>({
      ticksPerSecond: 12_000_000,
      speed: options.speed,
      use: (frame, at, receivedAt) => this.#decode(frame, at, receivedAt),
    });
    this.#framer = options.format === "beast" ? new BeastFramer() : new AvrFramer();
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

  frame(frame: Readonly<RawFrame>): void {
    const { receivedAt, sequence } = this.#place;
    const { bytes, start, length } = frame;
    const held: HeldFrame = this.#calibration.isHolding
      ? { bytes: bytes.slice(start, start + length), start: 0, length, sequence }
      : { bytes, start, length, sequence };
    this.#calibration.take(frame.ticks, receivedAt, held, isSound(bytes, start, length));
  }

  #decode({ bytes, start, length, sequence }: HeldFrame, at: Instant, receivedAt: Instant): void {
    const disposition = this.#decoder.decode(bytes, start, length, at, this.#report);
    if (disposition === "duplicate") this.#health.duplicate();
    if (disposition === "bad-parity" || disposition === "bad-length") this.#health.bad(disposition);
    else if (disposition === "decoded" || disposition === "duplicate") this.#health.frame(receivedAt, receivedAt - at);
    else this.#health.unproven();
    if (disposition === "decoded") this.#use(this.#report, at, sequence);
  }

  #use(report: AircraftReport, at: Instant, sequence: number): void {
    if (report.flags & FLAG_NOT_DIRECT) return;
    if (report.has & HAS_GROUND_VELOCITY) this.#rememberVelocity(report, at);
    if (report.has & (HAS_IDENTIFICATION | HAS_SQUAWK)) {
      this.#sink.named(icaoText(report.icao), {
        ...(report.callsign === "" ? {} : { callsign: report.callsign }),
        ...(report.squawk === "" ? {} : { squawk: report.squawk }),
      });
    }
    if (report.has & HAS_POSITION) this.#sink.plot(this.#plotOf(report, at, sequence));
  }

  #rememberVelocity(report: AircraftReport, at: Instant): void {
    const up = report.has & HAS_VERTICAL_RATE ? report.verticalRate : Number.NaN;
    const deviation = Number.isFinite(report.velocityAccuracy) ? report.velocityAccuracy / 2 : 2;
    this.#velocities.set(report.icao, { at, east: report.velocityEast, north: report.velocityNorth, up, deviation });
  }

  #plotOf(report: AircraftReport, at: Instant, sequence: number): PositionPlot {
    const velocity = this.#velocities.get(report.icao);
    const isFresh = velocity !== undefined && Math.abs(at - velocity.at) <= VELOCITY_LIFE_MICROSECONDS;
    return {
      kind: "position",
      frame: sequence,
      source: this.#health.description.id,
      at,
      timeDeviation: TIME_DEVIATION_SECONDS * this.#speed,
      lon: report.longitude,
      lat: report.latitude,
      ...(Number.isFinite(report.positionAccuracy) ? { positionDeviation: report.positionAccuracy / 2.448 } : {}),
      ...(Number.isFinite(report.altitude) && report.altitudeReference !== ""
        ? { altitudeMetres: report.altitude, altitudeReference: report.altitudeReference }
        : {}),
      ...(report.onGround < 0 ? {} : { onGround: report.onGround === 1 }),
      ...(isFresh
        ? { velocityEast: velocity.east, velocityNorth: velocity.north, velocityDeviation: velocity.deviation }
        : {}),
      ...(isFresh && Number.isFinite(velocity.up) ? { velocityUp: velocity.up } : {}),
      ...(report.integrityCategory < 0 ? {} : { nic: report.integrityCategory }),
      ...(report.positionAccuracyCategory < 0 ? {} : { nacp: report.positionAccuracyCategory }),
      identity: {
        icao: icaoText(report.icao),
        ...(report.callsign === "" ? {} : { callsign: report.callsign }),
        ...(report.squawk === "" ? {} : { modeA: report.squawk }),
      },
    };
  }
}

/** An extended squitter whose parity checks: nothing else proves by itself that its frame was read right. */
function isSound(bytes: Uint8Array, start: number, length: number): boolean {
  return length === 14 && bytes[start]! >> 3 === 17 && modeSRemainder(bytes, start, length) === 0;
}
