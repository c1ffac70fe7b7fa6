import { instantFromCivil } from "../instant.ts";
import { parseIcao } from "../modes/address.ts";
import { fail, type Result, succeed } from "../result.ts";
import { DEGREE, FOOT, FOOT_PER_MINUTE, KNOT } from "../units.ts";
import type { SbsKind, SbsMessage } from "./sbs-message.ts";

const FIELDS = 22;
const KINDS: ReadonlySet<string> = new Set(["MSG", "SEL", "ID", "AIR", "STA", "CLK"]);

/** Carries the first bad field out of the field readers. */
class BadField {
  readonly field: string;
  readonly expected: string;
  readonly got: string;
  constructor(field: string, expected: string, got: string) {
    this.field = field;
    this.expected = expected;
    this.got = got;
  }
}

/**
 * Reads one SBS-1 line without its line end. A line is taken whole or refused: one bad field spoils it.
 * @param line number of the line, for the fault.
 */
export function decodeSbs(text: string, line?: number): Result<SbsMessage> {
  const fields = text.split(",");
  try {
    return succeed(readMessage(fields));
  } catch (problem) {
    if (!(problem instanceof BadField)) throw problem;
    return fail({
      code: "sbs.field-malformed",
      what: "read an SBS-1 line",
      where: line === undefined ? { field: problem.field } : { line, field: problem.field },
      expected: problem.expected,
      got: problem.got.slice(0, 64),
    });
  }
}

function readMessage(fields: readonly string[]): SbsMessage {
  const kind = fields[0]!;
  if (!KINDS.has(kind)) throw new BadField("kind", "MSG, SEL, ID, AIR, STA or CLK", kind);
  const isMessage = kind === "MSG";
  if (isMessage ? fields.length !== FIELDS : fields.length < 10 || fields.length > FIELDS) {
    throw new BadField("line", isMessage ? `${FIELDS} fields` : `10 to ${FIELDS} fields`, `${fields.length}`);
  }
  return {
    kind: kind as SbsKind,
    transmission: isMessage ? whole(fields, 1, "transmission", 1, 8) : null,
    icao: address(fields, isMessage),
    generatedAt: time(fields, 6, "generatedAt"),
    loggedAt: time(fields, 8, "loggedAt"),
    callsign:
      text(fields, 10, "callsign", /^[A-Z0-9?@# ]{1,8}$/, "up to eight capital letters and digits")?.trim() || null,
    altitude: number(fields, 11, "altitude", -2_000, 150_000, FOOT),
    groundSpeed: number(fields, 12, "groundSpeed", 0, 5_000, KNOT),
    track: number(fields, 13, "track", 0, 360, DEGREE),
    latitude: number(fields, 14, "latitude", -90, 90, 1),
    longitude: number(fields, 15, "longitude", -180, 180, 1),
    verticalRate: number(fields, 16, "verticalRate", -50_000, 50_000, FOOT_PER_MINUTE),
    squawk: text(fields, 17, "squawk", /^[0-7]{1,4}$/, "up to four octal digits")?.padStart(4, "0") ?? null,
    alert: flag(fields, 18, "alert"),
    emergency: flag(fields, 19, "emergency"),
    identPulse: flag(fields, 20, "identPulse"),
    onGround: flag(fields, 21, "onGround"),
  };
}

function address(fields: readonly string[], needed: boolean): number | null {
  const value = fields[4] ?? "";
  const icao = parseIcao(value);
  if (icao === undefined && (needed || value !== "")) throw new BadField("icao", "six hexadecimal digits", value);
  return icao ?? null;
}

function text(fields: readonly string[], index: number, name: string, form: RegExp, expected: string): string | null {
  const value = fields[index] ?? "";
  if (value === "") return null;
  if (!form.test(value)) throw new BadField(name, expected, value);
  return value;
}

function number(
  fields: readonly string[],
  index: number,
  name: string,
  low: number,
  high: number,
  unit: number,
): number | null {
  const value = text(fields, index, name, /^[-+]?\d{1,12}(\.\d{1,12})?$/, "a decimal number");
  if (value === null) return null;
  const read = Number(value);
  if (!(read >= low && read <= high)) throw new BadField(name, `${low} to ${high}`, value);
  return read * unit;
}

function whole(fields: readonly string[], index: number, name: string, low: number, high: number): number {
  const value = text(fields, index, name, /^\d+$/, `${low} to ${high}`) ?? "";
  const read = Number(value);
  if (value === "" || read < low || read > high) throw new BadField(name, `${low} to ${high}`, value);
  return read;
}

/** Receivers write a true flag as -1 or 1. */
function flag(fields: readonly string[], index: number, name: string): boolean | null {
  const value = text(fields, index, name, /^(0|-?1)$/, "0, 1 or -1");
  return value === null ? null : value !== "0";
}

const DATE = /^(\d{4})\/(\d{2})\/(\d{2})$/;
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?$/;

function time(fields: readonly string[], index: number, name: string): number | null {
  const date = fields[index] ?? "";
  const clock = fields[index + 1] ?? "";
  if (date === "" && clock === "") return null;
  const [, year, month, day] = DATE.exec(date) ?? [];
  const [, hour, minute, second, fraction] = TIME.exec(clock) ?? [];
  const instant =
    year === undefined || hour === undefined
      ? undefined
      : instantFromCivil({
          year: Number(year),
          month: Number(month),
          day: Number(day),
          hour: Number(hour),
          minute: Number(minute),
          second: Number(second),
          microsecond: Number((fraction ?? "").padEnd(6, "0")),
        });
  if (instant === undefined) throw new BadField(name, "YYYY/MM/DD and hh:mm:ss.fff", `${date} ${clock}`);
  return instant;
}
