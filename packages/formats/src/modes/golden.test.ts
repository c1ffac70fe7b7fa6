import { describe, expect, it } from "vitest";
import { BeastFramer } from "../beast/beast-framer.ts";
import { fromHex } from "../hex.ts";
import { encodeSbs } from "../sbs/encode-sbs.ts";
import { reportToSbs } from "../sbs/report-to-sbs.ts";
import { hasSharedData, sharedBytes, sharedLines } from "../testing/shared-data.ts";
import { DEGREE, FOOT, FOOT_PER_MINUTE, KNOT } from "../units.ts";
import { AircraftReport } from "./aircraft-report.ts";
import { decodeModeS } from "./decode-mode-s.ts";
import { ModeSDecoder } from "./mode-s-decoder.ts";
import type { RawFrame } from "./raw-frame.ts";

const CAPTURE = "adsb/ulss7-1522782148.beast";
const GOLDEN = "adsb/beast_decoded_sbs.txt";
const OTHER = "adsb/ulss7_realtime.sbs";
const captureIsHere = hasSharedData(CAPTURE, GOLDEN, OTHER);

/** Decodes the capture with every frame counted, one SBS-1 line a frame, and the exact measures beside it. */
function decodeCapture(duplicateWindow: number) {
  const decoder = new ModeSDecoder({ duplicateWindow });
  const report = new AircraftReport();
  const lines: { fields: string[]; groundSpeedKnots: number }[] = [];
  let first = Number.NaN;
  const sink = {
    frame(frame: Readonly<RawFrame>) {
      if (Number.isNaN(first)) first = frame.ticks;
      const at = Math.round((frame.ticks - first) / 12);
      if (decoder.decode(frame.bytes, frame.start, frame.length, at, report) !== "decoded") return;
      const message = reportToSbs(report);
      if (message === undefined) return;
      lines.push({ fields: encodeSbs(message).split(","), groundSpeedKnots: report.groundSpeed / KNOT });
    },
    fault() {
      throw new Error("the capture is intact");
    },
  };
  new BeastFramer().push(sharedBytes(CAPTURE), sink);
  return { lines, decoder };
}

const golden = (name: string) =>
  sharedLines(name)
    .filter((line) => line.startsWith("MSG"))
    .map((line) => line.split(","));

describe.skipIf(!captureIsHere)(`capture of 11 aircraft (needs ${CAPTURE} and its SBS files)`, () => {
  it("gives the golden lines: type, address, callsign, altitude, vertical rate, Mode A code identical", () => {
    const { lines } = decodeCapture(0);
    const named = (fields: readonly string[]) => [1, 4, 10, 11, 16, 17].map((index) => fields[index]!.trim());
    const vertical = (fields: readonly string[]) => (fields[1] === "6" ? fields[17]!.padStart(4, "0") : fields[17]!);
    const expected = golden(GOLDEN).map((fields) => fields.with(17, vertical(fields)));
    expect(lines.map(({ fields }) => named(fields))).toEqual(expected.map(named));
  });

  it("gives a position wherever the golden lines have one, within a metre", () => {
    const { lines } = decodeCapture(0);
    let compared = 0;
    golden(GOLDEN).forEach((fields, index) => {
      const ours = lines[index]!.fields;
      expect(ours[14] === "").toBe(fields[14] === "");
      if (fields[14] === "") return;
      compared += 1;
      const north = (Number(ours[14]) - Number(fields[14])) * 111_195;
      const east = (Number(ours[15]) - Number(fields[15])) * 111_195 * Math.cos(Number(ours[14]) * DEGREE);
      expect(Math.hypot(north, east)).toBeLessThan(1);
    });
    expect(compared).toBe(1456);
  });

  it("gives the golden speeds, which drop the fraction, and the other decoder's, which rounds it", () => {
    const { lines } = decodeCapture(0);
    const other = golden(OTHER);
    let compared = 0;
    golden(GOLDEN).forEach((fields, index) => {
      if (fields[12] === "") return;
      compared += 1;
      const speed = lines[index]!.groundSpeedKnots;
      expect(Math.floor(speed + 1e-6)).toBe(Number(fields[12]));
      expect(Math.round(speed)).toBe(Number(other[index]![12]));
      const turn = Math.abs(Number(lines[index]!.fields[13]) - Number(fields[13])) % 360;
      expect(Math.min(turn, 360 - turn)).toBeLessThanOrEqual(1);
    });
    expect(compared).toBe(1492);
  });

  it("counts each frame once although every one came twice, and its clock stepped back 1,355 times", () => {
    const { decoder } = decodeCapture(300_000);
    const all = decodeCapture(0).decoder.counts;
    expect(all).toMatchObject({ decoded: 8922, "mode-ac": 5026, "bad-parity": 0, "unknown-address": 6 });
    expect(decoder.counts.decoded).toBeLessThanOrEqual(all.decoded / 2);
    expect(decoder.counts.decoded + decoder.counts.duplicate).toBe(all.decoded);
    expect(decoder.aircraftCount).toBe(11);
  });
});

interface Expected {
  readonly raw: string;
  readonly decoded: Record<string, unknown>;
}

const expectedOf = (name: string) => sharedLines(name).map((line) => JSON.parse(line) as Expected);

