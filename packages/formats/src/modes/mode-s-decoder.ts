import {
  type AircraftReport,
  clearReport,
  FLAG_ADDRESS_FROM_PARITY,
  FLAG_NOT_DIRECT,
  FLAG_REPAIRED,
  HAS_COMPACT_POSITION,
  HAS_GROUND_VELOCITY,
  HAS_QUALITY,
  HAS_SQUAWK,
} from "./aircraft-report.ts";
import type { AircraftState } from "./aircraft-state.ts";
import { AircraftTable } from "./aircraft-table.ts";
import { fillCommB } from "./comm-b.ts";
import { completeQuality } from "./complete-quality.ts";
import { modeSRemainder } from "./crc.ts";
import { DuplicateFilter } from "./duplicate-filter.ts";
import { fillExtendedSquitter } from "./fill-squitter.ts";
import { fillAirSurveillance, fillCapability, fillSurveillance } from "./fill-surveillance.ts";
import { findSingleBitError } from "./repair.ts";
import { type ReceiverSite, resolvePosition } from "./resolve-position.ts";

export interface ModeSDecoderOptions {
  /** Where the receiver stands and how far it can hear; positions beyond are refused, surface positions need it. */
  readonly site?: ReceiverSite;
  /** Repair one wrong bit in frames whose parity carries no address and whose sender is known. Default false. */
  readonly repairSingleBit?: boolean;
  /** µs within which the same frame counts once. Default 300,000. */
  readonly duplicateWindow?: number;
  /** µs without a word after which an address is forgotten. Default 60,000,000. */
  readonly aircraftLifetime?: number;
  /** Addresses held at most. Default 8,192. */
  readonly maximumAircraft?: number;
}

/**
 * What became of a frame. Only `decoded` fills the report for good.
 * - `duplicate`: the same frame within the window
 * - `mode-ac`: two bytes, which name no aircraft
 * - `bad-length`: neither 2, 7 nor 14 bytes, or not what its format demands
 * - `bad-parity`: does not check
 * - `unknown-address`: the address worked out of the parity has not been heard in clear, so nothing proves the frame
 * - `unsupported`: a downlink format that is not decoded
 */
export type Disposition =
  | "decoded"
  | "duplicate"
  | "mode-ac"
  | "bad-length"
  | "bad-parity"
  | "unknown-address"
  | "unsupported";

/** An all-call reply's parity holds an interrogator code of at most seven bits. */
const LARGEST_INTERROGATOR = 0x7f;

/**
 * Decodes the frames of one receiver, remembering what single frames leave out: addresses heard, even and odd
 * positions, integrity supplements. Fills a report that the caller owns; allocates only for new aircraft and new text.
 */
export class ModeSDecoder {
  readonly counts: Record<Disposition, number> = {
    decoded: 0,
    duplicate: 0,
    "mode-ac": 0,
    "bad-length": 0,
    "bad-parity": 0,
    "unknown-address": 0,
    unsupported: 0,
  };
  readonly #site: ReceiverSite | undefined;
  readonly #repairSingleBit: boolean;
  readonly #aircraft: AircraftTable;
  readonly #duplicates: DuplicateFilter;
  readonly #repaired = new Uint8Array(14);

  constructor(options: ModeSDecoderOptions = {}) {
    this.#site = options.site;
    this.#repairSingleBit = options.repairSingleBit ?? false;
    this.#aircraft = new AircraftTable(options.maximumAircraft ?? 8_192, options.aircraftLifetime ?? 60_000_000);
    this.#duplicates = new DuplicateFilter(options.duplicateWindow ?? 300_000);
  }

  /** Addresses in memory. */
  get aircraftCount(): number {
    return this.#aircraft.size;
  }

  /**
   * Decodes the frame `bytes[start, start + length)`.
   * @param receivedAt µs since 1970 by the caller's clock, which may step backwards.
   * @param report filled where the answer is `decoded`, else of no meaning.
   */
  decode(bytes: Uint8Array, start: number, length: number, receivedAt: number, report: AircraftReport): Disposition {
    const disposition = this.#decode(bytes, start, length, receivedAt, report);
    this.counts[disposition] += 1;
    return disposition;
  }

