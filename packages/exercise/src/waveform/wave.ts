/** One sound at a station before any sensor: what a recorder there will draw. Seconds since the scenario's start. */
export interface Wave {
  /** When its first front is there. */
  readonly seconds: number;
  /** Peak, dB re 20 µPa. */
  readonly levelDecibel: number;
  readonly frequencyHertz: number;
  /** A front with its scattered rest, the rumble of thunder, or a gust at one microphone. */
  readonly kind: "blast" | "thunder" | "gust";
  /** How long thunder and gusts last, seconds. */
  readonly durationSeconds: number;
  /** Radians clockwise from north, towards where it comes from; gusts come from nowhere. */
  readonly backAzimuth?: number;
}

/** A wave with what shapes it on its way: waves of one path are scattered alike. */
export interface RecordedWave extends Wave {
  readonly distanceMetres?: number;
  readonly path?: string;
  /** Of the direct sound of a round: which, and how far its peak stands over the noise. */
  readonly round?: number;
  readonly overNoiseDecibel?: number;
}

/** Pa. */
export const REFERENCE_PRESSURE = 20e-6;

export function pressureOf(decibel: number): number {
  return REFERENCE_PRESSURE * 10 ** (decibel / 20);
}