/** Our fields of a message in the reference's names and units. */
function inReferenceUnits(raw: string): Record<string, unknown> {
  const result = decodeModeS(fromHex(raw)!);
  if (!result.ok) return { fault: result.fault.code };
  const message = result.value as unknown as Record<string, number | string | undefined>;
  const number = (name: string, unit: number) =>
    typeof message[name] === "number" ? (message[name] as number) / unit : undefined;
  const whole = (name: string, unit: number) => {
    const value = number(name, unit);
    return value === undefined ? undefined : Math.round(value);
  };
  const speed = number("groundSpeed", KNOT);
  const panel = message.selectedAltitudeSource === "panel";
  return {
    df: message.downlinkFormat,
    icao: (message.icao as string).toUpperCase(),
    typecode: message.typeCode,
    bds: message.register,
    altitude: whole("altitude", FOOT),
    callsign: message.callsign,
    squawk: message.squawk,
    groundspeed: speed === undefined ? undefined : Math.floor(speed + 1e-6),
    [message.register === "5,0" ? "true_track" : "track"]: number("track", DEGREE),
    [message.register === "6,0" ? "baro_vertical_rate" : "vertical_rate"]: whole("verticalRate", FOOT_PER_MINUTE),
    roll: number("roll", DEGREE),
    track_rate: number("trackRate", DEGREE),
    true_airspeed: whole("trueAirspeed", KNOT),
    indicated_airspeed: whole("indicatedAirspeed", KNOT),
    mach: number("mach", 1),
    magnetic_heading: message.headingReference === "magnetic" ? number("heading", DEGREE) : undefined,
    [panel ? "selected_altitude_mcp" : "selected_altitude_fms"]: whole("selectedAltitude", FOOT),
    baro_pressure_setting: number("pressureSetting", 100),
  };
}

/** Fields of the reference that differ from ours. Fields that it alone has, or lends from other messages, are left out. */
function differences(expected: Expected): string[] {
  const ours = inReferenceUnits(expected.raw);
  return Object.entries(expected.decoded)
    .filter(([name]) => name in ours && !(name === "selected_altitude_fms" && "selected_altitude_mcp" in ours))
    .filter(([name, value]) => !same(ours[name], value))
    .map(([name, value]) => `${name}: ${String(ours[name])} instead of ${String(value)}`);
}

function same(ours: unknown, theirs: unknown): boolean {
  if (theirs === null) return ours === undefined;
  if (typeof ours === "number" && typeof theirs === "number") {
    const turn = Math.abs(ours - theirs);
    return turn < 1e-6 || Math.abs(turn - 360) < 1e-6;
  }
  return ours === theirs;
}

const SQUITTERS = "adsb/expected/sample_data_adsb.jsonl";
const COMM_B = "adsb/expected/commb_df20.jsonl";
const MIXED = "adsb/expected/modes1.jsonl";
const MESSAGES = "adsb/golden_v2.json";

describe.skipIf(!hasSharedData(SQUITTERS, MIXED, COMM_B))("another decoder's output (needs adsb/expected)", () => {
  it("2,000 squitters equal in every shared field", () => {
    const wrong = expectedOf(SQUITTERS).flatMap(differences);
    expect(wrong).toEqual([]);
  });

  it("217 mixed messages equal, but for the replies to which the reference gives no register", () => {
    const messages = expectedOf(MIXED).filter(({ decoded }) => !("altitude_mismatch" in decoded) || decoded.df === 17);
    const known = messages.filter(({ decoded }) => decoded.bds !== undefined || (decoded.df as number) < 20);
    expect(known.flatMap(differences)).toEqual([]);
    expect(known.length).toBeGreaterThan(190);
  });

  it("5,000 Comm-B replies: registers and values equal wherever the reference has no second candidate", () => {
    const messages = expectedOf(COMM_B);
    const sure = messages.filter(({ decoded }) => decoded.bds_candidates === undefined);
    const refused = sure.filter(
      ({ raw, decoded }) => decoded.bds !== undefined && inReferenceUnits(raw).bds === undefined,
    );
    // Six replies of one aircraft whose track rate contradicts its own roll and speed by up to 15 degrees a second.
    expect(refused.map(({ decoded }) => decoded.icao)).toEqual(Array(6).fill("3C6601"));
    expect(sure.filter((message) => !refused.includes(message)).flatMap(differences)).toEqual([]);
  });

  it("Comm-B replies that fit two registers are left alone or resolved by what flies, never called something else", () => {
    const unsure = expectedOf(COMM_B).filter(({ decoded }) => decoded.bds_candidates !== undefined);
    for (const { raw, decoded } of unsure) {
      const { bds } = inReferenceUnits(raw);
      if (bds !== undefined) expect(decoded.bds_candidates).toContain(bds);
    }
    expect(unsure.length).toBeGreaterThan(200);
  });
});

describe.skipIf(!hasSharedData(MESSAGES))(`600 golden messages (needs ${MESSAGES})`, () => {
  it("are equal in address, altitude, callsign, Mode A code and motion", () => {
    const messages = JSON.parse(sharedLines(MESSAGES).join("")) as Record<string, Record<string, unknown>>;
    const wrong = Object.entries(messages).flatMap(([raw, decoded]) => {
      const callsign = typeof decoded.callsign === "string" ? decoded.callsign.replaceAll("_", "") : decoded.callsign;
      // Named otherwise here, or a guess among several registers there.
      const { bds: _, icao, ...rest } = decoded;
      const fields = { ...rest, icao: (icao as string).toUpperCase(), ...(callsign === undefined ? {} : { callsign }) };
      if (inReferenceUnits(raw).bds === undefined && (decoded.df as number) >= 20) return [];
      return differences({ raw, decoded: fields });
    });
    expect(wrong).toEqual([]);
    expect(Object.keys(messages)).toHaveLength(600);
  });
});
