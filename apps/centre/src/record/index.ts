/** The record on disk: founding, keeping, reading, checking. */
export { checkEverything, digestOfChunks, folderReader } from "./check-everything.ts";
export { nodeRecordFiles, type RecordFiles } from "./files.ts";
export { foundRecord } from "./found.ts";
export { type Appended, openKeeper, type RecordKeeper } from "./keeper.ts";
export { readLeafAt, readLeaves } from "./leaves.ts";
export type { KeeperOptions, Published } from "./options.ts";
export { verifyAtWork } from "./verify-at-work.ts";
