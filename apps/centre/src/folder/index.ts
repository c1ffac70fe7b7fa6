export { DiskWatch, type DiskWatchOptions, RESERVE_BYTES, whileThereIsRoom } from "./disk-watch.ts";
export { type DiskSpace, Folder, type FolderOptions, openFolder, spaceOf, unknownFilesIn } from "./folder.ts";
export { type FolderPaths, KNOWN_NAMES, pathsOf } from "./layout.ts";
export { type LockHolder, livingHolder } from "./lock.ts";
