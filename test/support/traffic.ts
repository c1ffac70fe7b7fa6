/** True bytes of a few invented aircraft and stations. */
import {
  type ArrivalMessage,
  encodeAirbornePosition,
  encodeAirborneVelocity,
  encodeArrival,
  encodeBeast,
  encodeIdentification,
} from "@openjmc/formats";
import { distanceBetween, metresPerDegree } from "@openjmc/geo";
import type { LonLat } from "@openjmc/model";

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

/** Metres a second in still air of 10 °C. */
const SPEED_OF_SOUND = 337.3;
/** A gun's report at a kilometre, decibels, and what the air takes of it per kilometre; its pitch, hertz. */
const GUN = { level: 122, lossPerKilometre: 0.25, frequency: 14 };

/** What a station hears of a gun fired at a place and an instant: its line, with level and time as the distance makes them. */
export function gunHeardBy(station: LonLat & { readonly id: string }, place: LonLat, firedAt: number): string {
  const metres = distanceBetween(place, station);
  const kilometres = metres / 1000;
  return arrivalLine(station.id, Math.round(firedAt + (metres / SPEED_OF_SOUND) * 1e6), {
    amplitudeDecibels:
      Math.round((GUN.level - 20 * Math.log10(kilometres) - GUN.lossPerKilometre * kilometres) * 10) / 10,
    frequency: GUN.frequency,
  });
}
