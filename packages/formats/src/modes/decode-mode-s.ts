import { toHex } from "../hex.ts";
import { type Fault, fail, type Result, succeed } from "../result.ts";
import { AircraftReport, FLAG_ADDRESS_FROM_PARITY, FLAG_NOT_DIRECT } from "./aircraft-report.ts";
import { fillCommB } from "./comm-b.ts";
import { modeSRemainder } from "./crc.ts";
import { fillExtendedSquitter } from "./fill-squitter.ts";
import { fillAirSurveillance, fillCapability, fillSurveillance } from "./fill-surveillance.ts";
import { messageFromReport } from "./message-from-report.ts";
import type { ModeSMessage } from "./mode-s-message.ts";

/**
 * Reads one Mode S message of 7 or 14 bytes by itself, with nothing remembered: compact positions stay compact, and
 * the address of a reply that carries it only in its parity is taken as it comes out. For a stream use `ModeSDecoder`.
 * Faults: `modes.length-wrong`, `modes.parity-wrong`, `modes.format-unsupported`.
 */
export function decodeModeS(bytes: Uint8Array): Result<ModeSMessage> {
  const format = (bytes[0] ?? 0) >> 3;
  const length = format < 16 ? 7 : 14;
  if (bytes.length !== length) {
    return fail(fault("modes.length-wrong", `${length} bytes for downlink format ${format}`, `${bytes.length} bytes`));
  }
  const report = new AircraftReport();
  report.receivedAt = Number.NaN;
  report.downlinkFormat = format;
  const problem = fillAlone(bytes, modeSRemainder(bytes, 0, length), report);
  return problem === undefined ? succeed(messageFromReport(report)) : fail(problem);
}

function fillAlone(bytes: Uint8Array, remainder: number, report: AircraftReport): Fault | undefined {
  switch (report.downlinkFormat) {
    case 17:
    case 18:
      if (remainder !== 0) return parityFault(bytes);
      fillSquitter(bytes, report);
      return undefined;
    case 11:
      if (remainder > 0x7f) return parityFault(bytes);
      report.icao = clearAddress(bytes);
      report.interrogator = remainder;
      fillCapability(bytes, 0, report);
      return undefined;
    case 0:
    case 4:
    case 5:
    case 16:
    case 20:
    case 21:
      report.icao = remainder;
      report.flags |= FLAG_ADDRESS_FROM_PARITY;
      fillReply(bytes, report);
      return undefined;
    default:
      return fault(
        "modes.format-unsupported",
        "downlink format 0, 4, 5, 11, 16, 17, 18, 20 or 21",
        `${report.downlinkFormat}`,
      );
  }
}

function fillSquitter(bytes: Uint8Array, report: AircraftReport): void {
  const control = bytes[0]! & 7;
  report.icao = clearAddress(bytes);
  if (report.downlinkFormat === 17) fillCapability(bytes, 0, report);
  else if (control !== 0) report.flags |= FLAG_NOT_DIRECT;
  report.typeCode = bytes[4]! >> 3;
  if (report.downlinkFormat === 17 || control <= 2 || control === 5 || control === 6)
    fillExtendedSquitter(bytes, 4, report);
}

function fillReply(bytes: Uint8Array, report: AircraftReport): void {
  if (report.downlinkFormat === 0 || report.downlinkFormat === 16) fillAirSurveillance(bytes, 0, report);
  else fillSurveillance(bytes, 0, report);
  if (report.downlinkFormat >= 20) fillCommB(bytes, 4, report);
}

function clearAddress(bytes: Uint8Array): number {
  return (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!;
}

function parityFault(bytes: Uint8Array): Fault {
  return fault("modes.parity-wrong", "a parity that checks", toHex(bytes));
}

function fault(code: string, expected: string, got: string): Fault {
  return { code, what: "read a Mode S message", where: { offset: 0 }, expected, got };
}
