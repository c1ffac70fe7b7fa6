/** Numbers, times, places and measures as each language writes them. Input is SI and instants in microseconds since 1970 UTC. */
import type { ReportLocale } from "./locale.ts";

export interface TimeOptions {
  /** IANA zone; UTC unless told. The zone's name is always written beside the time. */
  readonly timeZone?: string;
  readonly seconds?: boolean;
}

export interface Formats {
  /** A number with at most `digits` fractional digits (0 unless told). */
  number(value: number, digits?: number): string;
  /** A share from 0 to 1 as a percentage. */
  percent(share: number, digits?: number): string;
  /** Day, month and year. */
  date(instant: number, options?: TimeOptions): string;
  /** Time of day on a 24-hour clock, with the zone. */
  time(instant: number, options?: TimeOptions): string;
  /** Date and time of day, with the zone. */
  dateTime(instant: number, options?: TimeOptions): string;
  /** Day, month and time of day without year and zone, for tables whose heading names both. */
  dayTime(instant: number, options?: TimeOptions): string;
  /** A length of time given in microseconds, in its two largest units. */
  duration(microseconds: number): string;
  /** Metres below ten kilometres, kilometres above. */
  distance(metres: number): string;
  metres(value: number): string;
  /** Metres per second as kilometres per hour. */
  speed(metresPerSecond: number): string;
  /** Radians clockwise from true north, as three-figure degrees. */
  bearing(radians: number): string;
  /** WGS 84 degrees as latitude, longitude with hemispheres, four digits unless told. */
  position(lon: number, lat: number, digits?: number): string;
  area(squareKilometres: number): string;
  bytes(count: number): string;
  /** Items joined as the language joins them. */
  list(items: readonly string[]): string;
  /** The name of a language given by its BCP 47 tag; the tag itself where it has no name. */
  language(tag: string): string;
}

/** Hemisphere letters in the order north, south, east, west. */
const HEMISPHERES: Readonly<Record<ReportLocale, readonly [string, string, string, string]>> = {
  en: ["N", "S", "E", "W"],
  tr: ["K", "G", "D", "B"],
  ru: ["с. ш.", "ю. ш.", "в. д.", "з. д."],
  az: ["şm.e.", "c.e.", "ş.u.", "q.u."],
  hy: ["հս. լ.", "հվ. լ.", "ավ. ե.", "ամ. ե."],
};

/** Tags whose defaults are day before month and a 24-hour clock. */
const TAGS: Readonly<Record<ReportLocale, string>> = {
  en: "en-GB",
  tr: "tr-TR",
  ru: "ru-RU",
  az: "az-Latn-AZ",
  hy: "hy-AM",
};

const TIME_UNITS: ReadonlySet<string> = new Set(["day", "hour", "minute", "second"]);

/** Makes the formats of one language; formatters are made once and kept. */
export function createFormats(locale: ReportLocale): Formats {
  const tag = TAGS[locale];
  const number = (value: number, digits = 0): string => numberFormat(tag, { maximumFractionDigits: digits })(value);
  const unit = (name: string, digits = 0) =>
    numberFormat(tag, {
      style: "unit",
      unit: name,
      unitDisplay: TIME_UNITS.has(name) ? "narrow" : "short",
      maximumFractionDigits: digits,
    });
  const metres = (value: number): string => unit("meter")(value);
  return {
    number,
    percent: (share, digits = 0) => numberFormat(tag, { style: "percent", maximumFractionDigits: digits })(share),
    date: (instant, options) => timeFormat(tag, options, "date")(instant),
    time: (instant, options) => timeFormat(tag, options, "time")(instant),
    dateTime: (instant, options) => timeFormat(tag, options, "both")(instant),
    dayTime: (instant, options) => timeFormat(tag, options, "day-time")(instant),
    duration: (microseconds) => durationText(microseconds, unit),
    distance: (value) => (Math.abs(value) < 10_000 ? metres(value) : unit("kilometer", 1)(value / 1000)),
    metres,
    speed: (value) => unit("kilometer-per-hour")(value * 3.6),
    bearing: (radians) => `${String(Math.round(((radians * 180) / Math.PI + 360) % 360) % 360).padStart(3, "0")}°`,
    position: (lon, lat, digits = 4) => positionText(locale, lon, lat, digits),
    area: (value) => `${number(value)} ${locale === "ru" ? "км²" : "km²"}`,
    bytes: (count) => bytesText(count, unit),
    list: (items) => new Intl.ListFormat(tag, { type: "conjunction" }).format(items),
    language: (of) => new Intl.DisplayNames([tag], { type: "language" }).of(of) ?? of,
  };
}

