import { fail, type Result, succeed } from "../result.ts";
import type { AcousticBlock, BlockSidecar } from "./acoustic-block.ts";
import { decodeWav } from "./decode-wav.ts";
import { readPcm, type SampleForm } from "./pcm.ts";
import { decodeSidecar, encodeSidecar, fault } from "./sidecar.ts";

const FORMS: Readonly<Record<Exclude<BlockSidecar["encoding"], "wav">, SampleForm>> = {
  s16le: { octets: 2, kind: "signed" },
  s24le: { octets: 3, kind: "signed" },
  s32le: { octets: 4, kind: "signed" },
  f32le: { octets: 4, kind: "float" },
};
const LINE_FEED = 10;
const utf8 = new TextEncoder();
const text = new TextDecoder();

/** Reads a block's octets by its sidecar: a WAV file, or raw samples. @param offset of the octets, for faults. */
export function decodeBlock(sidecar: BlockSidecar, bytes: Uint8Array, offset = 0): Result<AcousticBlock> {
  if (sidecar.encoding === "wav") {
    const wave = decodeWav(bytes, offset);
    return wave.ok ? succeed({ sidecar, ...wave.value }) : wave;
  }
  const form = FORMS[sidecar.encoding];
  const stride = form.octets * sidecar.channels!;
  if (bytes.length === 0 || bytes.length % stride !== 0)
    return fail(fault("truncated", { offset }, `whole samples of ${stride} octets`, `${bytes.length}`));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return succeed({
    sidecar,
    sampleRate: sidecar.sampleRate!,
    channels: readPcm(view, 0, bytes.length, form, sidecar.channels!),
  });
}

/** Reads one message that holds both: the sidecar on a line, then the block's octets (as over MQTT). */
export function decodeBlockMessage(message: Uint8Array): Result<AcousticBlock> {
  const feed = message.indexOf(LINE_FEED);
  const sidecar = decodeSidecar(text.decode(message.subarray(0, Math.max(0, feed))));
  if (!sidecar.ok) return sidecar;
  const bytes = message.subarray(feed + 1);
  if (sidecar.value.bytes !== undefined && sidecar.value.bytes !== bytes.length)
    return fail(fault("truncated", { offset: feed + 1 }, `${sidecar.value.bytes} octets`, `${bytes.length}`));
  return decodeBlock(sidecar.value, bytes, feed + 1);
}

/** One message of a sidecar and the block's octets. */
export function encodeBlockMessage(sidecar: BlockSidecar, bytes: Uint8Array): Uint8Array {
  const line = utf8.encode(`${encodeSidecar({ ...sidecar, bytes: bytes.length })}\n`);
  const message = new Uint8Array(line.length + bytes.length);
  message.set(line);
  message.set(bytes, line.length);
  return message;
}
