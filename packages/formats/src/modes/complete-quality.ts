import { type AircraftReport, HAS_COMPACT_POSITION } from "./aircraft-report.ts";
import type { AircraftState } from "./aircraft-state.ts";
import { setPositionAccuracy } from "./fill-squitter.ts";
import {
  airborneIntegrityCategory,
  CONTAINMENT_OF_NUC,
  containmentRadius,
  navigationUncertaintyCategory,
  POSITION_ACCURACY_OF_NUC,
  surfaceIntegrityCategory,
} from "./quality.ts";

/**
 * Joins the quality that a position message implies with what the aircraft's status messages said. `bytes[start]` is
 * the squitter's 56-bit field.
 */
export function completeQuality(bytes: Uint8Array, start: number, report: AircraftReport, state: AircraftState): void {
  if ((report.has & HAS_COMPACT_POSITION) === 0) {
    rememberStatus(bytes, start, report, state);
    return;
  }
  // An aircraft that has not told its version is read as the first: that claims the least.
  report.version = state.version;
  if (state.version <= 0) completeFirstVersion(report);
  else completeLaterVersion(bytes, start, report, state);
}

function rememberStatus(bytes: Uint8Array, start: number, report: AircraftReport, state: AircraftState): void {
  if (report.register === 0x65) {
    state.version = report.version;
    state.supplementA = report.version > 0 ? (bytes[start + 5]! >> 4) & 1 : 0;
    if (report.version === 2 && (bytes[start]! & 7) === 1) state.supplementC = (bytes[start + 2]! >> 4) & 1;
    state.systemDesignAssurance = report.systemDesignAssurance;
    state.verticalAccuracyCategory = report.verticalAccuracyCategory;
  }
  state.positionAccuracyCategory = report.positionAccuracyCategory;
  state.sourceIntegrityLevel = report.sourceIntegrityLevel;
  state.pressureAltitudeChecked = report.pressureAltitudeChecked;
}

function completeFirstVersion(report: AircraftReport): void {
  const category = navigationUncertaintyCategory(report.typeCode);
  report.integrityCategory = category;
  report.containmentRadius = CONTAINMENT_OF_NUC[category]!;
  report.positionAccuracy = POSITION_ACCURACY_OF_NUC[category]!;
}

function completeLaterVersion(bytes: Uint8Array, start: number, report: AircraftReport, state: AircraftState): void {
  const surface = report.register === 0x06;
  const second = surface
    ? state.supplementC
    : state.version === 2 && report.downlinkFormat === 17
      ? bytes[start]! & 1
      : 0;
  report.integrityCategory = surface
    ? surfaceIntegrityCategory(report.typeCode, state.supplementA, second)
    : airborneIntegrityCategory(report.typeCode, state.supplementA, second);
  report.containmentRadius = containmentRadius(report.integrityCategory, state.supplementA, second);
  if (state.positionAccuracyCategory >= 0) setPositionAccuracy(report, state.positionAccuracyCategory);
  report.sourceIntegrityLevel = state.sourceIntegrityLevel;
  report.systemDesignAssurance = state.systemDesignAssurance;
  report.verticalAccuracyCategory = state.verticalAccuracyCategory;
  report.pressureAltitudeChecked = state.pressureAltitudeChecked;
}