const kept = new Map<string, (value: number) => string>();

function keep(name: string, make: () => (value: number) => string): (value: number) => string {
  const found = kept.get(name) ?? make();
  kept.set(name, found);
  return found;
}

type NumberOptions = Pick<
  Intl.NumberFormatOptions,
  "style" | "unit" | "unitDisplay" | "minimumFractionDigits" | "maximumFractionDigits"
>;

function numberFormat(tag: string, options: NumberOptions): (value: number) => string {
  const { style = "", unit = "", minimumFractionDigits = "", maximumFractionDigits = "" } = options;
  return keep(`${tag} ${style} ${unit} ${minimumFractionDigits} ${maximumFractionDigits}`, () => {
    const format = new Intl.NumberFormat(tag, options);
    return (value) => format.format(value);
  });
}

const DATE: Intl.DateTimeFormatOptions = { year: "numeric", month: "short", day: "2-digit" };
const DAY: Intl.DateTimeFormatOptions = { month: "short", day: "2-digit" };

function timeFormat(tag: string, options: TimeOptions | undefined, part: "date" | "time" | "both" | "day-time") {
  const timeZone = options?.timeZone ?? "UTC";
  const seconds = options?.seconds ?? true;
  return keep(`${tag}${timeZone}${seconds}${part}`, () => {
    const clock: Intl.DateTimeFormatOptions = {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      ...(part === "day-time" ? {} : { timeZoneName: "short" }),
      ...(seconds ? { second: "2-digit" } : {}),
    };
    const format = new Intl.DateTimeFormat(tag, {
      timeZone,
      ...(part === "time" ? {} : part === "day-time" ? DAY : DATE),
      ...(part === "date" ? {} : clock),
    });
    // Russian puts "г." behind the year, Armenian "թ."; in lists full of times they only take room.
    return (instant) =>
      format
        .format(Math.floor(instant / 1000))
        .replace(/\s?[гթ]\./u, "")
        .replace(/,/u, "");
  });
}

function durationText(microseconds: number, unit: (name: string) => (value: number) => string): string {
  const seconds = Math.round(Math.abs(microseconds) / 1_000_000);
  const parts: (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), "day"],
    [Math.floor(seconds / 3600) % 24, "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  if (first < 0) return unit("second")(0);
  return parts
    .slice(first, first + 2)
    .filter(([value], index) => value > 0 || index === 0)
    .map(([value, name]) => unit(name)(value))
    .join(" ");
}

function positionText(locale: ReportLocale, lon: number, lat: number, digits: number): string {
  const [north, south, east, west] = HEMISPHERES[locale];
  const degrees = (value: number): string =>
    numberFormat(TAGS[locale], { minimumFractionDigits: digits, maximumFractionDigits: digits })(Math.abs(value));
  return `${degrees(lat)}° ${lat < 0 ? south : north}, ${degrees(lon)}° ${lon < 0 ? west : east}`;
}

function bytesText(count: number, unit: (name: string, digits?: number) => (value: number) => string): string {
  if (count < 1000) return unit("byte")(count);
  if (count < 1_000_000) return unit("kilobyte", 1)(count / 1000);
  if (count < 1_000_000_000) return unit("megabyte", 1)(count / 1_000_000);
  return unit("gigabyte", 1)(count / 1_000_000_000);
}
