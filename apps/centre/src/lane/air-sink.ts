/** Where decoders of the air put what they understood. */
import type { Plot } from "@openjmc/fusion";

export interface AirSink {
  plot(plot: Plot): void;
  /** Names heard for a 24-bit address outside position messages. */
  named(icao: string, names: { readonly callsign?: string; readonly squawk?: string }): void;
}

/** A 24-bit address as six upper-case hexadecimal digits. */
export function icaoText(icao: number): string {
  return icao.toString(16).toUpperCase().padStart(6, "0");
}
