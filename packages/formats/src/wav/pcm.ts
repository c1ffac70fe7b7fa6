/** How samples are written: octets of one, and whether they are real numbers or unsigned. */
export interface SampleForm {
  readonly octets: 1 | 2 | 3 | 4 | 8;
  readonly kind: "signed" | "unsigned" | "float";
}

/** Takes the channels of little-endian samples apart. A rest shorter than one sample of all channels is left. */
export function readPcm(
  view: DataView,
  start: number,
  end: number,
  form: SampleForm,
  channelCount: number,
): (Int32Array | Float32Array)[] {
  const stride = form.octets * channelCount;
  const count = Math.floor((end - start) / stride);
  const read = readerOf(view, form);
  return Array.from({ length: channelCount }, (_, channel) => {
    const samples = form.kind === "float" ? new Float32Array(count) : new Int32Array(count);
    for (let index = 0; index < count; index += 1)
      samples[index] = read(start + index * stride + channel * form.octets);
    return samples;
  });
}

function readerOf(view: DataView, { octets, kind }: SampleForm): (at: number) => number {
  if (kind === "float") return octets === 8 ? (at) => view.getFloat64(at, true) : (at) => view.getFloat32(at, true);
  if (octets === 1) return (at) => view.getUint8(at) - 128;
  if (octets === 2) return (at) => view.getInt16(at, true);
  if (octets === 3) return (at) => (view.getInt8(at + 2) << 16) | view.getUint16(at, true);
  return (at) => view.getInt32(at, true);
}
