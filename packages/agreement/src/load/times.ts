/** Times of mission files. The shapes have already checked how they are written; the calendar is checked here. */
import { type Instant, MICROSECONDS_PER_SECOND, parseInstant, type Result } from "@openjmc/model";

/** An instant written with its own offset. Errors as `parseInstant`. */
export function readMoment(text: string): Result<Instant> {
  return parseInstant(text);
}

/** An instant, or a time after `start` written `+HH:MM:SS`. */
export function readMomentFrom(text: string, start: Instant | undefined): Result<Instant> {
  if (!text.startsWith("+") || start === undefined) return parseInstant(text);
  const [hours, minutes, seconds] = text.slice(1).split(":").map(Number);
  return { ok: true, value: start + (hours! * 3600 + minutes! * 60 + seconds!) * MICROSECONDS_PER_SECOND };
}

/** Metres of `sketch ±5 km`. */
export function readPrecision(text: string): number {
  const [, number, unit] = /±(\d+(?:\.\d+)?) (m|km)$/.exec(text)!;
  return Number(number) * (unit === "km" ? 1000 : 1);
}
