import type { FieldReader } from "../arrivals/field-reader.ts";
import { formatInstant, parseInstant } from "../instant.ts";
import { decodeJsonLine } from "../lines/json-line.ts";
import { present } from "../present.ts";
import type { Result } from "../result.ts";
import { DEGREE, wrapTurn } from "../units.ts";
import { CAMERA_SIGHTS, type CameraCue, type CameraSight, type CueStill } from "./camera-cue.ts";

const STATION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const INSTANT = "RFC 3339 with six fractional digits and Z";
const MEDIA = ["image/jpeg", "image/png", "image/webp"] as const;
/** First octets that a picture of the type must have. */
const MAGIC: Readonly<Record<CueStill["mediaType"], readonly number[]>> = {
  "image/jpeg": [0xff, 0xd8, 0xff],
  "image/png": [0x89, 0x50, 0x4e, 0x47],
  "image/webp": [0x52, 0x49, 0x46, 0x46],
};
/** Octets of the longest line that is read: a still of about a megabyte and a half. */
export const LONGEST_CUE_LINE = 2 * 1024 * 1024;
const NO_STILL: CueStill = { mediaType: "image/jpeg", bytes: new Uint8Array(0) };

/**
 * Reads one line (JSON Lines, version 1) of a camera: `station`, `seq`, `boot`, `at`, `clock`, `sight`, `bearingDeg`, `bearingErrorDeg`;
 * optional `confidence` and `still` with `mediaType` and `base64`.
 */
export function decodeCue(text: string, line?: number): Result<CameraCue> {
  const of = { name: "cues", what: "read a camera's cue", ...(line === undefined ? {} : { line }) };
  return decodeJsonLine(text, of, readCue);
}

function readCue(fields: FieldReader): CameraCue {
  fields.oneOf("v", [1]);
  return present<CameraCue>({
    station: fields.text("station", STATION, "1 to 64 letters, digits, dots, dashes or underlines"),
    sequence: fields.whole("seq", 0, Number.MAX_SAFE_INTEGER),
    boot: fields.whole("boot", 0, Number.MAX_SAFE_INTEGER),
    at: fields.parsed("at", parseInstant, INSTANT, 0),
    clock: fields.object(
      "clock",
      (clock) => ({
        source: clock.oneOf("source", ["gnss", "ntp", "free"]),
        errorMicroseconds: clock.number("errorUs", 0, 86_400_000_000),
      }),
      { source: "free", errorMicroseconds: 0 },
    ),
    sight: fields.oneOf<CameraSight>("sight", CAMERA_SIGHTS as unknown as readonly [CameraSight, ...CameraSight[]]),
    bearing: wrapTurn(fields.number("bearingDeg", 0, 360) * DEGREE),
    bearingError: fields.number("bearingErrorDeg", 0.001, 180) * DEGREE,
    confidence: fields.optionalNumber("confidence", 0, 1),
    still: fields.has("still") ? fields.object("still", readStill, NO_STILL) : undefined,
  });
}

/** A picture is taken for one only if it begins like one: what a page will show must be what it says. */
function readStill(fields: FieldReader): CueStill {
  const mediaType = fields.oneOf<CueStill["mediaType"]>("mediaType", MEDIA);
  const begins = (bytes: Uint8Array): boolean => MAGIC[mediaType].every((octet, index) => bytes[index] === octet);
  const read = (text: string): Uint8Array | undefined => {
    const bytes = bytesOf(text);
    return bytes !== undefined && begins(bytes) ? bytes : undefined;
  };
  return { mediaType, bytes: fields.parsed("base64", read, `a picture of ${mediaType} in base64`, NO_STILL.bytes) };
}

function bytesOf(base64: string): Uint8Array | undefined {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined;
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** The same line again, for those who send it. */
export function encodeCue(cue: CameraCue): string {
  const { station, sequence, boot, at, clock, sight, bearing, bearingError, confidence, still } = cue;
  return JSON.stringify({
    ...{ v: 1, station, seq: sequence, boot, at: formatInstant(at) },
    clock: { source: clock.source, errorUs: clock.errorMicroseconds },
    ...{ sight, bearingDeg: bearing / DEGREE, bearingErrorDeg: bearingError / DEGREE },
    ...(confidence === undefined ? {} : { confidence }),
    ...(still === undefined ? {} : { still: { mediaType: still.mediaType, base64: base64Of(still.bytes) } }),
  });
}

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (const octet of bytes) text += String.fromCharCode(octet);
  return btoa(text);
}
