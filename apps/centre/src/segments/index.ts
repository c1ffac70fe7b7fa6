/** Segments: append-only hourly files of records, shared by the journal and the picture. */
export { type Block, minuteAfter } from "./block.ts";
export { copySegment, type SegmentCopy } from "./copy.ts";
export { type FileOperations, nodeFiles } from "./file-operations.ts";
export type { SegmentRecord } from "./frame.ts";
export {
  parseSegmentFileName,
  SEGMENT_FORMAT_VERSION,
  type SegmentKind,
  type SegmentName,
  segmentFileName,
} from "./name.ts";
export { loadBlock, type OpenedSegment, openSegment } from "./opened-segment.ts";
export { type LiveSegment, listSegments, readSegments, type SegmentRange } from "./reader.ts";
export { readAt, type Scan, scanSegment } from "./scan.ts";
export { faultErrorOf, faultOf } from "./system-fault.ts";
export { openSegmentWriter, type SegmentWriter, type SegmentWriterOptions } from "./writer.ts";
