import type { Waveform } from "./acoustic-block.ts";

/** A WAV file of channels of one length: real numbers in 32 bits, whole ones in 16 where they fit, else in 32. */
export function encodeWav({ sampleRate, channels }: Waveform): Uint8Array {
  const isFloat = channels[0] instanceof Float32Array;
  const octets =
    !isFloat && channels.every((samples) => samples.every((sample) => sample === (sample << 16) >> 16)) ? 2 : 4;
  const count = channels[0]?.length ?? 0;
  const stride = octets * channels.length;
  const file = new Uint8Array(44 + count * stride);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode("RIFF    WAVEfmt "));
  view.setUint32(4, file.length - 8, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, isFloat ? 3 : 1, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * stride, true);
  view.setUint16(32, stride, true);
  view.setUint16(34, octets * 8, true);
  file.set(new TextEncoder().encode("data"), 36);
  view.setUint32(40, count * stride, true);
  for (const [channel, samples] of channels.entries())
    for (let index = 0; index < count; index += 1) {
      const at = 44 + index * stride + channel * octets;
      if (isFloat) view.setFloat32(at, samples[index]!, true);
      else if (octets === 2) view.setInt16(at, samples[index]!, true);
      else view.setInt32(at, samples[index]!, true);
    }
  return file;
}
