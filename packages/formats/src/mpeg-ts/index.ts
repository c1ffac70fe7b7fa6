export type { MetadataCarriage } from "./section.ts";
export { type MetadataSink, TsDemuxer } from "./ts-demuxer.ts";
export { TsMuxer } from "./ts-muxer.ts";
