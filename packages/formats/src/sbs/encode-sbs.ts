import { civilFromInstant, pad } from "../instant.ts";
import { formatIcao } from "../modes/address.ts";
import { DEGREE, FOOT, FOOT_PER_MINUTE, KNOT } from "../units.ts";
import type { SbsMessage } from "./sbs-message.ts";

/** Writes one SBS-1 line, without its line end; times as UTC in milliseconds, measures rounded to the format's units. */
export function encodeSbs(message: SbsMessage): string {
  const transmission = message.transmission === null ? "" : `${message.transmission}`;
  const icao = message.icao === null ? "" : formatIcao(message.icao).toUpperCase();
  return [
    message.kind,
    transmission,
    "1",
    "1",
    icao,
    "1",
    ...time(message.generatedAt),
    ...time(message.loggedAt),
    message.callsign ?? "",
    rounded(message.altitude, FOOT, 0),
    rounded(message.groundSpeed, KNOT, 0),
    rounded(message.track, DEGREE, 0),
    rounded(message.latitude, 1, 6),
    rounded(message.longitude, 1, 6),
    rounded(message.verticalRate, FOOT_PER_MINUTE, 0),
    message.squawk ?? "",
    flag(message.alert),
    flag(message.emergency),
    flag(message.identPulse),
    flag(message.onGround),
  ].join(",");
}

function time(instant: number | null): [string, string] {
  if (instant === null) return ["", ""];
  const at = civilFromInstant(instant);
  const date = `${pad(at.year, 4)}/${pad(at.month, 2)}/${pad(at.day, 2)}`;
  const clock = `${pad(at.hour, 2)}:${pad(at.minute, 2)}:${pad(at.second, 2)}`;
  return [date, `${clock}.${pad(Math.floor(at.microsecond / 1000), 3)}`];
}

function rounded(value: number | null, unit: number, digits: number): string {
  if (value === null) return "";
  const text = (value / unit).toFixed(digits);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

function flag(value: boolean | null): string {
  if (value === null) return "";
  return value ? "-1" : "0";
}
