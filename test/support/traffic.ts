/** True bytes of a few invented aircraft and stations. */
import {
  type ArrivalMessage,
  encodeAirbornePosition,
  encodeAirborneVelocity,
  encodeArrival,
  encodeBeast,
  encodeIdentification,
} from "@openjmc/formats";
import { metresPerDegree } from "@openjmc/geo";

const TICKS_PER_SECOND = 12_000_000;
const scale = new Float64Array(2);

/** An aircraft that flies straight. */
export interface TestAircraft {
  readonly icao: number;
  readonly callsign: string;
  readonly lon: number;
  readonly lat: number;
  readonly altitudeMetres: number;
  readonly velocityEast: number;
  readonly velocityNorth: number;
}

/** Frames of one aircraft over a span, four messages a second, in Beast framing with the counter of a receiver. */
export function beastOf(aircraft: TestAircraft, fromSecond: number, seconds: number): Uint8Array[] {
  return Array.from({ length: seconds * 2 }, (_, step) => messagesAt(aircraft, fromSecond + step / 2, step)).flat();
}

function messagesAt(aircraft: TestAircraft, second: number, step: number): Uint8Array[] {
  const { icao, callsign, velocityEast, velocityNorth } = aircraft;
  metresPerDegree(aircraft.lat, scale);
  const position = encodeAirbornePosition({
    icao,
    longitude: aircraft.lon + (velocityEast * second) / scale[0]!,
    latitude: aircraft.lat + (velocityNorth * second) / scale[1]!,
    altitude: aircraft.altitudeMetres,
    odd: step % 2 === 1,
  });
  const other =
    step % 2 === 0
      ? encodeAirborneVelocity({ icao, velocityEast, velocityNorth, velocityAccuracyCategory: 2 })
      : encodeIdentification({ icao, callsign });
  return [position, other].map((bytes, index) =>
    encodeBeast({ bytes, ticks: Math.round((second + 1 + index / 8) * TICKS_PER_SECOND), signal: 120 }),
  );
}

/** One heard sound as a station's line with its line end. `at`: µs since 1970. */
export function arrivalLine(station: string, at: number, more: Partial<ArrivalMessage> = {}): string {
  return `${encodeArrival({
    kind: "arrival",
    station,
    sequence: 1,
    boot: 1,
    at,
    clock: { source: "gnss", errorMicroseconds: 100 },
    phase: "acoustic",
    amplitudeDecibels: 80,
    frequency: 20,
    duration: 0.2,
    signalToNoiseDecibels: 20,
    ...more,
  })}\n`;
}