  #decode(bytes: Uint8Array, start: number, length: number, receivedAt: number, report: AircraftReport): Disposition {
    if (length === 2) return "mode-ac";
    const format = bytes[start]! >> 3;
    if (length !== (format < 16 ? 7 : 14)) return "bad-length";
    clearReport(report);
    report.receivedAt = receivedAt;
    report.downlinkFormat = format;
    switch (format) {
      case 17:
      case 18:
        return this.#decodeSquitter(bytes, start, receivedAt, report);
      case 11:
        return this.#decodeAllCall(bytes, start, receivedAt, report);
      case 0:
      case 4:
      case 5:
      case 16:
      case 20:
      case 21:
        return this.#decodeAddressed(bytes, start, length, receivedAt, report);
      default:
        return "unsupported";
    }
  }

  #decodeSquitter(bytes: Uint8Array, start: number, at: number, report: AircraftReport): Disposition {
    const remainder = modeSRemainder(bytes, start, 14);
    if (remainder !== 0) return this.#decodeRepaired(bytes, start, 14, remainder, at, report);
    const key = addressKey(bytes, start, report.downlinkFormat);
    if (this.#duplicates.seen(bytes, start, 14, at)) return "duplicate";
    const state = this.#aircraft.findOrAdd(key, at);
    this.#fillSquitter(bytes, start, state, report);
    return "decoded";
  }

  #fillSquitter(bytes: Uint8Array, start: number, state: AircraftState, report: AircraftReport): void {
    const control = bytes[start]! & 7;
    report.icao = state.icao & 0xffffff;
    if (report.downlinkFormat === 17) fillCapability(bytes, start, report);
    else if (control !== 0) report.flags |= FLAG_NOT_DIRECT;
    // Coarse traffic information and ground stations' management messages have layouts of their own.
    const sameLayout = report.downlinkFormat === 17 || control <= 2 || control === 5 || control === 6;
    if (sameLayout) fillExtendedSquitter(bytes, start + 4, report, state);
    this.#complete(bytes, start, state, report);
  }

  #decodeAllCall(bytes: Uint8Array, start: number, at: number, report: AircraftReport): Disposition {
    const remainder = modeSRemainder(bytes, start, 7);
    const icao = addressKey(bytes, start, 11);
    const known = this.#aircraft.find(icao, at);
    // A code other than 0 leaves the parity seven bits less to prove, so such a reply cannot introduce an aircraft.
    if (remainder !== 0 && (remainder > LARGEST_INTERROGATOR || known === undefined)) {
      if (remainder <= LARGEST_INTERROGATOR) return "unknown-address";
      return this.#decodeRepaired(bytes, start, 7, remainder, at, report);
    }
    if (this.#duplicates.seen(bytes, start, 7, at)) return "duplicate";
    const state = known ?? this.#aircraft.findOrAdd(icao, at);
    this.#fillAllCall(bytes, start, remainder, state, report);
    return "decoded";
  }

  #fillAllCall(bytes: Uint8Array, start: number, interrogator: number, state: AircraftState, report: AircraftReport) {
    report.icao = state.icao;
    report.interrogator = interrogator;
    fillCapability(bytes, start, report);
    this.#complete(bytes, start, state, report);
  }

  #decodeAddressed(bytes: Uint8Array, start: number, length: number, at: number, report: AircraftReport): Disposition {
    const state = this.#aircraft.find(modeSRemainder(bytes, start, length), at);
    if (state === undefined) return "unknown-address";
    if (this.#duplicates.seen(bytes, start, length, at)) return "duplicate";
    report.icao = state.icao;
    report.flags |= FLAG_ADDRESS_FROM_PARITY;
    if (report.downlinkFormat === 0 || report.downlinkFormat === 16) fillAirSurveillance(bytes, start, report);
    else fillSurveillance(bytes, start, report);
    if (length === 14 && report.downlinkFormat !== 16) fillCommB(bytes, start + 4, report, state);
    this.#complete(bytes, start, state, report);
    return "decoded";
  }

  /** Repairs a copy, never the caller's bytes; a repaired frame cannot introduce an aircraft. */
  #decodeRepaired(
    bytes: Uint8Array,
    start: number,
    length: number,
    remainder: number,
    at: number,
    report: AircraftReport,
  ): Disposition {
    const bit = this.#repairSingleBit ? findSingleBitError(remainder, length) : -1;
    if (bit < 0) return "bad-parity";
    const copy = this.#repaired;
    for (let index = 0; index < length; index += 1) copy[index] = bytes[start + index]!;
    copy[bit >> 3]! ^= 0x80 >> (bit & 7);
    const state = this.#aircraft.find(addressKey(copy, 0, report.downlinkFormat), at);
    if (state === undefined) return "bad-parity";
    if (this.#duplicates.seen(copy, 0, length, at)) return "duplicate";
    report.repairedBit = bit;
    report.flags |= FLAG_REPAIRED;
    if (length === 7) this.#fillAllCall(copy, 0, 0, state, report);
    else this.#fillSquitter(copy, 0, state, report);
    return "decoded";
  }

  /** Adds what the aircraft said before, and remembers what it says now. */
  #complete(bytes: Uint8Array, start: number, state: AircraftState, report: AircraftReport): void {
    state.heardAt = report.receivedAt;
    report.callsign = state.callsign;
    if (report.altitudeReference === "pressure") state.altitude = report.altitude;
    if ((report.has & HAS_SQUAWK) !== 0) state.squawk = report.squawk;
    else report.squawk = state.squawk;
    if ((report.has & (HAS_QUALITY | HAS_COMPACT_POSITION)) !== 0) completeQuality(bytes, start + 4, report, state);
    if ((report.has & HAS_COMPACT_POSITION) !== 0) resolvePosition(report, state, this.#site);
    if ((report.has & HAS_GROUND_VELOCITY) !== 0 && report.register !== 0x50) {
      state.groundSpeed = report.groundSpeed;
      state.track = report.track;
      state.velocityAt = report.receivedAt;
    }
  }
}

/** Address with, above its 24 bits, what kind of address it is: rebroadcasts are never mixed with the aircraft itself. */
function addressKey(bytes: Uint8Array, start: number, format: number): number {
  const icao = (bytes[start + 1]! << 16) | (bytes[start + 2]! << 8) | bytes[start + 3]!;
  return format === 18 ? icao | ((bytes[start]! & 7) << 24) : icao;
}
