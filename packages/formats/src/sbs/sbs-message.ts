/** Kinds of SBS-1 (BaseStation) lines; only MSG carries what an aircraft said. */
export type SbsKind = "MSG" | "SEL" | "ID" | "AIR" | "STA" | "CLK";

/**
 * One SBS-1 line in SI units. A field left empty in the line is null. The format names no time zone: its times are
 * taken for UTC, which the receiver has to be set to.
 */
export interface SbsMessage {
  readonly kind: SbsKind;
  /** 1..8 for MSG: 1 identification, 2 surface, 3 airborne position, 4 velocity, 5 altitude, 6 Mode A, 7 air-to-air, 8 all-call. */
  readonly transmission: number | null;
  /** 24-bit address. */
  readonly icao: number | null;
  /** µs since 1970. */
  readonly generatedAt: number | null;
  readonly loggedAt: number | null;
  readonly callsign: string | null;
  /** Metres of pressure altitude. */
  readonly altitude: number | null;
  /** m/s. */
  readonly groundSpeed: number | null;
  /** Radians clockwise from true north. */
  readonly track: number | null;
  /** Degrees. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** m/s, up positive. */
  readonly verticalRate: number | null;
  /** Four octal digits. */
  readonly squawk: string | null;
  readonly alert: boolean | null;
  readonly emergency: boolean | null;
  readonly identPulse: boolean | null;
  readonly onGround: boolean | null;
}
