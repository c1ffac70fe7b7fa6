import { FieldReader, isObject } from "../arrivals/field-reader.ts";
import { formatInstant, parseInstant } from "../instant.ts";
import { present } from "../present.ts";
import { type Fault, fail, type Result, succeed } from "../result.ts";
import type { BlockSidecar } from "./acoustic-block.ts";

const ENCODINGS = ["wav", "s16le", "s24le", "s32le", "f32le"] as const;

/** Reads a sidecar; taken whole or refused. Errors: `wav.sidecar-not-json`, `wav.sidecar-malformed` naming the field. */
export function decodeSidecar(text: string, offset = 0): Result<BlockSidecar> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (!isObject(value)) return fail(fault("sidecar-not-json", { offset }, "one JSON object", text.slice(0, 64)));
  const fields = new FieldReader(value, undefined);
  const sidecar = readSidecar(fields);
  fields.refuseOthers();
  const [first] = fields.faults;
  if (first !== undefined)
    return fail(
      fault("sidecar-malformed", { offset, field: first.where?.field ?? "" }, first.expected ?? "", first.got ?? ""),
    );
  const isRaw = sidecar.encoding !== "wav";
  if (isRaw && (sidecar.sampleRate === undefined || sidecar.channels === undefined))
    return fail(
      fault("sidecar-malformed", { offset, field: "sampleRateHz" }, "rate and channels of a raw block", "none"),
    );
  return succeed(sidecar);
}

function readSidecar(fields: FieldReader): BlockSidecar {
  fields.oneOf("v", [1]);
  const whole = (name: string, low: number, high: number) =>
    fields.has(name) ? fields.whole(name, low, high) : undefined;
  return present<BlockSidecar>({
    station: fields.text("station", /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "a station's name"),
    sequence: fields.whole("seq", 0, Number.MAX_SAFE_INTEGER),
    boot: fields.whole("boot", 0, Number.MAX_SAFE_INTEGER),
    at: fields.parsed("at", parseInstant, "RFC 3339 with six fractional digits and Z", 0),
    clock: fields.object(
      "clock",
      (clock) => ({
        source: clock.oneOf("source", ["gnss", "ntp", "free"]),
        errorMicroseconds: clock.number("errorUs", 0, 86_400_000_000),
      }),
      { source: "free", errorMicroseconds: 0 },
    ),
    encoding: fields.oneOf("encoding", ENCODINGS),
    sampleRate: fields.optionalNumber("sampleRateHz", 1, 384_000),
    channels: whole("channels", 1, 64),
    pascalsPerCount: fields.optionalNumber("pascalsPerCount", 0, 1e6),
    bytes: whole("bytes", 1, 1 << 26),
  });
}

export function encodeSidecar(sidecar: BlockSidecar): string {
  const { station, sequence, boot, at, clock, encoding, sampleRate, channels, pascalsPerCount, bytes } = sidecar;
  return JSON.stringify({
    ...{ v: 1, station, seq: sequence, boot, at: formatInstant(at) },
    clock: { source: clock.source, errorUs: clock.errorMicroseconds },
    encoding,
    ...present<Record<string, number | undefined>>({ sampleRateHz: sampleRate, channels, pascalsPerCount, bytes }),
  });
}

export function fault(code: string, where: NonNullable<Fault["where"]>, expected: string, got: string): Fault {
  return { code: `wav.${code}`, what: "read a block of sound", where, expected, got };
}
