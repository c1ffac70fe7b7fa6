export { type EncodeMiniSeedOptions, encodeMiniSeed, type WaveformToEncode } from "./encode-miniseed.ts";
export { MiniSeedFramer, type MiniSeedSink } from "./miniseed-framer.ts";
export { readMiniSeed, readMiniSeedHeader } from "./read-record.ts";
export { WaveformContinuity, type WaveformStep } from "./waveform-continuity.ts";
export {
  ENCODING as MINISEED_ENCODING,
  type WaveformHeader,
  type WaveformRecord,
  type WaveformSamples,
} from "./waveform-record.ts";
