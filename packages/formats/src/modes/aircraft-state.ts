/**
 * What a decoder remembers of one address between frames. Only frames whose parity proves the address make one, so
 * that an address worked out of a parity can be matched against it.
 */
export class AircraftState {
  readonly icao: number;
  heardAt = 0;
  callsign = "";
  /** Six-bit text of the callsign as sent, so that the same text is not made again. */
  callsignHigh = -1;
  callsignLow = -1;
  squawk = "";

  version = -1;
  supplementA = 0;
  supplementC = 0;
  positionAccuracyCategory = -1;
  sourceIntegrityLevel = -1;
  systemDesignAssurance = -1;
  verticalAccuracyCategory = -1;
  pressureAltitudeChecked = -1;

  evenLatitude = -1;
  evenLongitude = -1;
  evenAt = Number.NEGATIVE_INFINITY;
  evenSurface = false;
  oddLatitude = -1;
  oddLongitude = -1;
  oddAt = Number.NEGATIVE_INFINITY;
  oddSurface = false;

  longitude = Number.NaN;
  latitude = Number.NaN;
  positionAt = Number.NEGATIVE_INFINITY;
  /** Positions in a row that could not be reached from the accepted one, and where the last of them was. */
  refusals = 0;
  refusedLongitude = Number.NaN;
  refusedLatitude = Number.NaN;
  refusedAt = Number.NEGATIVE_INFINITY;

  /** Last pressure altitude, m. */
  altitude = Number.NaN;
  groundSpeed = Number.NaN;
  track = Number.NaN;
  velocityAt = Number.NEGATIVE_INFINITY;

  constructor(icao: number) {
    this.icao = icao;
  }
}
