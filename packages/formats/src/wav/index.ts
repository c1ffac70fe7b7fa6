export type { AcousticBlock, BlockSidecar, Waveform } from "./acoustic-block.ts";
export { AcousticBlockFramer, type BlockSink as AcousticBlockSink } from "./block-framer.ts";
export { decodeBlock, decodeBlockMessage, encodeBlockMessage } from "./decode-block.ts";
export { decodeWav } from "./decode-wav.ts";
export { encodeWav } from "./encode-wav.ts";
export { decodeSidecar, encodeSidecar } from "./sidecar.ts";
