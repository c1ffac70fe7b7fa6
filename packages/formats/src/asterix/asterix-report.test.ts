import { describe, expect, it } from "vitest";
import { AsterixDecoder } from "./asterix-decoder.ts";
import { AsterixReport, DETECTED_BY_MODE_S, DETECTED_BY_PRIMARY, fillAsterixReport } from "./asterix-report.ts";
import { EditionCatalogue } from "./editions.ts";
import { encodeBlock, encodeRecord } from "./encode-record.ts";
import type { AsterixItems } from "./record-object.ts";
import { unknownRolePaths } from "./report-roles.ts";

const catalogue = new EditionCatalogue();
/** 12:00:01 UTC of some day. */
const RECEIVED_AT = 1_600_084_801_000_000;

function reportOf(category: number, items: AsterixItems, edition?: string): AsterixReport {
  const editions = edition === undefined ? {} : { [category]: edition };
  const report = new AsterixReport();
  const block = encodeBlock(category, [encodeRecord(catalogue.edition(category, { editions }), items)]);
  new AsterixDecoder({ editions, lenient: true }).decode(block, 0, block.length, 0, {
    record: (record) => fillAsterixReport(record, RECEIVED_AT, report),
    fault: (fault) => {
      throw new Error(fault.code);
    },
  });
  return report;
}

const SOURCE = { SAC: 25, SIC: 14 };

describe("reports", () => {
  it("of a radar's plot are in SI units, with the instant nearest to the reception", () => {
    const report = reportOf(48, {
      "010": SOURCE,
      "140": 43_200.5,
      "020": { TYP: 7, SIM: 0, RDP: 0, SPI: 0, RAB: 0 },
      "040": { RHO: 100, THETA: 90 },
      "070": { V: 0, G: 0, L: 0, MODE3A: "1234" },
      "090": { V: 0, G: 0, FL: 330 },
      "220": 0xabcdef,
      "240": "TEST1",
      "161": { TRN: 77 },
      "200": { GSP: 0.125, HDG: 180 },
    });
    expect(report).toMatchObject({
      sac: 25,
      sic: 14,
      range: 185_200,
      pressureAltitude: 10_058.4,
      icao: 0xabcdef,
      callsign: "TEST1",
      modeA: "1234",
      trackNumber: 77,
      groundSpeed: 231.5,
      detection: DETECTED_BY_MODE_S | DETECTED_BY_PRIMARY,
      simulated: false,
      at: RECEIVED_AT - 500_000,
    });
    expect(report.azimuth).toBeCloseTo(Math.PI / 2, 12);
    expect(report.track).toBeCloseTo(Math.PI, 12);
  });

  it("leave out codes and levels that the radar did not validate", () => {
    const report = reportOf(48, {
      "010": SOURCE,
      "070": { V: 1, G: 0, L: 0, MODE3A: "1234" },
      "090": { V: 0, G: 1, FL: 330 },
      "240": "AB@@@@@@",
    });
    expect(report).toMatchObject({ modeA: "", callsign: "" });
    expect(report.pressureAltitude).toBeNaN();
  });

  it("read levels below zero in editions whose tables have no sign", () => {
    expect(reportOf(48, { "090": { V: 0, G: 0, FL: 4095.75 } }, "1.27").pressureAltitude).toBeCloseTo(-0.25 * 30.48, 9);
    expect(reportOf(48, { "090": { V: 0, G: 0, FL: -0.25 } }, "1.32").pressureAltitude).toBeCloseTo(-0.25 * 30.48, 9);
  });

  it("complete the truncated time of the oldest plots", () => {
    const report = reportOf(1, {
      "010": SOURCE,
      "020": { TYP: 0, SIM: 0, SSRPSR: 3, ANT: 0, SPI: 0, RAB: 0 },
      "141": 43_200 % 512,
    });
    expect(report.at).toBe(RECEIVED_AT - 1_000_000);
  });

  it("of system tracks have place, velocity and end", () => {
    const report = reportOf(62, {
      "010": SOURCE,
      "015": 1,
      "040": 9,
      "070": 43_200,
      "080": { MON: 0, SPI: 0, MRH: 0, SRC: 0, CNF: 0, SIM: 0, TSE: 1, TSB: 0, FPC: 0, AFF: 0, STP: 0, KOS: 0 },
      "105": { LAT: 22.5, LON: 45 },
      "136": 100,
      "185": { VX: 100, VY: -50 },
      "380": { ADR: 0x123456, ID: "ABC1" },
    });
    expect(report).toMatchObject({
      latitude: 22.5,
      longitude: 45,
      velocityEast: 100,
      velocityNorth: -50,
      trackEnded: true,
      icao: 0x123456,
      callsign: "ABC1",
      trackNumber: 9,
    });
    expect(report.pressureAltitude).toBeCloseTo(3048, 9);
  });

  it("of ADS-B ground stations name no aircraft by an anonymous address", () => {
    const flags = { DCR: 0, GBS: 0, SIM: 0, TST: 0, SAA: 0, CL: 0 };
    const named = reportOf(21, {
      "010": SOURCE,
      "040": { ATP: 0, ARC: 0, RC: 0, RAB: 0, ...flags },
      "080": 7,
      "131": { LAT: 22.5, LON: 45 },
    });
    expect(named).toMatchObject({ icao: 7, latitude: 22.5, longitude: 45, at: RECEIVED_AT });
    const anonymous = reportOf(21, { "010": SOURCE, "040": { ATP: 3, ARC: 0, RC: 0, RAB: 0, ...flags }, "080": 7 });
    expect(anonymous.icao).toBe(-1);
  });

  it("of the radar itself tell its rotation", () => {
    const report = reportOf(34, { "010": SOURCE, "000": 2, "030": 43_200, "020": 45, "041": 4 });
    expect(report).toMatchObject({ messageType: 2, rotationPeriod: 4 });
    expect(report.sector).toBeCloseTo(Math.PI / 4, 9);
  });

  it("know every field that they are made from, in some edition of its category", () => {
    for (const category of catalogue.categories()) {
      const editions = catalogue
        .names(category)
        .map((name) => catalogue.edition(category, { editions: { [category]: name } }));
      expect(unknownRolePaths(category, editions)).toEqual([]);
    }
  });
});
