import { fail, type Result, succeed } from "../result.ts";
import type { Waveform } from "./acoustic-block.ts";
import { readPcm, type SampleForm } from "./pcm.ts";
import { fault } from "./sidecar.ts";

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
const MOST_CHANNELS = 64;

interface WavFormat {
  readonly form: SampleForm;
  readonly channels: number;
  readonly sampleRate: number;
}

/**
 * Reads a WAV file: whole numbers of 8, 16, 24 or 32 bits, real ones of 32 or 64. Errors: `wav.not-wav`, `wav.format-unknown`,
 * `wav.truncated` (a chunk that reaches beyond the end). Source: Microsoft, Multimedia Programming Interface 1.0; RFC 2361.
 */
export function decodeWav(bytes: Uint8Array, offset = 0): Result<Waveform> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || name(0) !== "RIFF" || name(8) !== "WAVE")
    return fail(fault("not-wav", { offset }, "RIFF and WAVE", name(0)));
  let format: WavFormat | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length;
    if (end > bytes.length)
      return fail(
        fault("truncated", { offset: offset + at }, `${length} octets of ${name(at)}`, `${bytes.length - at - 8}`),
      );
    if (name(at) === "fmt ") format = readFormat(view, at + 8, length);
    if (name(at) === "data") {
      if (format === undefined) break;
      return succeed({
        sampleRate: format.sampleRate,
        channels: readPcm(view, at + 8, end, format.form, format.channels),
      });
    }
    at = end + (length % 2);
  }
  return fail(
    fault(
      "format-unknown",
      { offset },
      "PCM or real numbers, then data",
      format === undefined ? "another format" : "no data",
    ),
  );
}

function readFormat(view: DataView, at: number, length: number): WavFormat | undefined {
  if (length < 16) return undefined;
  const tag = view.getUint16(at, true);
  const kind = tag === EXTENSIBLE && length >= 26 ? view.getUint16(at + 24, true) : tag;
  const channels = view.getUint16(at + 2, true);
  const sampleRate = view.getUint32(at + 4, true);
  const form = formOf(kind, view.getUint16(at + 14, true));
  const isPlausible = channels >= 1 && channels <= MOST_CHANNELS && sampleRate >= 1;
  return form === undefined || !isPlausible ? undefined : { form, channels, sampleRate };
}

function formOf(kind: number, bits: number): SampleForm | undefined {
  if (kind === FLOAT && (bits === 32 || bits === 64)) return { octets: bits === 64 ? 8 : 4, kind: "float" };
  if (kind !== PCM || ![8, 16, 24, 32].includes(bits)) return undefined;
  return { octets: (bits / 8) as 1 | 2 | 3 | 4, kind: bits === 8 ? "unsigned" : "signed" };
}
