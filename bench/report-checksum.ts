import type { AircraftReport } from "@openjmc/formats";

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);

/** A checksum over every field of every report that is folded in, so that no field can be left undecoded unnoticed. */
export class ReportChecksum {
  #state = 0x811c9dc5;

  /** Eight hexadecimal digits. */
  get value(): string {
    return (this.#state >>> 0).toString(16).padStart(8, "0");
  }

  fold(report: AircraftReport): void {
    this.#header(report);
    this.#place(report);
    this.#motion(report);
    this.#quality(report);
    this.#text(report.callsign);
    this.#text(report.squawk);
    this.#text(report.altitudeReference);
    this.#text(report.verticalRateSource);
    this.#text(report.headingReference);
    this.#text(report.selectedAltitudeSource);
  }

  #header(report: AircraftReport): void {
    this.#code(report.has);
    this.#code(report.flags);
    this.#code(report.icao);
    this.#code(report.downlinkFormat);
    this.#code(report.typeCode);
    this.#code(report.register);
    this.#code(report.repairedBit);
    this.#code(report.capability);
    this.#code(report.flightStatus);
    this.#code(report.interrogator);
    this.#code(report.category);
    this.#code(report.alert);
    this.#code(report.identPulse);
    this.#code(report.emergency);
    this.#code(report.resolutionAdvisory);
    this.#measure(report.receivedAt);
  }

  #place(report: AircraftReport): void {
    this.#measure(report.altitude);
    this.#measure(report.ellipsoidMinusPressure);
    this.#code(report.onGround);
    this.#measure(report.longitude);
    this.#measure(report.latitude);
    this.#code(report.cprOdd);
    this.#code(report.cprLatitude);
    this.#code(report.cprLongitude);
    this.#measure(report.selectedAltitude);
    this.#measure(report.pressureSetting);
    this.#measure(report.selectedHeading);
  }

  #motion(report: AircraftReport): void {
    this.#measure(report.groundSpeed);
    this.#measure(report.track);
    this.#measure(report.velocityEast);
    this.#measure(report.velocityNorth);
    this.#measure(report.verticalRate);
    this.#measure(report.heading);
    this.#measure(report.indicatedAirspeed);
    this.#measure(report.trueAirspeed);
    this.#measure(report.mach);
    this.#measure(report.roll);
    this.#measure(report.trackRate);
  }

  #quality(report: AircraftReport): void {
    this.#code(report.version);
    this.#code(report.integrityCategory);
    this.#measure(report.containmentRadius);
    this.#code(report.positionAccuracyCategory);
    this.#measure(report.positionAccuracy);
    this.#code(report.velocityAccuracyCategory);
    this.#measure(report.velocityAccuracy);
    this.#code(report.sourceIntegrityLevel);
    this.#code(report.systemDesignAssurance);
    this.#code(report.verticalAccuracyCategory);
    this.#code(report.pressureAltitudeChecked);
  }

  #code(value: number): void {
    this.#state = Math.imul(this.#state ^ value, 0x01000193);
  }

  #measure(value: number): void {
    if (Number.isNaN(value)) {
      this.#code(0x7ff80000);
      return;
    }
    float[0] = value;
    this.#code(words[0]!);
    this.#code(words[1]!);
  }

  #text(value: string): void {
    this.#code(value.length);
    for (let index = 0; index < value.length; index += 1) this.#code(value.charCodeAt(index));
  }
}
