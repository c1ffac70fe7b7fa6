import { instantFromCivil } from "../instant.ts";
import { present } from "../present.ts";
import { type Fault, fail, type Result, succeed } from "../result.ts";
import type { HeatSpot } from "./heat-spot.ts";

/** A record's fields by the names of its header; of JSON, some are numbers. */
export type FirmsFields = Readonly<Record<string, string | number | undefined>>;

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?$/;
/** Percentages from which a detection counts as nominal, and as high. Source: MODIS active fire products, user's guide C6. */
const NOMINAL_FROM = 30;
const HIGH_FROM = 80;
const LETTERS: Readonly<Record<string, HeatSpot["confidence"]>> = {
  l: "low",
  n: "nominal",
  h: "high",
  low: "low",
  nominal: "nominal",
  high: "high",
};

/** Reads one record of FIRMS, of VIIRS or MODIS. Error: `firms.field-malformed`, naming line and field. */
export function decodeFirms(fields: FirmsFields, line?: number): Result<HeatSpot> {
  const reader = new FieldSource(fields, line);
  const confidence = readConfidence(reader);
  const kilometres = (name: string) => scaled(reader.optional(name), 1000);
  const spot = present<HeatSpot>({
    at: readTime(reader),
    longitude: reader.number("longitude", 180),
    latitude: reader.number("latitude", 90),
    acrossTrack: kilometres("scan"),
    alongTrack: kilometres("track"),
    brightness: reader.optional("bright_ti4") ?? reader.optional("brightness"),
    longBrightness: reader.optional("bright_ti5") ?? reader.optional("bright_t31"),
    radiativePower: scaled(reader.optional("frp"), 1e6),
    ...confidence,
    satellite: reader.text("satellite") ?? "",
    instrument: reader.text("instrument") ?? "",
    version: reader.text("version"),
    isDay: reader.text("daynight") === undefined ? undefined : reader.text("daynight") === "D",
  });
  return reader.fault === undefined ? succeed(spot) : fail(reader.fault);
}

/** A letter, a word, or a percentage. */
function readConfidence(reader: FieldSource): Pick<HeatSpot, "confidence" | "confidencePercent"> {
  const text = reader.text("confidence") ?? "";
  const named = LETTERS[text.toLowerCase()];
  if (named !== undefined) return { confidence: named };
  const percent = reader.number("confidence", 100);
  if (percent < 0) reader.refuse("confidence", "0 to 100, or l, n, h", text);
  return {
    confidence: percent >= HIGH_FROM ? "high" : percent >= NOMINAL_FROM ? "nominal" : "low",
    confidencePercent: percent,
  };
}

/** A day and a time of hours and minutes whose leading noughts may have been lost. */
function readTime(reader: FieldSource): number {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(reader.text("acq_date") ?? "");
  const clock = reader.text("acq_time");
  // A lost nought is one thing, a lost time another.
  const time = clock === undefined ? null : /^(\d{1,2}):?(\d{2})$/.exec(clock.padStart(4, "0"));
  const [year, month, date] = (day ?? []).slice(1).map(Number);
  const [hour, minute] = (time ?? []).slice(1).map(Number);
  if (day === null) reader.refuse("acq_date", "a day as 2020-12-31", reader.text("acq_date"));
  if (time === null) reader.refuse("acq_time", "hours and minutes as 0931 or 931", clock);
  if (day === null || time === null) return 0;
  const instant = instantFromCivil({
    year: year!,
    month: month!,
    day: date!,
    hour: hour!,
    minute: minute!,
    second: 0,
    microsecond: 0,
  });
  if (instant === undefined) reader.refuse("acq_date", "a day and a time that there are", `${day[0]} ${time[0]}`);
  return instant ?? 0;
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

/** Reads fields by name and keeps the first fault. */
class FieldSource {
  fault: Fault | undefined;
  readonly #fields: FirmsFields;
  readonly #line: number | undefined;

  constructor(fields: FirmsFields, line: number | undefined) {
    this.#fields = fields;
    this.#line = line;
  }

  refuse(field: string, expected: string, got: string | undefined): void {
    const where = { ...(this.#line === undefined ? {} : { line: this.#line }), field };
    this.fault ??= {
      code: "firms.field-malformed",
      what: "read a heat spot",
      where,
      expected,
      got: (got || "nothing").slice(0, 64),
    };
  }

  text(name: string): string | undefined {
    const value = Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
    return value === undefined || value === null || value === "" ? undefined : String(value).trim();
  }

  optional(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (NUMBER.test(text)) return Number(text);
    this.refuse(name, "a number", text);
    return undefined;
  }

  number(name: string, limit: number): number {
    const value = this.optional(name);
    if (value === undefined || Math.abs(value) > limit) this.refuse(name, `a number within ${limit}`, this.text(name));
    return value ?? 0;
  }
}
