/** The record on disk: founding, keeping, reading, checking. */
export { checkEverything, folderReader } from "./check-everything.ts";
export { readEntries, readEntry } from "./entries.ts";
export { nodeRecordFiles, type RecordFiles } from "./files.ts";
export { type Appended, foundRecord, openKeeper, type RecordKeeper } from "./keeper.ts";
export type { KeeperOptions, Published } from "./options.ts";
