export { formatIcao, parseIcao } from "./address.ts";
export * from "./aircraft-report.ts";
export * from "./encode-squitter.ts";
export * from "./encode-surveillance.ts";
export { type Disposition, ModeSDecoder, type ModeSDecoderOptions } from "./mode-s-decoder.ts";
export type { FrameSink, RawFrame } from "./raw-frame.ts";
export type { ReceiverSite } from "./resolve-position.ts";
